"""Reading the rows of a square; kept between requests until something changes.

Who asks may see what `visible_to` says at that very moment: it is asked each time, for ids. What is kept follows from
those ids, the municipality's edition and the language alone, so it is right for everybody who may see the same.
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from dorfplatz.entries.enums import BY_HAND
from dorfplatz.entries.models import Entry, EntryArea
from dorfplatz.entries.queries import titles_in
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.keeping import Share
from dorfplatz.places import hours
from dorfplatz.places.enums import PlaceKind, Status, StepFree
from dorfplatz.places.models import Listing, ListingCategory
from dorfplatz.places.queries.board import Board, Interned, Row
from dorfplatz.villages.edition_memory import EditionMemory
from dorfplatz.villages.queries import Site, edition_to_keep_under

# Who keeps it was asked three times, connectors for half a year: then it leaves map and list. Its page stays.
HIDDEN_AFTER = timedelta(days=183)
BOARD_BYTES, ROW_BYTES = 20_000, 70
_boards: EditionMemory[Board] = EditionMemory(
    Share.BOARDS.bytes(), size_of=lambda board: BOARD_BYTES + len(board) * ROW_BYTES
)


def rows_of(site: Site, *, viewer: Actor, now: datetime, language: str = "") -> Board:
    """All results of the square that the viewer may see. Six queries, two where they are kept.

    With a `language`, titles are those its readers get, for one query more.
    """
    edition = edition_to_keep_under(site.municipality.pk)
    forgotten = Q(check_due_at__lte=now - HIDDEN_AFTER, origin__in=BY_HAND)
    placed = Entry.objects.filter(~forgotten, kind__in=PlaceKind.values).in_areas(frozenset(site.by_id))
    ids = frozenset(placed.visible_to(viewer, now=now).values_list("pk", flat=True))
    seen = hashlib.blake2b(array("q", sorted(ids)).tobytes(), digest_size=20).digest()
    key = (site.municipality.pk, language, seen)
    return _boards.get(key, edition, lambda: _read(site, ids, seen, language))


def holiday_regions(site: Site) -> dict[int, str]:
    """By area, whose public holidays count there: the state's where the municipality's key tells it."""
    home, key = site.municipality.area.country, site.municipality.official_key
    return {
        pk: hours.holiday_region(area.country, key if area.country == home else "") for pk, area in site.by_id.items()
    }


def _read(site: Site, ids: frozenset[int], seen: bytes, language: str) -> Board:
    placed = EntryArea.objects.filter(area_id__in=[*site.by_id]).values("entry_id")
    listed = Listing.objects.filter(pk__in=placed).exclude(status=Status.CLOSED)
    columns = (
        "entry_id", "shown_with_id", "entry__title", "entry__lat", "entry__lon", "offered_by", "is_free",
        "step_free", "generations", "spoken_languages", "opening_hours",
    )  # fmt: skip
    one = Interned()
    rows: dict[int, Row] = {}
    titles: dict[int, str] = {}
    parts: dict[int, int] = {}
    for pk, lead, title, lat, lon, by, free, step_free, generations, languages, opening in listed.values_list(*columns):
        if pk not in ids:
            continue
        if lead is not None:
            parts[pk] = lead
        titles[pk] = title
        rows[pk] = Row(
            id=pk,
            lat=lat,
            lon=lon,
            offered_by=one[frozenset([by] if by else [])],
            is_free=bool(free),
            is_step_free=step_free == StepFree.YES,
            generations=generations,
            languages=one[frozenset(languages)],
            opening_hours=one[(opening,) if opening else ()],
        )
    _add_links(rows, placed, one)
    if language:
        titles |= titles_in(language, of=placed)
    for pk, lead in parts.items():
        if lead in rows:  # else it stands for itself
            rows[lead].take_in(rows.pop(pk))
    return Board(rows.values(), titles, seen, regions=holiday_regions(site), home=site.municipality.area.country)


def _add_links(rows: Mapping[int, Row], placed: Any, one: Interned) -> None:
    linked = ListingCategory.objects.filter(listing_id__in=placed).values_list("listing_id", "category_id")
    for pk, found in _gathered(linked).items():
        if pk in rows:
            rows[pk].categories = one[frozenset(found)]
    standing = EntryArea.objects.filter(entry_id__in=placed).values_list("entry_id", "area_id")
    for pk, found in _gathered(standing).items():
        if pk in rows:
            rows[pk].areas = one[frozenset(found)]


def _gathered(pairs: Iterable[tuple[int, int]]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for pk, other in pairs:
        found.setdefault(pk, []).append(other)
    return found
