"""The library of GNOME, KDE and many phones, as a reader of our calendars: what it makes of a document's dates."""

from __future__ import annotations

import ctypes
import ctypes.util
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from typing import Any


class Time(ctypes.Structure):
    """struct icaltimetype of libical 3."""

    _fields_ = [
        *((name, ctypes.c_int) for name in ("year", "month", "day", "hour", "minute", "second")),
        ("is_date", ctypes.c_int),
        ("is_daylight", ctypes.c_int),
        ("zone", ctypes.c_void_p),
    ]


class TimeSpan(ctypes.Structure):
    _fields_ = [("start", ctypes.c_long), ("end", ctypes.c_long), ("is_busy", ctypes.c_int)]


ON_EACH = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.POINTER(TimeSpan), ctypes.c_void_p)


@cache
def library() -> Any:
    """None where it is not installed."""
    name = ctypes.util.find_library("ical")
    if name is None:
        return None
    found = ctypes.CDLL(name)
    for function in ("new_from_string", "get_first_component", "get_next_component", "get_first_property"):
        getattr(found, f"icalcomponent_{function}").restype = ctypes.c_void_p
    for function in ("get_recurrenceid", "get_dtstart", "get_dtend"):
        getattr(found, f"icalcomponent_{function}").restype = Time
    found.icaltime_as_timet_with_zone.restype = ctypes.c_long
    return found


@cache
def kind_of(sort: str, name: str) -> int:
    """The library's number for a "component" or "property" of that name; numbers differ between its versions."""
    return int(getattr(library(), f"ical{sort}_string_to_kind")(name.encode()))


def is_there() -> bool:
    return library() is not None


def read_dates(document: str, *, since: datetime, until: datetime) -> list[tuple[datetime, datetime]]:
    """Begin and end of every date of the first event's series in that time, single changes counted in."""
    ical = library()
    root = ical.icalcomponent_new_from_string(document.encode())
    parts = list(_events(root))
    changed = [part for part in parts if _has_recurrence_id(part)]
    (series,) = [part for part in parts if part not in changed]
    found = dict(_expanded(series, since, until))
    zone = ical.icalcomponent_get_dtstart(ctypes.c_void_p(series)).zone
    instead = []
    for part in map(ctypes.c_void_p, changed):
        was = ical.icalcomponent_get_recurrenceid(part)
        was.zone = was.zone or zone  # of this property alone the library does not look the zone up
        found.pop(_moment(was), None)
        instead.append((_moment(ical.icalcomponent_get_dtstart(part)), _moment(ical.icalcomponent_get_dtend(part))))
    found |= dict(instead)
    ical.icalcomponent_free(ctypes.c_void_p(root))
    return sorted(found.items())


def _events(root: int) -> Iterator[int]:
    ical = library()
    part = ical.icalcomponent_get_first_component(ctypes.c_void_p(root), kind_of("component", "VEVENT"))
    while part:
        yield part
        part = ical.icalcomponent_get_next_component(ctypes.c_void_p(root), kind_of("component", "VEVENT"))


def _has_recurrence_id(part: int) -> bool:
    return bool(library().icalcomponent_get_first_property(ctypes.c_void_p(part), kind_of("property", "RECURRENCE-ID")))


def _expanded(part: int, since: datetime, until: datetime) -> list[tuple[datetime, datetime]]:
    found: list[tuple[datetime, datetime]] = []

    def each(_part: int, span: Any, _data: int) -> None:
        found.append((_at(span.contents.start), _at(span.contents.end)))

    library().icalcomponent_foreach_recurrence(ctypes.c_void_p(part), _time(since), _time(until), ON_EACH(each), None)
    return found


def _time(moment: datetime) -> Time:
    there = moment.astimezone(UTC)
    return Time(there.year, there.month, there.day, there.hour, there.minute, there.second, 0, 0, _utc_zone())


@cache
def _utc_zone() -> int:
    function = library().icaltimezone_get_utc_timezone
    function.restype = ctypes.c_void_p
    return int(function())


def _moment(time: Time) -> datetime:
    return _at(library().icaltime_as_timet_with_zone(time, ctypes.c_void_p(time.zone)))


def _at(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
