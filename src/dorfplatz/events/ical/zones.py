"""VTIMEZONE: the zones of our villages in the words of RFC 5545, section 3.6.5. Pure.

Since 1996 the European Union turns its clocks on the last Sundays of March and October at one o'clock UTC. For zones
elsewhere every change from a year to another is listed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

# West of these offsets from UTC nothing of ours lies; minutes of winter time by zone.
CENTRAL = frozenset({
    "Europe/Berlin", "Europe/Amsterdam", "Europe/Brussels", "Europe/Luxembourg", "Europe/Paris", "Europe/Vienna",
    "Europe/Zurich", "Europe/Copenhagen", "Europe/Rome", "Europe/Madrid", "Europe/Prague", "Europe/Warsaw",
})  # fmt: skip
LISTED_YEARS = range(2000, 2039)


@lru_cache(maxsize=32)
def timezone_lines(name: str) -> tuple[str, ...]:
    """The VTIMEZONE of a zone by its IANA name."""
    changes = _central() if name in CENTRAL else _listed(name)
    return ("BEGIN:VTIMEZONE", f"TZID:{name}", *changes, "END:VTIMEZONE")


def _central() -> Iterator[str]:
    yield from _part("DAYLIGHT", "+0100", "+0200", "CEST", "19960331T020000", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU")
    yield from _part("STANDARD", "+0200", "+0100", "CET", "19961027T030000", "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU")


def _part(kind: str, before: str, after: str, abbreviation: str, begins: str, *more: str) -> Iterator[str]:
    yield f"BEGIN:{kind}"
    yield f"TZOFFSETFROM:{before}"
    yield f"TZOFFSETTO:{after}"
    yield f"TZNAME:{abbreviation}"
    yield f"DTSTART:{begins}"
    yield from more
    yield f"END:{kind}"


def _listed(name: str) -> Iterator[str]:
    zone = ZoneInfo(name)
    first = datetime(LISTED_YEARS.start, 1, 1, tzinfo=UTC)
    offset = first.astimezone(zone).utcoffset() or timedelta(0)
    yield from _part(
        "STANDARD", _said(offset), _said(offset), first.astimezone(zone).tzname() or name, "19700101T000000"
    )
    hour = timedelta(hours=1)
    day, end = first, datetime(LISTED_YEARS.stop, 1, 1, tzinfo=UTC)
    while day < end:
        following = day + timedelta(days=1)
        if day.astimezone(zone).utcoffset() != following.astimezone(zone).utcoffset():
            at = next(
                m
                for n in range(1, 25)
                if (m := day + n * hour).astimezone(zone).utcoffset() != day.astimezone(zone).utcoffset()
            )
            before, after = (m.astimezone(zone).utcoffset() or timedelta(0) for m in (day, at))
            kind = "DAYLIGHT" if at.astimezone(zone).dst() else "STANDARD"
            begins = f"{(at + before).replace(tzinfo=None):%Y%m%dT%H%M%S}"
            yield from _part(kind, _said(before), _said(after), at.astimezone(zone).tzname() or name, begins)
        day = following


def _said(offset: timedelta) -> str:
    minutes = round(offset.total_seconds() / 60)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}{abs(minutes) % 60:02}"
