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

from dorfplatz.entries.models import Entry
from dorfplatz.entries.queries import Reading, reading, with_words
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


def records_of(ids: Iterable[int], *, viewer: Actor, language: str, now: datetime) -> dict[int, Record]:
    """Those of the entries that the viewer may see, by id. Six queries, however many they are."""
    wanted = list(ids)
    if not wanted:
        return {}
    found = with_words(Entry.objects.filter(pk__in=wanted, listing__isnull=False).visible_to(viewer, now=now))
    entries = found.select_related("listing", "organization", "service", "location").prefetch_related(
        "listing__service_area"
    )
    categories: dict[int, list[int]] = {}
    pairs = ListingCategory.objects.filter(listing_id__in=wanted).order_by("category__position", "category_id")
    for listing_id, category_id in pairs.values_list("listing_id", "category_id"):
        categories.setdefault(listing_id, []).append(category_id)
    return {entry.pk: _record(entry, language, categories.get(entry.pk, [])) for entry in entries}


def _record(entry: Entry, language: str, category_ids: list[int]) -> Record:
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
        areas=tuple(placement.area for placement in entry.placements.all()),
        service_area=tuple(listing.service_area.all()),
        category_ids=(main, *(pk for pk in category_ids if pk != main)),
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
