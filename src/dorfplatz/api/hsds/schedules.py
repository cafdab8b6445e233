"""Opening hours as HSDS schedules: parts of an RFC 5545 recurrence rule beside the hours. Pure."""

from __future__ import annotations

import re
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from dorfplatz.api.hsds.ids import hsds_id
from dorfplatz.places.hours import read_hours, rules_of
from dorfplatz.places.hours_weekly import DAYS, Week, to_week
from dorfplatz.places.hours_words import hours_in_words

# HSDS has no 24:00; a day that ends at midnight closes a second before.
LAST_SECOND = time(23, 59, 59)
_CLOCK = r"(?:[01]\d|2[0-3]):[0-5]\d"
# The first Monday of the month, the last Friday: “Mo[1] 19:00-21:00”, “Fr[-1] 15:00-18:00”.
_MONTHLY = re.compile(rf"({'|'.join(DAYS)})\[(-?[1-5])\] ({_CLOCK})-({_CLOCK}|24:00)")


def schedules(hours: str, *, owner: str, language: str, zone: str, now: datetime) -> list[dict[str, Any]]:
    """What can be said by rule, and always in words. Hours that are more than rules can hold come in words alone."""
    read = read_hours(hours)
    if not (read.hours or read.note):
        return []
    said = hours_in_words(read.hours, language) if read.hours else read.note
    offset = now.astimezone(ZoneInfo(zone)).utcoffset()
    week = to_week(read.hours) if read.hours else None
    parts = _weekly(week) if week is not None else _monthly(read.hours)
    shared = {"description": said, "timezone": offset.total_seconds() / 3600 if offset else 0}
    if week is not None and week.holidays_off:
        shared["notes"] = _("Closed on public holidays.")
    return [{"id": hsds_id("schedule", owner, str(n)), **part, **shared} for n, part in enumerate(parts or [{}])]


def _weekly(week: Week) -> list[dict[str, Any]]:
    days: dict[tuple[time, time], list[int]] = {}
    for day, opens, closes in week.spans:
        days.setdefault((opens, closes), []).append(day)
    return [
        _part("WEEKLY", ",".join(DAYS[day].upper() for day in sorted(some)), opens, closes)
        for (opens, closes), some in sorted(days.items(), key=lambda item: (item[1], item[0]))
    ]


def _monthly(hours: str) -> list[dict[str, Any]]:
    """All rules of the kind “every first Monday”; nothing when there is another among them."""
    found = []
    for _joint, rule in rules_of(hours):
        match = _MONTHLY.fullmatch(rule)
        if match is None:
            return []
        closes = time() if match[4] == "24:00" else time.fromisoformat(match[4])
        found.append(_part("MONTHLY", f"{match[2]}{match[1].upper()}", time.fromisoformat(match[3]), closes))
    return found


def _part(freq: str, byday: str, opens: time, closes: time) -> dict[str, Any]:
    until = closes if closes != time() else LAST_SECOND
    return {
        "freq": freq,
        "interval": 1,
        "wkst": "MO",
        "byday": byday,
        "opens_at": opens.isoformat("seconds"),
        "closes_at": until.isoformat("seconds"),
    }
