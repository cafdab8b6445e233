"""Other people's calendars (RFC 5545), as clubs' programs write them: each event is understood or said to be not. Pure.

Linear in the size of the file, whatever stands in it. A broken event spoils no other.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dorfplatz.events.civil import LONGEST_DAYS, Span
from dorfplatz.events.ical.outlook import zone_of
from dorfplatz.events.recurrence import NotUnderstood, Rule, read_rule

MOST_BYTES = 10 * 1024 * 1024
MOST_EVENTS = 10_000
MOST_SINGLES = 1_000
LONGEST_TITLE, LONGEST_BODY, LONGEST_PLACE, LONGEST_UID = 200, 5_000, 200, 240
FIRST_DAY, LAST_DAY = date(1970, 1, 1), date(2100, 12, 31)
DAY = timedelta(days=1)
_BEGINS = re.compile(r"[A-Za-z0-9-]{1,60}[;:]")
_WITHIN_A_DAY = re.compile(r"FREQ=(SECONDLY|MINUTELY|HOURLY)(;|$)", re.IGNORECASE)
_DURATION = re.compile(r"([+-]?)P(?:(\d{1,4})W)?(?:(\d{1,4})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,7})S)?)?")

# Why an event is not taken over; the sentences stand in the catalogue of whoever shows them.
NO_TITLE, NO_START, BAD_START = (
    "It has no title.",
    "It does not say when it begins.",
    "When it begins cannot be understood.",
)
BACKWARDS, TOO_LONG, TOO_FAR = (
    "It ends before it begins.",
    "It lasts longer than a year.",
    "It lies before 1970 or after 2100.",
)
BAD_RULE = "Its rule cannot be understood, or asks for more than one date a day."
TOO_OFTEN = "It recurs within a day, hourly or oftener. Here a date stands for a day."
TOO_MANY_SINGLES = "It has more than a thousand single dates."
TWICE = "The same event stands in the file twice."
NO_CALENDAR, TOO_BIG, TOO_MANY = "This is no calendar.", "The file is too big.", "The file has too many events."


class NoCalendar(ValueError):
    """The whole file cannot be read; the message is one of the sentences above."""


class Unfit(ValueError):
    """One event cannot be taken over; the message is one of the sentences above."""


@dataclass(frozen=True)
class Property:
    """One content line: name and parameters in capitals, the value as it stands."""

    name: str
    parameters: dict[str, str]
    value: str


@dataclass(frozen=True)
class ReadDate:
    """A single date of a series: `change` is one of enums.Change."""

    on: date
    change: str
    span: Span | None = None


@dataclass(frozen=True)
class ReadEvent:
    """One event, with everything that stands under its name in the file."""

    uid: str
    title: str
    span: Span
    body: str = ""
    place: str = ""
    url: str = ""
    rule: Rule | None = None
    singles: tuple[ReadDate, ...] = ()
    is_cancelled: bool = False
    sequence: int = 0


@dataclass
class ReadCalendar:
    """All events that can be taken over, and the others by name with the reason."""

    events: list[ReadEvent] = field(default_factory=list)
    rejected: list[tuple[str, str]] = field(default_factory=list)


def read_calendar(data: bytes, usual_zone: str) -> ReadCalendar:
    """The calendar. Hours without a zone are meant in `usual_zone`. Raises NoCalendar for what is none."""
    if len(data) > MOST_BYTES:
        raise NoCalendar(TOO_BIG)
    lines = _unfolded(_decoded(data))
    if not any(line.strip().upper() == "BEGIN:VCALENDAR" for line in lines):
        raise NoCalendar(NO_CALENDAR)
    components = list(_components(lines))
    if len(components) > MOST_EVENTS:
        raise NoCalendar(TOO_MANY)
    return _together(components, usual_zone)


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _unfolded(text: str) -> list[str]:
    """Whole content lines; also where a program has broken lines without the space that says so."""
    lines: list[list[str]] = []
    for raw in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if raw[:1] in (" ", "\t") and lines:
            lines[-1].append(raw[1:])
        elif _BEGINS.match(raw):
            lines.append([raw])
        elif raw.strip() and lines:
            lines[-1].append("\n" + raw)
    return ["".join(parts) for parts in lines]


def _components(lines: Sequence[str]) -> Iterator[list[Property]]:
    """The lines of each VEVENT, without those of alarms in it."""
    depth, inside, found = 0, False, list[Property]()
    for line in lines:
        word = line.strip().upper()
        if word == "BEGIN:VEVENT":
            depth, inside, found = 0, True, []
        elif word == "END:VEVENT" and inside:
            inside = False
            yield found
        elif inside and word.startswith("BEGIN:"):
            depth += 1
        elif inside and word.startswith("END:"):
            depth = max(depth - 1, 0)
        elif inside and depth == 0:
            found.append(_property(line))


def _property(line: str) -> Property:
    """Name, parameters and value; a colon inside quotation marks belongs to a parameter."""
    quoted, end = False, len(line)
    for place, character in enumerate(line):
        if character == '"':
            quoted = not quoted
        elif character == ":" and not quoted:
            end = place
            break
    name, *parameters = line[:end].split(";")
    pairs = (parameter.partition("=") for parameter in parameters)
    return Property(name.upper(), {key.upper(): value.strip('"') for key, _, value in pairs}, line[end + 1 :])


def _together(components: Sequence[list[Property]], usual_zone: str) -> ReadCalendar:
    """Masters with their single dates; of one that stands there twice the later version counts."""
    found = ReadCalendar()
    masters: dict[str, tuple[ReadEvent, int]] = {}
    singles: dict[str, list[tuple[list[Property], Property]]] = defaultdict(list)
    for number, properties in enumerate(components):
        by_name = {prop.name: prop for prop in reversed(properties)}
        uid = by_name["UID"].value.strip()[:LONGEST_UID] if "UID" in by_name else ""
        if "RECURRENCE-ID" in by_name and uid:
            singles[uid].append((properties, by_name["RECURRENCE-ID"]))
            continue
        try:
            event = _event(properties, by_name, uid or f"nameless-{number}", usual_zone)
        except Unfit as unfit:
            found.rejected.append((uid or f"#{number + 1}", str(unfit)))
            continue
        known = masters.get(event.uid)
        if known is not None:
            found.rejected.append((event.uid, TWICE))
        if known is None or event.sequence >= known[0].sequence:
            masters[event.uid] = event, number
    for uid, some in singles.items():
        if uid in masters:
            event, number = masters[uid]
            masters[uid] = _with_singles(event, some, usual_zone), number
        else:
            _stand_alone(some, uid, usual_zone, found)
    found.events += [event for event, _number in sorted(masters.values(), key=lambda pair: pair[1])]
    return found


def _stand_alone(
    some: Sequence[tuple[list[Property], Property]], uid: str, usual_zone: str, found: ReadCalendar
) -> None:
    """Single dates whose series is not in the file: events of their own."""
    for properties, named in some:
        key = f"{uid}#{named.value.strip()[:20]}"[:LONGEST_UID]
        try:
            found.events.append(_event(properties, {p.name: p for p in reversed(properties)}, key, usual_zone))
        except Unfit as unfit:
            found.rejected.append((key, str(unfit)))


def _event(properties: list[Property], by_name: dict[str, Property], uid: str, usual_zone: str) -> ReadEvent:
    title = _words(by_name, "SUMMARY", LONGEST_TITLE).replace("\n", " ")
    if not title:
        raise Unfit(NO_TITLE)
    span = _span(by_name, usual_zone)
    rules = [prop for prop in properties if prop.name == "RRULE"]
    if len(rules) > 1 or "EXRULE" in by_name:
        raise Unfit(BAD_RULE)
    sequence = by_name["SEQUENCE"].value.strip() if "SEQUENCE" in by_name else "0"
    return ReadEvent(
        uid=uid,
        title=title,
        span=span,
        body=_words(by_name, "DESCRIPTION", LONGEST_BODY),
        place=_words(by_name, "LOCATION", LONGEST_PLACE).replace("\n", ", "),
        url=_address(by_name),
        rule=_rule(rules[0].value, span) if rules else None,
        singles=tuple(_listed(properties, span, usual_zone).values()),
        is_cancelled=_words(by_name, "STATUS", 20).upper() == "CANCELLED",
        sequence=int(sequence) if sequence.isdecimal() and len(sequence) < 10 else 0,
    )


def _words(by_name: dict[str, Property], name: str, longest: int) -> str:
    prop = by_name.get(name)
    if prop is None:
        return ""
    text = re.sub(r"\\([nN;,\\])", lambda match: "\n" if match[1] in "nN" else match[1], prop.value)
    kept = "".join(c for c in text if c in "\n\t" or ord(c) >= 32)
    kept = kept.strip()
    return kept if len(kept) <= longest else kept[: longest - 1].rstrip() + "…"


def _address(by_name: dict[str, Property]) -> str:
    value = by_name["URL"].value.strip() if "URL" in by_name else ""
    return value if re.fullmatch(r"https?://[^\s\"<>]{1,480}", value) else ""


@dataclass(frozen=True)
class Moment:
    """A day, and an hour unless it is the whole day, in a zone."""

    day: date
    at: time | None
    zone: str


def _moment(prop: Property, usual_zone: str) -> Moment:
    """DATE, or DATE-TIME in a zone, in UTC, or without either. Raises Unfit."""
    value = prop.value.strip().upper()
    match = re.fullmatch(r"(\d{4})-?(\d\d)-?(\d\d)(?:T(\d\d):?(\d\d)(?::?(\d\d))?(Z?))?", value)
    if match is None:
        raise Unfit(BAD_START)
    zone = zone_of(prop.parameters.get("TZID", ""), usual_zone)
    try:
        day = date(int(match[1]), int(match[2]), int(match[3]))
        at = time(int(match[4]), int(match[5])) if match[4] else None
    except ValueError as error:
        raise Unfit(BAD_START) from error
    if not FIRST_DAY <= day <= LAST_DAY:
        raise Unfit(TOO_FAR)
    if at is not None and match[7]:
        local = datetime.combine(day, at, UTC).astimezone(ZoneInfo(usual_zone))
        return Moment(local.date(), local.time(), usual_zone)
    return Moment(day, at, zone)


def _span(by_name: dict[str, Property], usual_zone: str) -> Span:
    """From DTSTART to DTEND, or by DURATION, or without an end."""
    if "DTSTART" not in by_name:
        raise Unfit(NO_START)
    begins = _moment(by_name["DTSTART"], usual_zone)
    ends = _end(by_name, begins, usual_zone)
    if begins.at is None:
        last = max(ends.day - DAY, begins.day) if ends and ends.day > begins.day else begins.day
        if ends and ends.day < begins.day:
            raise Unfit(BACKWARDS)
        span = Span(begins.day, None, last, None, begins.zone)
    elif ends is None or ends.at is None:
        span = Span(begins.day, begins.at, begins.day, None, begins.zone)
    else:
        span = Span(
            begins.day,
            begins.at,
            ends.day,
            None if (ends.day, ends.at) == (begins.day, begins.at) else ends.at,
            begins.zone,
        )
        if (ends.day, ends.at) < (begins.day, begins.at):
            raise Unfit(BACKWARDS)
    if (span.ends_on - span.starts_on).days >= LONGEST_DAYS:
        raise Unfit(TOO_LONG)
    return span


def _end(by_name: dict[str, Property], begins: Moment, usual_zone: str) -> Moment | None:
    if "DTEND" in by_name:
        ends = _moment(by_name["DTEND"], usual_zone)
        if ends.at is None or begins.at is None or ends.zone == begins.zone:
            return ends
        local = datetime.combine(ends.day, ends.at, ZoneInfo(ends.zone)).astimezone(ZoneInfo(begins.zone))
        return Moment(local.date(), local.time(), begins.zone)
    match = _DURATION.fullmatch(by_name["DURATION"].value.strip().upper()) if "DURATION" in by_name else None
    if match is None:
        return None
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in match.groups()[1:])
    if match[1] == "-":
        raise Unfit(BACKWARDS)
    length = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    if length.days >= LONGEST_DAYS:
        raise Unfit(TOO_LONG)
    last = datetime.combine(begins.day, begins.at or time.min) + length
    return Moment(last.date(), last.time().replace(second=0) if begins.at else None, begins.zone)


def _rule(text: str, span: Span) -> Rule:
    """UNTIL in UTC becomes the last local day that counts."""
    try:
        rule = read_rule(text)
    except NotUnderstood as error:
        raise Unfit(TOO_OFTEN if _WITHIN_A_DAY.search(text) else BAD_RULE) from error
    match = re.search(r"UNTIL=(\d{8}T\d{6})Z", text.upper())
    if match and rule.until and span.starts_time is not None:
        try:
            last = datetime.strptime(match[1], "%Y%m%dT%H%M%S").replace(tzinfo=UTC).astimezone(ZoneInfo(span.zone))
        except (ValueError, OverflowError) as error:
            raise Unfit(BAD_RULE) from error
        return replace(rule, until=last.date() if last.time() >= span.starts_time else last.date() - DAY)
    return rule


def _listed(properties: list[Property], span: Span, usual_zone: str) -> dict[date, ReadDate]:
    """EXDATE and RDATE by day."""
    found: dict[date, ReadDate] = {}
    count = 0
    for prop in properties:
        if prop.name not in ("EXDATE", "RDATE"):
            continue
        for value in prop.value.split(","):
            count += 1
            if count > MOST_SINGLES:
                raise Unfit(TOO_MANY_SINGLES)
            single = _single(prop, value.partition("/")[0], span, usual_zone)
            if single.on != span.starts_on or single.change != "added":
                found[single.on] = single
    return found


def _single(prop: Property, value: str, span: Span, usual_zone: str) -> ReadDate:
    at = _in_zone(_moment(Property(prop.name, prop.parameters, value), usual_zone), span.zone)
    if prop.name == "EXDATE":
        return ReadDate(at.day, "omitted")
    moved = span.moved_to(at.day)
    if at.at is not None and span.starts_time is not None and at.at != span.starts_time:
        moved = replace(moved, starts_time=at.at, ends_time=None, ends_on=at.day)
    return ReadDate(at.day, "added", moved)


def _in_zone(moment: Moment, zone: str) -> Moment:
    if moment.at is None or moment.zone == zone:
        return moment
    local = datetime.combine(moment.day, moment.at, ZoneInfo(moment.zone)).astimezone(ZoneInfo(zone))
    return Moment(local.date(), local.time(), zone)


def _with_singles(event: ReadEvent, some: Sequence[tuple[list[Property], Property]], usual_zone: str) -> ReadEvent:
    """The event with its dates that are different. One that cannot be understood stays as the series has it."""
    singles = {single.on: single for single in event.singles}
    for properties, named in some[:MOST_SINGLES]:
        by_name = {prop.name: prop for prop in reversed(properties)}
        try:
            on = _in_zone(_moment(named, usual_zone), event.span.zone).day
            span = _span(by_name, usual_zone)
        except Unfit:
            continue
        if _words(by_name, "STATUS", 20).upper() == "CANCELLED":
            singles[on] = ReadDate(on, "cancelled")
        elif on in singles and singles[on].change == "added":
            singles[on] = ReadDate(on, "added", span)
        elif span != event.span.moved_to(on):
            singles[on] = ReadDate(on, "moved", span)
    return replace(event, singles=tuple(singles[on] for on in sorted(singles)))
