"""Reads a calendar in a child process that may use only so much, so that no file can harm the installation."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time
from pathlib import Path
from typing import Any

from dorfplatz.basemap.osm.asking import ask_child
from dorfplatz.basemap.osm.faults import Unreadable
from dorfplatz.events.civil import Span
from dorfplatz.events.enums import Change
from dorfplatz.events.recurrence import Rule, read_rule
from dorfplatz.events.series import Single
from dorfplatz.imports.drafts import Rejected, fingerprint
from dorfplatz.imports.faults import SourceProblem


@dataclass(frozen=True)
class CalendarEvent:
    """One event as its calendar states it."""

    uid: str
    title: str
    body: str
    place: str
    url: str
    span: Span
    rule: Rule | None
    singles: tuple[Single, ...]
    is_cancelled: bool
    stated: str


@dataclass
class CalendarFile:
    """All that can be taken over, and the rest by name with the reason."""

    events: list[CalendarEvent] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)


def read_calendar_file(path: Path, zone: str) -> CalendarFile:
    """The calendar. Raises SourceProblem with one sentence, and then nothing was read."""
    found = CalendarFile()

    def hear(said: dict[str, Any]) -> CalendarFile | None:
        if "unreadable" in said:
            raise SourceProblem(said["unreadable"])
        if "event" in said:
            found.events.append(_event(said["event"]))
        elif "rejected" in said:
            found.rejected.append(Rejected(*said["rejected"]))
        elif said.get("end") == len(found.events):
            return found
        return None

    try:
        return ask_child("dorfplatz.imports.calendar.child", path, {"zone": zone}, hear)
    except Unreadable as fault:
        raise SourceProblem(fault.text) from fault


def _event(row: dict[str, Any]) -> CalendarEvent:
    singles = (Single(date.fromisoformat(on), Change(change), _span(span)) for on, change, span in row["singles"])
    span = _span(row["span"])
    if span is None:
        raise SourceProblem("This is no calendar.")
    return CalendarEvent(
        uid=row["uid"],
        title=row["title"],
        body=row["body"],
        place=row["place"],
        url=row["url"],
        span=span,
        rule=read_rule(row["rule"]) if row["rule"] else None,
        singles=tuple(singles),
        is_cancelled=row["is_cancelled"],
        stated=fingerprint(row),
    )


def _span(row: list[str | None] | None) -> Span | None:
    if not row:
        return None
    first, begins, last, ends, zone = row
    hours = [time.fromisoformat(at) if at else None for at in (begins, ends)]
    return Span(date.fromisoformat(first or ""), hours[0], date.fromisoformat(last or ""), hours[1], zone or "")
