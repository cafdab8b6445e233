"""Entries with all that is given away of them, as plain values.

An author, a keeper, a correction, who confirmed or who changed something has no field here, so no format can show it.
Phone, mail and address are the entry's own, as its public page shows them.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from dorfplatz.entries.models import Entry, EntryArea
from dorfplatz.entries.queries import Reading, reading
from dorfplatz.kernel.actor import Actor
from dorfplatz.places.drafts import ListingFacts
from dorfplatz.places.enums import PlaceKind
from dorfplatz.places.models import Listing, ListingCategory
from dorfplatz.villages.models import Area

FACTS = tuple(field.name for field in dataclasses.fields(ListingFacts))


@dataclass(frozen=True)
class Record:
    """One entry in the reader's language. `uri` is the original's address where the entry comes from elsewhere."""

    id: int
    code: str
    kind: str
    words: Reading
    title_words: str
    changed_at: datetime
    lat: float | None
    lon: float | None
    origin: str
    uri: str
    areas: tuple[Area, ...]
    service_area: tuple[Area, ...]
    category_ids: tuple[int, ...]
    facts: ListingFacts
    assured_on: date | None
    is_missing: bool
    legal_status: str = ""
    founded_in: int | None = None
    parent_id: int | None = None
    capacity: int | None = None
    how_to_apply: Mapping[str, str] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True)
class _Links:
    """By entry, what belongs to it."""

    categories: Mapping[int, list[int]]
    areas: Mapping[int, list[int]]
    service_areas: Mapping[int, list[int]]
    by_id: Mapping[int, Area]

    def areas_of(self, ids: Iterable[int]) -> tuple[Area, ...]:
        return tuple(self.by_id[pk] for pk in ids)


def records_of(ids: Iterable[int], *, viewer: Actor, language: str, now: datetime) -> dict[int, Record]:
    """Those of the entries that the viewer may see, by id. Seven queries, however many they are."""
    wanted = list(ids)
    if not wanted:
        return {}
    visible = Entry.objects.filter(pk__in=wanted, listing__isnull=False).visible_to(viewer, now=now)
    found = visible.select_related("listing", "organization", "service", "location").prefetch_related("texts")
    entries = list(found)
    links = _links([entry.pk for entry in entries])
    return {entry.pk: _record(entry, language, links) for entry in entries}


def _links(ids: list[int]) -> _Links:
    """Pairs, and each area once: the same few villages stand at thousands of entries, with long outlines."""
    listed = ListingCategory.objects.filter(listing_id__in=ids).order_by("category__position", "category_id")
    placed = EntryArea.objects.filter(entry_id__in=ids).order_by("pk")
    served = Listing.service_area.through.objects.filter(listing_id__in=ids).order_by("pk")
    areas = _grouped(placed.values_list("entry_id", "area_id"))
    service_areas = _grouped(served.values_list("listing_id", "area_id"))
    named = {pk for some in (*areas.values(), *service_areas.values()) for pk in some}
    return _Links(
        categories=_grouped(listed.values_list("listing_id", "category_id")),
        areas=areas,
        service_areas=service_areas,
        by_id=Area.objects.defer("outline", "intro").in_bulk(list(named)),
    )


def _grouped(pairs: Iterable[tuple[int, int]]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for one, other in pairs:
        found.setdefault(one, []).append(other)
    return found


def _record(entry: Entry, language: str, links: _Links) -> Record:
    listing: Listing = entry.listing
    main = listing.category_id
    return Record(
        id=entry.pk,
        code=entry.code,
        kind=entry.kind,
        words=reading(entry, language),
        title_words=entry.title_words,
        changed_at=entry.changed_at,
        lat=entry.lat,
        lon=entry.lon,
        origin=entry.origin,
        uri=entry.uri,
        areas=links.areas_of(links.areas.get(entry.pk, [])),
        service_area=links.areas_of(links.service_areas.get(entry.pk, [])),
        category_ids=(main, *(pk for pk in links.categories.get(entry.pk, []) if pk != main)),
        facts=ListingFacts(**{name: getattr(listing, name) for name in FACTS}),
        assured_on=listing.assured_on,
        is_missing=listing.missing_since is not None,
        **_own(entry),
    )


def _own(entry: Entry) -> dict[str, Any]:
    """What only one kind knows."""
    if entry.kind == PlaceKind.ORGANIZATION:
        club = entry.organization
        return {"legal_status": club.legal_status, "founded_in": club.founded_in, "parent_id": club.parent_id}
    if entry.kind == PlaceKind.LOCATION:
        return {"capacity": entry.location.capacity}
    return {"how_to_apply": entry.service.how_to_apply}
