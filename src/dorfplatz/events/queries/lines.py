"""Dates as lines of a list: everything shown of each, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _

from dorfplatz.entries.models import EntryArea
from dorfplatz.entries.queries import reading
from dorfplatz.events.enums import Change, Status
from dorfplatz.events.models import Event, Occurrence
from dorfplatz.events.rule_words import rule_in_words
from dorfplatz.events.said import hours_in_words, when_in_words
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.geo import Point
from dorfplatz.kernel.text import in_language
from dorfplatz.places.queries import Terms
from dorfplatz.places.queries.cards import chip
from dorfplatz.ui.kept_parts import UNSHOWN
from dorfplatz.ui.parts import Village

UNSAID = timedelta(hours=3)


@dataclass(frozen=True)
class DateLine:
    """One date in a list. `hours` stands below its day, `when` says the day as well."""

    id: int
    on: date = field(metadata=UNSHOWN)
    day: date = field(metadata=UNSHOWN)
    title: str
    url: str
    hours: str
    when: str
    place: str
    villages: Sequence[Village]
    state: str
    state_words: str
    word: str
    repeats: str
    facts: Sequence[str]
    language: str
    icon: str
    shape: str
    colour: str
    theme: str
    starts_at: datetime = field(metadata=UNSHOWN)
    ends_at: datetime = field(metadata=UNSHOWN)
    is_example: bool = False

    def is_over(self, now: datetime) -> bool:
        """What has begun three hours ago and does not say until when is over."""
        return (self.ends_at if self.ends_at > self.starts_at else self.starts_at + UNSAID) < now


@dataclass(frozen=True)
class Reader:
    """For whom lines are written."""

    terms: Terms
    language: str
    viewer: Actor
    now: datetime
    near: Point | None = None


def lines_of(occurrence_ids: Collection[int], reader: Reader) -> Mapping[int, DateLine]:
    """By occurrence. Whether the reader may see them is asked before. Five queries."""
    found = (
        Occurrence.objects.filter(pk__in=list(occurrence_ids))
        .select_related("event__entry", "event__place__entry")
        .prefetch_related(
            "event__entry__texts",
            "event__place__entry__texts",
            Prefetch("event__entry__placements", EntryArea.objects.select_related("area")),
        )
    )
    return {occurrence.pk: line_of(occurrence, occurrence.event, reader) for occurrence in found}


def line_of(occurrence: Occurrence, event: Event, reader: Reader) -> DateLine:
    """The line of one date; the event comes with entry, texts, areas and place."""
    language, entry = reader.language, event.entry
    words = reading(entry, language)
    theme = reader.terms.by_id.get(event.theme_id or 0)
    state = _state(occurrence, event)
    path = reverse("entries:entry", kwargs={"code": entry.code, "words": entry.title_words})
    return DateLine(
        id=event.pk,
        on=occurrence.on,
        day=occurrence.first_on,
        title=words.title,
        url=f"{path}?on={occurrence.on.isoformat()}" if event.rule or occurrence.on != event.starts_on else path,
        hours=hours_in_words(occurrence, event, language),
        when=when_in_words(occurrence, event, now=reader.now, language=language),
        place=place_in_words(event, language),
        villages=[chip(p.area, reader.near, language) for p in entry.placements.all()],
        state=state,
        state_words=state_in_words(state),
        word=occurrence.word or (event.status_word if state == Change.CANCELLED else ""),
        repeats=rule_in_words(event.series_rule, event.starts_on),
        facts=[_("free of charge")] if event.is_free else [],
        language="" if words.language == language else words.language,
        icon=theme.icon if theme else "calendar-days",
        shape=theme.shape if theme else "circle",
        colour=theme.colour if theme else "slate",
        theme=in_language(theme.name, language) if theme else "",
        starts_at=occurrence.starts_at,
        ends_at=occurrence.ends_at,
        is_example=entry.origin == "demo",
    )


def _state(occurrence: Occurrence, event: Event) -> str:
    if event.status == Status.CANCELLED:
        return Change.CANCELLED
    return occurrence.change


def state_in_words(state: str) -> str:
    """What is different about a date, as a reader wants it said."""
    words = {
        Change.CANCELLED: _("Does not take place"),
        Change.MOVED: _("Other time than usual"),
        Change.ADDED: _("Extra date"),
    }
    return words.get(Change(state), "") if state else ""


def place_in_words(event: Event, language: str) -> str:
    """Where it is: the entry of the social map, and what is said beside it."""
    named = reading(event.place.entry, language).title if event.place else ""
    return ", ".join(part for part in (named, event.place_words) if part)
