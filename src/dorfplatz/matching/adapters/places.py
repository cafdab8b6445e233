"""What a village has: rooms and clubs, as the social map knows them. Nobody is introduced to a place."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import pgettext_lazy

from dorfplatz.entries.enums import State
from dorfplatz.entries.models import Entry, EntryQuerySet
from dorfplatz.entries.queries import with_words
from dorfplatz.kernel.actor import Actor
from dorfplatz.matching.sides import Side
from dorfplatz.matching.sources import Around, Source, Thing, sources
from dorfplatz.places.enums import PlaceKind, Status
from dorfplatz.places.room import ROOM


def _there(viewer: Actor, now: datetime) -> EntryQuerySet:
    rows = Entry.objects.filter(kind__in=PlaceKind.values, state=State.PUBLISHED)
    alive = rows.filter(listing__status=Status.ACTIVE, listing__shown_with__isnull=True)
    return alive.filter(Q(expires_at__isnull=True) | Q(expires_at__gt=now)).visible_to(viewer, now=now)


def _things(rows: EntryQuerySet, most: int) -> Sequence[Thing]:
    whole = with_words(rows).select_related("listing__category")
    return [_thing(entry) for entry in whole.order_by("-changed_at", "-pk")[:most]]


def _thing(entry: Entry) -> Thing:
    also = tuple(f"{text.title} . {text.body}" for text in entry.texts.all())
    villages = frozenset(placement.area_id for placement in entry.placements.all())
    topics = frozenset({str(entry.listing.category.slug)})
    side = Side(f"place:{entry.pk}", entry.title, entry.body, entry.language, also, topics, villages)
    url = reverse("entries:entry", kwargs={"code": entry.code, "words": entry.title_words})
    return Thing(side, entry.title, url, entry_id=entry.pk)


def _find(around: Around, most: int) -> Sequence[Thing]:
    if ROOM in around.closed_rooms or not around.topics:
        return []
    rows = _there(around.viewer, around.now).in_areas(around.near)
    return _things(rows.filter(listing__category__slug__in=around.topics), most)


def _again(ids: Collection[int], viewer: Actor, now: datetime) -> Sequence[Thing]:
    return _things(_there(viewer, now).filter(pk__in=list(ids)), len(ids))


def plug_places() -> None:
    sources.plug(
        "place", Source(pgettext_lazy("matching", "On the map"), "map-pin", _find, _again, _there, ROOM), rank=40
    )
