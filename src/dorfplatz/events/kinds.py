"""Events, as the spine knows them, and as the search finds them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from dorfplatz.entries.models import EntryArea
from dorfplatz.entries.sockets import Kind, kinds
from dorfplatz.events.enums import KIND
from dorfplatz.events.models import Event, Occurrence
from dorfplatz.events.queries.lines import DateLine, Reader, lines_of
from dorfplatz.events.room import ROOM
from dorfplatz.events.views.entry import entry_page
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.text import excerpt, plain
from dorfplatz.places.queries import terms_of_municipality
from dorfplatz.search.sockets import PASSING, Said, Source, as_passing
from dorfplatz.ui.parts import Card, OpenLine
from dorfplatz.villages.models import Municipality

SOON_COUNTS = 1.05


def plug_kinds() -> None:
    """Let the spine show events."""
    kinds.plug(
        KIND,
        Kind(
            KIND,
            _("Date"),
            "calendar-days",
            ROOM,
            "ui/parts/card.html",
            load_many=cards_of,
            page=entry_page,
            is_exact=True,
        ),
    )


def cards_of(ids: Collection[int], viewer: Actor) -> Mapping[int, Card]:
    """Cards by entry, each with its next date, else its last; for what the viewer may see. Nine queries."""
    now = timezone.now()
    path = EntryArea.objects.filter(entry_id__in=list(ids)).order_by("pk").values_list("area__path", flat=True).first()
    roots = [int(part) for part in str(path or "").strip("/").split("/") if part]
    municipality = Municipality.objects.select_related("area").filter(pk__in=roots).first()
    if municipality is None:
        return {}
    shown = _next_by_event(ids, now)
    language = get_language() or municipality.default_language
    lines = lines_of(shown.values(), Reader(terms_of_municipality(municipality), language, viewer, now))
    bodies = dict(Event.objects.filter(pk__in=list(ids)).values_list("pk", "entry__body"))
    return {pk: _card(lines[occurrence], bodies[pk]) for pk, occurrence in shown.items() if occurrence in lines}


def _next_by_event(ids: Collection[int], now: datetime) -> dict[int, int]:
    """Of each event its next occurrence, else its last one. Two queries."""
    rows = Occurrence.objects.filter(event_id__in=list(ids))
    last = rows.order_by("starts_at").values_list("event_id", "pk")
    ahead = rows.filter(ends_at__gte=now).order_by("-starts_at").values_list("event_id", "pk")
    return {**dict(last), **dict(ahead)}


def _card(line: DateLine, body: str) -> Card:
    return Card(
        id=str(line.id),
        title=line.title,
        url=line.url,
        icon=line.icon,
        category=line.theme or str(_("Date")),
        lead=excerpt(plain(body), 140) if not line.language else "",
        villages=line.villages,
        open=OpenLine(line.when),
        warning=line.state_words,
        shape=line.shape,
        colour=line.colour,
        facts=[fact for fact in (line.place, line.repeats, *line.facts) if fact][:3],
        language=line.language,
    )


def said(ids: Collection[int]) -> Mapping[int, Said]:
    """Places, organisers and themes. One query."""
    columns = ("pk", "place_words", "place__entry__title", "organiser__entry__title", "registration", "theme__slug")
    rows = Event.objects.filter(pk__in=list(ids)).values_list(*columns)
    return {pk: Said([word for word in words if word], (), [theme] if theme else ()) for pk, *words, theme in rows}


def nudges(ids: Collection[int], now: datetime) -> Mapping[int, float]:
    """Dates pass; what has one to come counts more than what is over. One query."""
    ahead = Occurrence.objects.filter(event_id__in=list(ids), ends_at__gte=now).values_list("event_id", flat=True)
    return {**as_passing(ids, now), **dict.fromkeys(ahead.distinct(), PASSING * SOON_COUNTS)}


SOURCE = Source(said, nudges=nudges)
