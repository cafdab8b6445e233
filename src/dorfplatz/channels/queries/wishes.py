"""What people want to hear of, and how."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet

from dorfplatz.channels.enums import Way
from dorfplatz.channels.models import Preferences, Watch
from dorfplatz.channels.sockets import sections, sorts
from dorfplatz.entries.models import Entry
from dorfplatz.kernel.actor import Actor
from dorfplatz.members.models import Identity
from dorfplatz.members.queries import actor_of_identity
from dorfplatz.search.words import forms, words
from dorfplatz.villages.models import Area, AreaLink, Municipality
from dorfplatz.villages.queries import municipality_of


@dataclass(frozen=True)
class Reader:
    """Somebody who is written to: who she is, what she may see, what she wants, and on whose square she reads."""

    identity: Identity
    actor: Actor
    preferences: Preferences
    municipality: Municipality | None

    @property
    def email(self) -> str:
        return self.identity.login.email if self.identity.login else ""

    @property
    def zone(self) -> str:
        return self.municipality.timezone if self.municipality else settings.TIME_ZONE


def own_preferences(viewer: Actor) -> Preferences | None:
    """What the viewer has chosen, or what is usual; None for somebody who is nobody here."""
    if viewer.identity_id is None:
        return None
    found = Preferences.objects.filter(identity=viewer.identity_id).first()
    return found or Preferences(identity_id=viewer.identity_id)


def own_watches(viewer: Actor) -> QuerySet[Watch]:
    return Watch.objects.filter(identity=viewer.identity_id or 0).select_related("area").order_by("pk")


def preferences_of(ids: Collection[int]) -> Mapping[int, Preferences]:
    """Of each of these people what she has chosen, or what is usual; a system query."""
    chosen = Preferences.objects.in_bulk(list(ids))
    return {pk: chosen.get(pk) or Preferences(identity_id=pk) for pk in ids}


def way_for(preferences: Preferences, sort: str) -> Way:
    """How this person hears of that sort."""
    known = sorts.get(sort)
    chosen = preferences.ways.get(sort, "")
    return Way(chosen) if chosen in Way.values else (known.usual if known else Way.LIST)


def readers(people: Iterable[Identity]) -> Iterator[Reader]:
    """These people as readers; each must have been read with its home area and login. A system query."""
    some = list(people)
    chosen = preferences_of([person.pk for person in some])
    squares: dict[int | None, Municipality | None] = {}
    for person in some:
        if person.home_area_id not in squares:
            squares[person.home_area_id] = square_for(person.home_area)
        yield Reader(person, actor_of_identity(person), chosen[person.pk], squares[person.home_area_id])


def reader_of(identity_id: int) -> Reader | None:
    """One person who can be written to, or None; a system query."""
    can = Identity.objects.filter(pk=identity_id, is_blocked=False, login__is_active=True)
    found = can.select_related("login", "home_area__parent__municipality")
    return next(readers(found), None)


def square_for(home: Area | None) -> Municipality | None:
    """The municipality on whose square somebody from there reads: her own, else one that names it as neighbour."""
    own = municipality_of(home)
    if home is None or (own is not None and own.is_served):
        return own
    naming = AreaLink.objects.filter(neighbour=home, area__parent__municipality__is_served=True)
    first = naming.select_related("area__parent__municipality__area").order_by("position", "pk").first()
    return first.area.parent.municipality if first and first.area.parent else None


def watchers_of(entry: Entry, *, now: datetime) -> Iterator[tuple[Watch, Reader]]:
    """Who wants to hear of this entry and may see it, each once; a system query.

    `entry` must have been read with its placements and texts. A watch on a municipality is one on all its villages.
    """
    areas = {pk for placement in entry.placements.all() for pk in _with_all_above(placement.area)}
    keys = [key for key, section in sections.items() if entry.kind in section.kinds]
    wanted = Watch.objects.filter(area_id__in=areas, section__in=["", *keys]).exclude(identity_id=entry.author_id or 0)
    some = [watch for watch in wanted.order_by("way", "pk") if _has_words(watch, entry)]
    first: dict[int, Watch] = {}
    for watch in some:
        first.setdefault(watch.identity_id, watch)
    can = Identity.objects.filter(pk__in=first, is_blocked=False, login__is_active=True)
    for reader in readers(can.select_related("login", "home_area__parent__municipality")):
        if Entry.objects.filter(pk=entry.pk).visible_to(reader.actor, now=now).exists():
            yield first[reader.identity.pk], reader


def _with_all_above(area: Area) -> Iterator[int]:
    return (int(pk) for pk in str(area.path).strip("/").split("/") if pk)


def _has_words(watch: Watch, entry: Entry) -> bool:
    """Whether each word of the watch stands in the entry, however it is inflected."""
    if not watch.words:
        return True
    texts = [entry.title, entry.body, *(word for text in entry.texts.all() for word in (text.title, text.body))]
    there = {form for text in texts for word in words(text) for form in forms(word)}
    return all(there.intersection(forms(word)) for word in words(watch.words))
