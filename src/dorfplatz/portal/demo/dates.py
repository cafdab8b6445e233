"""The demonstration's calendar: dates counted from today, set out through the same actions as everything else.

What was once and is over comes again as far ahead as its file says; series simply go on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from dorfplatz.entries.actions import Draft
from dorfplatz.entries.models import Entry
from dorfplatz.events.actions import add_events, change_date, change_event
from dorfplatz.events.civil import Span
from dorfplatz.events.drafts import EventDraft, EventFacts
from dorfplatz.events.enums import KIND, Change, Status
from dorfplatz.events.models import Event
from dorfplatz.events.queries.page import with_everything
from dorfplatz.events.recurrence import NotUnderstood, Rule, first_on_or_after, read_rule
from dorfplatz.events.school_holidays import region_of_country
from dorfplatz.events.series import Single
from dorfplatz.places.enums import StepFree
from dorfplatz.places.map_filter import GENERATIONS
from dorfplatz.portal.demo.map_entries import ORIGIN, Ground
from dorfplatz.portal.demo.reading import FaultyData, check_names, read_toml, rows_of, words

FIELDS = frozenset({
    "key", "village", "language", "on", "at", "days", "rule", "skips_holidays", "theme", "by", "at_place", "words",
    "free", "cost", "capacity", "registration", "step_free", "generations", "spoken", "cancelled", "moved_next",
    "title", "text",
})  # fmt: skip
WEEKDAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")
BEGUN = timedelta(days=56)
ZONES = {"DE": "Europe/Berlin", "NL": "Europe/Amsterdam"}


@dataclass(frozen=True)
class DateData:
    """One event as its file states it; `said` are the fields that need no reading."""

    key: str
    village: str
    language: str
    on: str
    hours: tuple[time | None, time | None]
    days: int
    rule: Rule | None
    title: Mapping[str, str]
    text: Mapping[str, str]
    said: Mapping[str, Any] = field(repr=False)

    @property
    def uri(self) -> str:
        return f"demo:date/{self.village}/{self.key}"

    def first(self, today: date) -> date:
        """The day it is on: a series has begun eight weeks ago."""
        start = today - BEGUN if self.rule else today
        day = start + timedelta(days=int(self.on)) if self.on.startswith("+") else _weekday(self.on, start)
        return first_on_or_after(self.rule, day) if self.rule and self.rule.weekdays else day

    def note(self, name: str) -> str:
        """A note in the language of the original, else in any."""
        texts = self.said.get(name, {})
        return str(texts.get(self.language) or next(iter(texts.values()), ""))


def _weekday(name: str, start: date) -> date:
    return start + timedelta(days=(WEEKDAYS.index(name) - start.weekday()) % 7)


def read_dates() -> list[DateData]:
    """All dates. Raises FaultyData that names the one that cannot be."""
    return [_date(row) for row in rows_of(read_toml("dates.toml"), "date", "dates.toml")]


def _date(row: Mapping[str, Any]) -> DateData:
    where = f"dates.toml, “{row.get('key', '?')}”"
    check_names(row, FIELDS, where)
    try:
        begins, ends = (time.fromisoformat(text) if text else None for text in row.get("at", ["", ""]))
        rule = read_rule(str(row["rule"])) if "rule" in row else None
        on = str(row["on"])
        _weekday(on, date(2026, 1, 1)) if not on.startswith("+") else int(on)
    except (KeyError, ValueError, NotUnderstood) as error:
        raise FaultyData(f"{where}: {error}") from error
    language = str(row.get("language", "de"))
    title, text = words(row, "title", where), words(row, "text", where)
    days = int(row.get("days", 1))
    return DateData(str(row["key"]), str(row["village"]), language, on, (begins, ends), days, rule, title, text, row)


@transaction.atomic
def put_dates(dates: list[DateData], ground: Ground, *, now: datetime) -> int:
    """Set out what is missing, renew what is over; returns how many are new. What people changed or removed stays."""
    present = dict(Entry.objects.filter(origin=ORIGIN, kind=KIND).values_list("uri", "pk"))
    missing = [one for one in dates if one.uri not in present]
    today = now.astimezone(ZoneInfo("Europe/Berlin")).date()
    map_entries = dict(Entry.objects.filter(origin=ORIGIN).exclude(kind=KIND).values_list("uri", "pk"))
    for hand in dict.fromkeys(_hand(one, ground) for one in missing):
        some = [one for one in missing if _hand(one, ground) == hand]
        add_events([_draft(one, ground, map_entries, today) for one in some], by=hand, now=now)
    _renew(dates, ground, map_entries, today, now)
    return len(missing)


def _hand(one: DateData, ground: Ground) -> Any:
    return ground.cast.hands.get(one.village, ground.machine)


def _draft(one: DateData, ground: Ground, map_entries: Mapping[str, int], today: date) -> EventDraft:
    area, said = ground.areas[one.village], one.said
    first = one.first(today)
    begins, ends = one.hours
    place = _named(one, "at_place", map_entries)
    others = {code: (one.title[code], one.text[code]) for code in one.title if code != one.language}
    point = Entry.objects.get(pk=place).point if place else None
    return EventDraft(
        words=Draft(
            title=one.title[one.language],
            body=one.text[one.language],
            language=one.language,
            areas=[area],
            point=point,
            texts=others,
            origin=ORIGIN,
            uri=one.uri,
        ),
        span=Span(first, begins, first + timedelta(days=one.days - 1), ends, ZONES[area.country]),
        rule=one.rule,
        holiday_region=region_of_country(area.country) if said.get("skips_holidays") else "",
        facts=EventFacts(
            place_id=place,
            place_words=one.note("words"),
            organiser_id=_named(one, "by", map_entries),
            theme_id=ground.categories[said["theme"]].pk,
            generations=sum(int(GENERATIONS[name]) for name in said.get("generations", ())),
            is_free=said.get("free"),
            cost_note=one.note("cost"),
            step_free=said.get("step_free", StepFree.UNKNOWN),
            spoken_languages=tuple(said.get("spoken", ())),
            registration=one.note("registration"),
            capacity=said.get("capacity"),
        ),
        status=Status.CANCELLED if "cancelled" in said else Status.PLANNED,
        status_word=one.note("cancelled"),
    )


def _named(one: DateData, name: str, map_entries: Mapping[str, int]) -> int | None:
    key = one.said.get(name)
    if key is None:
        return None
    uri = f"demo:{one.village}/{key}"
    if uri not in map_entries:
        raise FaultyData(f"dates.toml, “{one.key}”: nobody knows “{uri}”")
    return map_entries[uri]


def _renew(dates: list[DateData], ground: Ground, map_entries: Mapping[str, int], today: date, now: datetime) -> None:
    """Move what is over to where its file has it now; have the one date moved that is moved."""
    by_uri = {event.entry.uri: event for event in Event.objects.filter(entry__origin=ORIGIN).select_related("entry")}
    for one in dates:
        event = by_uri.get(one.uri)
        if event is None or event.entry.state != "published":
            continue
        if one.rule is None and event.span.last_on < today:
            full = with_everything(Entry.objects.prefetch_related("placements__area", "texts").get(pk=event.pk))
            change_event(full, draft=_draft(one, ground, map_entries, today), by=ground.machine, now=now)
        elif one.note("moved_next") and not event.single_dates.filter(on__gte=today).exists():
            _move_next(event, one.note("moved_next"), ground, today, now)


def _move_next(event: Event, word: str, ground: Ground, today: date, now: datetime) -> None:
    following = event.occurrences.filter(first_on__gt=today).order_by("starts_at").first()
    if following is not None:
        span = event.span.moved_to(following.on + timedelta(days=1))
        change_date(event, single=Single(following.on, Change.MOVED, span, word), by=ground.machine, now=now)
