"""Events as an iCalendar document (RFC 5545): rules kept, exceptions as EXDATE, RDATE and RECURRENCE-ID. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from dorfplatz.events.civil import Span, moment
from dorfplatz.events.enums import Change
from dorfplatz.events.ical.lines import day, document, local, text, utc
from dorfplatz.events.ical.zones import timezone_lines
from dorfplatz.events.recurrence import Rule
from dorfplatz.events.series import Single

PRODUCT = "-//Dorfplatz//Calendar//EN"
REFRESH = "PT6H"
GONE = (Change.CANCELLED, Change.OMITTED)


@dataclass(frozen=True)
class Written:
    """One event for other calendars. `skipped` are days of the rule on which it pauses."""

    uid: str
    span: Span
    rule: Rule | None
    singles: Sequence[Single]
    skipped: Sequence[date]
    title: str
    body: str
    place: str
    url: str
    theme: str
    organiser: str
    is_cancelled: bool
    sequence: int
    created_at: datetime
    changed_at: datetime
    point: tuple[float, float] | None = None


def write_calendar(events: Sequence[Written], *, name: str, language: str, zone: str) -> str:
    """A whole calendar, lines ended by CRLF, in the order given."""
    return document(_lines(events, name, language, zone))


def _lines(events: Sequence[Written], name: str, language: str, zone: str) -> Iterator[str]:
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH")
    yield f"NAME;LANGUAGE={language}:{text(name)}"
    yield f"X-WR-CALNAME:{text(name)}"
    yield f"X-WR-TIMEZONE:{zone}"
    yield f"REFRESH-INTERVAL;VALUE=DURATION:{REFRESH}"
    for used in sorted({event.span.zone for event in events if not event.span.is_all_day}):
        yield from timezone_lines(used)
    for event in events:
        yield from _event(event)
        for single in event.singles:
            if _needs_override(event, single):
                yield from _override(event, single)
    yield "END:VCALENDAR"


def _event(event: Written) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{text(event.uid)}"
    yield from _span(event.span)
    if event.rule:
        yield f"RRULE:{rule_text(event.rule, event.span)}"
    out = sorted({*event.skipped, *(s.on for s in event.singles if s.change in GONE)})
    for on in out:
        yield _dated("EXDATE", event.span.moved_to(on))
    for single in event.singles:
        if single.change == Change.ADDED and single.span is not None:
            yield _added("RDATE", single.span)
    yield from _words(event, word="")
    yield "END:VEVENT"


def rule_text(rule: Rule, span: Span) -> str:
    """The rule with UNTIL in the type the standard wants: a date for all-day events, else a moment in UTC."""
    if rule.until is None or span.is_all_day:
        return str(rule)
    last = moment(rule.until, span.starts_time or time.max, span.zone)
    return f"{replace(rule, until=None)};UNTIL={utc(last)}"


def _needs_override(event: Written, single: Single) -> bool:
    if single.change == Change.MOVED:
        return single.span is not None
    return (
        single.change == Change.ADDED
        and single.span is not None
        and (bool(single.word) or _length(single.span) != _length(event.span))
    )


def _length(span: Span) -> tuple[int, time | None, time | None]:
    return (span.ends_on - span.starts_on).days, span.starts_time, span.ends_time


def _override(event: Written, single: Single) -> Iterator[str]:
    """The one date as it is instead; it is named by when it would have been."""
    if single.span is None:
        return
    is_added = single.change == Change.ADDED
    yield "BEGIN:VEVENT"
    yield f"UID:{text(event.uid)}"
    yield _added("RECURRENCE-ID", single.span) if is_added else _dated("RECURRENCE-ID", event.span.moved_to(single.on))
    yield from _span(single.span)
    yield from _words(event, word=single.word)
    yield "END:VEVENT"


def _span(span: Span) -> Iterator[str]:
    yield _dated("DTSTART", span)
    if span.is_all_day:
        yield f"DTEND;VALUE=DATE:{day(span.ends_on + timedelta(days=1))}"
    elif span.ends_time is not None:
        yield f"DTEND;TZID={span.zone}:{local(datetime.combine(span.ends_on, span.ends_time))}"


def _dated(name: str, span: Span) -> str:
    if span.starts_time is None:
        return f"{name};VALUE=DATE:{day(span.starts_on)}"
    return f"{name};TZID={span.zone}:{local(datetime.combine(span.starts_on, span.starts_time))}"


def _added(name: str, span: Span) -> str:
    """A moment in UTC: libical 3 works out added dates without their time zone."""
    return _dated(name, span) if span.starts_time is None else f"{name}:{utc(span.starts_at)}"


def _words(event: Written, *, word: str) -> Iterator[str]:
    yield f"DTSTAMP:{utc(event.changed_at)}"
    yield f"CREATED:{utc(event.created_at)}"
    yield f"LAST-MODIFIED:{utc(event.changed_at)}"
    yield f"SEQUENCE:{event.sequence}"
    yield f"STATUS:{'CANCELLED' if event.is_cancelled else 'CONFIRMED'}"
    yield f"SUMMARY:{text(event.title)}"
    body = "\n\n".join(part for part in (word, event.body) if part)
    if body:
        yield f"DESCRIPTION:{text(body)}"
    if event.place:
        yield f"LOCATION:{text(event.place)}"
    if event.point:
        yield f"GEO:{event.point[0]:.6f};{event.point[1]:.6f}"
    if event.theme:
        yield f"CATEGORIES:{text(event.theme)}"
    if event.organiser:
        yield f"CONTACT:{text(event.organiser)}"
    yield f"URL:{event.url}"
