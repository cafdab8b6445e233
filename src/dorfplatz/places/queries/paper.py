"""Results as they stand on paper: everything one needs without a screen, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from dorfplatz.entries.models import Entry
from dorfplatz.entries.queries import reading, with_words
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.geo import Point
from dorfplatz.kernel.text import excerpt, plain
from dorfplatz.places.hours import read_hours
from dorfplatz.places.hours_words import hours_in_words
from dorfplatz.places.queries.cards import chip

LEAD_LENGTH = 220
OSM = "osm"


@dataclass(frozen=True)
class PaperLine:
    """One entry of a printed list."""

    id: int
    category_id: int
    title: str
    lead: str
    language: str
    villages: Sequence[str]
    hours: str
    address: str
    phone: str
    email: str
    code: str
    is_from_osm: bool
    point: Point | None
    area_ids: Sequence[int]
    assured_on: date | None
    is_missing: bool


def paper_lines(ids: Sequence[int], *, language: str, viewer: Actor, now: datetime) -> list[PaperLine]:
    """Lines of those entries that the viewer may see, in the order of the ids."""
    found = with_words(Entry.objects.filter(pk__in=list(ids)).visible_to(viewer, now=now))
    entries = found.select_related("listing").in_bulk()
    return [_line(entries[pk], language) for pk in ids if pk in entries]


def _line(entry: Entry, language: str) -> PaperLine:
    listing, words = entry.listing, reading(entry, language)
    return PaperLine(
        id=entry.pk,
        category_id=listing.category_id,
        title=words.title,
        lead=excerpt(plain(words.body), LEAD_LENGTH),
        language="" if words.language == language else words.language,
        villages=[chip(placement.area, None, language).name for placement in entry.placements.all()],
        hours=hours_in_words(read_hours(listing.opening_hours).hours or listing.opening_hours, language),
        address=", ".join(filter(None, [listing.street, f"{listing.postcode} {listing.town}".strip()])),
        phone=listing.phone,
        email=listing.email,
        code=entry.code,
        is_from_osm=entry.origin == OSM,
        point=entry.point,
        area_ids=[placement.area_id for placement in entry.placements.all()],
        assured_on=listing.assured_on,
        is_missing=listing.missing_since is not None,
    )
