"""Everything the page of one entry of the social map shows."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet

from dorfplatz.entries.models import Entry, EntryArea, EntryQuerySet
from dorfplatz.entries.queries import Reading, reading, with_words
from dorfplatz.kernel.actor import Actor
from dorfplatz.places.enums import PlaceKind
from dorfplatz.places.models import Keeper, Listing, Location, Photo, Service
from dorfplatz.villages.models import Area


@dataclass(frozen=True)
class Related:
    """Another entry that belongs to this one: a service of the club, the house it meets in."""

    entry: Entry
    words: Reading
    kind: str


@dataclass(frozen=True)
class PlacePage:
    """What the page of one entry shows. `parts` are folded into it; `related` have pages of their own as results."""

    entry: Entry
    listing: Listing
    words: Reading
    areas: Sequence[Area]
    category_ids: Sequence[int]
    photos: Sequence[Photo]
    keepers: Sequence[str]
    parts: Sequence[Related]
    related: Sequence[Related]
    lead: Related | None
    service_area: Sequence[Area]


def listing_of(entry: Entry) -> Listing:
    """The listing of an entry with all that policies and pages ask for; words and areas are the given entry's."""
    listing = Listing.objects.prefetch_related("keepers__identity", "photos__picture").get(pk=entry.pk)
    listing.entry = entry
    return listing


def place_page(entry: Entry, *, language: str, viewer: Actor, now: datetime) -> PlacePage:
    """The page of an entry that the viewer may see. At most a dozen queries, whatever hangs on it."""
    listing = listing_of(entry)
    parts = _related(Entry.objects.filter(listing__shown_with=listing), language, viewer, now)
    part_ids = {part.entry.pk for part in parts}
    linked = _linked_ids(entry)
    related = _related(Entry.objects.filter(pk__in=linked), language, viewer, now) if linked else []
    lead = (
        _related(Entry.objects.filter(pk=listing.shown_with_id), language, viewer, now) if listing.shown_with_id else []
    )
    return PlacePage(
        entry=listing.entry,
        listing=listing,
        words=reading(listing.entry, language),
        areas=[placement.area for placement in listing.entry.placements.all()],
        category_ids=list(listing.categories.order_by("position").values_list("pk", flat=True)),
        photos=[photo for photo in listing.photos.all() if photo.picture.is_ready],
        keepers=[_keeper_name(keeper) for keeper in listing.keepers.all() if keeper.ended_at is None],
        parts=parts,
        related=[other for other in related if other.entry.pk not in part_ids],
        lead=lead[0] if lead else None,
        service_area=list(listing.service_area.all()),
    )


def _keeper_name(keeper: Keeper) -> str:
    """Who keeps an entry is public with the name, as the keeper agreed to when taking it on."""
    return keeper.identity.name


def _linked_ids(entry: Entry) -> list[int]:
    """Entries tied to this one by HSDS: services and locations of an organisation, and the reverse. One query."""
    pk = entry.pk
    services, houses = Service.objects.order_by(), Service.locations.through.objects.order_by()
    some: dict[str, tuple[QuerySet[Any, Any], QuerySet[Any, Any]]] = {
        PlaceKind.ORGANIZATION: (
            services.filter(organization=pk).values_list("pk"),
            Location.objects.filter(organization=pk).values_list("pk"),
        ),
        PlaceKind.SERVICE: (
            services.filter(pk=pk).values_list("organization_id"),
            houses.filter(service=pk).values_list("location_id"),
        ),
        PlaceKind.LOCATION: (
            Location.objects.filter(pk=pk).values_list("organization_id"),
            houses.filter(location=pk).values_list("service_id"),
        ),
    }
    # Each half finds its own by an index; asked as one condition with “or”, a database reads all entries there are.
    first, second = some[entry.kind]
    return [found for (found,) in first.union(second) if found is not None]


def _related(entries: EntryQuerySet, language: str, viewer: Actor, now: datetime) -> list[Related]:
    found = with_words(entries.visible_to(viewer, now=now).distinct().order_by("title"))
    return [Related(other, reading(other, language), other.kind) for other in found]


def areas_of_photos(ids: Collection[int]) -> set[int]:
    """In which areas entries show one of these pictures, whoever may see them."""
    shown = Photo.objects.filter(picture_id__in=list(ids))
    return set(shown.values_list("listing__entry__placements__area_id", flat=True).distinct()) - {None}


def areas_of_keepers(ids: Collection[int]) -> set[int]:
    """In which areas entries name one of these people as who keeps them."""
    kept = Keeper.objects.filter(identity_id__in=list(ids), ended_at=None)
    return set(kept.values_list("listing__entry__placements__area_id", flat=True).distinct()) - {None}


def first_keepers(ids: Collection[int]) -> dict[int, int]:
    """Of these entries the one who has kept each for longest: she answers for it. A system query."""
    kept = Keeper.objects.filter(listing__in=list(ids), ended_at=None).order_by("-since", "-pk")
    return dict(kept.values_list("listing_id", "identity_id"))


def areas_of_those_named(ids: Collection[int]) -> set[int]:
    """In which areas the entries are set out that these belong to or are shown with: their pages name them."""
    links = ("shown_with", "entry__service__organization", "entry__location__organization", "entry__service__locations")
    touched = Listing.objects.filter(pk__in=list(ids))
    named = reduce(or_, (Q(entry_id__in=touched.values(link)) for link in links))
    return set(EntryArea.objects.filter(named).values_list("area_id", flat=True).distinct())
