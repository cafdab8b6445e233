"""The child process that reads a calendar: `python -m dorfplatz.imports.calendar.child`. Asks no database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from dorfplatz.basemap.osm.answering import Line, answer
from dorfplatz.events.civil import Span
from dorfplatz.events.ical.reading import MOST_BYTES, NoCalendar, ReadEvent, read_calendar


def _events(asked: Line, _report: Callable[[int], None]) -> Iterator[Line]:
    """Each event, each that was refused, then how many there were; or why the file is no calendar."""
    with Path(asked["path"]).open("rb") as file:
        data = file.read(MOST_BYTES + 1)
    try:
        found = read_calendar(data, asked["zone"])
    except NoCalendar as error:
        yield {"unreadable": str(error)}
        return
    for event in found.events:
        yield {"event": _row(event)}
    for key, reason in found.rejected:
        yield {"rejected": [key, reason]}
    yield {"end": len(found.events)}


def _row(event: ReadEvent) -> Line:
    return {
        "uid": event.uid,
        "title": event.title,
        "span": _span(event.span),
        "body": event.body,
        "place": event.place,
        "url": event.url,
        "rule": str(event.rule) if event.rule else "",
        "singles": [[s.on.isoformat(), s.change, _span(s.span) if s.span else None] for s in event.singles],
        "is_cancelled": event.is_cancelled,
    }


def _span(span: Span) -> list[str | None]:
    hours = [at.isoformat() if at else None for at in (span.starts_time, span.ends_time)]
    return [span.starts_on.isoformat(), hours[0], span.ends_on.isoformat(), hours[1], span.zone]


if __name__ == "__main__":
    answer(_events)
