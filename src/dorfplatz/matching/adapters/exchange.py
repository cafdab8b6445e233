"""Asks and offers that are open."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from dorfplatz.entries.enums import Audience, State
from dorfplatz.entries.models import Entry, EntryQuerySet
from dorfplatz.entries.queries import with_words
from dorfplatz.exchange.enums import Direction, Step
from dorfplatz.exchange.room import ROOM
from dorfplatz.kernel.actor import Actor
from dorfplatz.matching.sides import Rhythm, Side
from dorfplatz.matching.sources import Around, Source, Thing, sources


def _open(direction: Direction, viewer: Actor, now: datetime) -> EntryQuerySet:
    rows = Entry.objects.filter(kind=direction, state=State.PUBLISHED, exchange__step=Step.OPEN)
    current = Q(expires_at__isnull=True) | Q(expires_at__gt=now)
    return rows.filter(current, author__isnull=False).visible_to(viewer, now=now)


def _things(rows: EntryQuerySet, most: int) -> Sequence[Thing]:
    whole: QuerySet[Entry] = with_words(rows).select_related("exchange", "author__login", "author__joining")
    return [_thing(entry) for entry in whole.order_by("-published_at", "-pk")[:most]]


def _thing(entry: Entry) -> Thing:
    exchange = entry.exchange
    also = tuple(f"{text.title} . {text.body}" for text in entry.texts.all())
    when = " ".join(word for word in (exchange.when_words, exchange.for_whom, exchange.to_words) if word)
    side = Side(
        f"{entry.kind}:{entry.pk}", entry.title, entry.body, entry.language, also, frozenset({f"sort-{exchange.sort}"}),
        frozenset(placement.area_id for placement in entry.placements.all()), when,
        rhythm=Rhythm.REGULARLY if exchange.is_regular else Rhythm.ONCE, people=frozenset({entry.author_id or 0}),
    )  # fmt: skip
    return Thing(
        side, entry.title, reverse("entries:entry", kwargs={"code": entry.code, "words": entry.title_words}),
        entry.author, entry.author.name if entry.author else "", entry.audience == Audience.PUBLIC, entry.pk,
    )  # fmt: skip


def _source(direction: Direction, label: str | Promise, icon: str) -> Source:
    def find(around: Around, most: int) -> Sequence[Thing]:
        areas = around.own if direction == Direction.ASK else around.near
        if ROOM in around.closed_rooms:
            return []
        return _things(_open(direction, around.viewer, around.now).in_areas(areas), most)

    def again(ids: Collection[int], viewer: Actor, now: datetime) -> Sequence[Thing]:
        return _things(_open(direction, viewer, now).filter(pk__in=list(ids)), len(ids))

    def there(viewer: Actor, now: datetime) -> EntryQuerySet:
        return _open(direction, viewer, now)

    return Source(label, icon, find, again, there, ROOM)


def plug_exchange() -> None:
    ask, offer = pgettext_lazy("kind", "Ask"), pgettext_lazy("kind", "Offer")
    sources.plug("ask", _source(Direction.ASK, ask, "hand"), rank=10)
    sources.plug("offer", _source(Direction.OFFER, offer, "hand-heart"), rank=20)
