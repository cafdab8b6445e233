"""Quiet hours, in civil time. Pure."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo


def end_of_quiet(moment: datetime, *, quiet_from: time | None, quiet_until: time | None, zone: str) -> datetime | None:
    """When the quiet that reigns at this moment is over; None when it is not quiet.

    The hours are those of the village's clocks, so a night in which they are changed is an hour longer or shorter.
    """
    if quiet_from is None or quiet_until is None or quiet_from == quiet_until:
        return None
    local = moment.astimezone(ZoneInfo(zone))
    clock = local.time().replace(tzinfo=None)
    over_night = quiet_from > quiet_until
    is_quiet = clock >= quiet_from or clock < quiet_until if over_night else quiet_from <= clock < quiet_until
    if not is_quiet:
        return None
    day = local.date() + timedelta(days=1 if over_night and clock >= quiet_from else 0)
    return datetime.combine(day, quiet_until, ZoneInfo(zone))
