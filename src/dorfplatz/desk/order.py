"""In which order things wait: what is urgent, then what has waited longest and matters most. Pure."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dorfplatz.desk.enums import Later

LONGEST_DAYS = 14  # after a fortnight it does not get any worse
WAKES_AT = time(6)


def pressure(weight: int, since: datetime, now: datetime) -> float:
    """How much it presses: the weight of its sort for each day it has waited, and for the first one begun."""
    days = (now - since) / timedelta(days=1)
    return weight * (1 + min(max(days, 0), LONGEST_DAYS))


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def week_began(now: datetime, zone: str) -> datetime:
    """The midnight before this week's Monday, in the civil time of the municipality."""
    local = now.astimezone(ZoneInfo(zone))
    return datetime.combine(monday_of(local.date()), time(0), ZoneInfo(zone))


def later_from(now: datetime, later: Later, zone: str) -> datetime:
    """The early morning of the day that was meant; of a Monday, the one after."""
    today = now.astimezone(ZoneInfo(zone)).date()
    day = today + timedelta(days=1) if later == Later.TOMORROW else monday_of(today) + timedelta(days=7)
    return datetime.combine(day, WAKES_AT, ZoneInfo(zone))
