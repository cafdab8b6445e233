"""Reading the rows of a square; kept between requests until something changes.

Who asks may see what `visible_to` says: it is asked, for ids, once for each edition, everything that decides what
somebody sees (`Sight`), and span of time in which nothing changes by itself. The rows that are kept follow from those
ids, the edition and the language alone, so they are right for everybody who may see the same.
"""

from __future__ import annotations

import hashlib
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from dorfplatz.entries.models import Entry, EntryArea
from dorfplatz.entries.queries import moments_of_entries, titles_in
from dorfplatz.entries.sight import Sight
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.keeping import Share
from dorfplatz.places import hours
from dorfplatz.places.enums import PlaceKind, Status, StepFree
from dorfplatz.places.models import Listing, ListingCategory
from dorfplatz.places.queries.board import Board, Interned, Row
from dorfplatz.places.queries.hiding import forgotten, moments_of_hiding
from dorfplatz.villages.edition_memory import EditionMemory
from dorfplatz.villages.queries import Site, edition_to_keep_under

BOARD_BYTES, ROW_BYTES = 20_000, 70
_boards: EditionMemory[Board] = EditionMemory(
    Share.BOARDS.bytes(), size_of=lambda board: BOARD_BYTES + len(board) * ROW_BYTES
)
HOUR = timedelta(hours=1)
# Of somebody's sight all but the moment counts.
ANY_MOMENT = datetime(1, 1, 1, tzinfo=UTC)
MOST_SIGHTS, MOST_HOURS = 5_000, 200  # half a kilobyte each


@dataclass(frozen=True, slots=True)
class _Seen:
    """A mark of what somebody sees, and from when until when that is so."""

    mark: bytes
    since: datetime
    until: datetime


_sights: EditionMemory[_Seen] = EditionMemory(MOST_SIGHTS)
_moments: EditionMemory[list[datetime]] = EditionMemory(MOST_HOURS)


def rows_of(site: Site, *, viewer: Actor, now: datetime, language: str = "") -> Board:
    """All results of the square that the viewer may see. Nine queries, one where they are kept.

    With a `language`, titles are those its readers get, for one query more.
    """
    edition, home = edition_to_keep_under(site.municipality.pk), site.municipality.pk
    who = (home, Sight.of(viewer, ANY_MOMENT))
    seen = _sights.find(who, edition)
    if seen is not None and seen.since <= now < seen.until:
        board = _boards.find((home, language, seen.mark), edition)
        if board is not None:
            return board
    placed = Entry.objects.filter(~forgotten(now), kind__in=PlaceKind.values).in_areas(frozenset(site.by_id))
    ids = frozenset(placed.visible_to(viewer, now=now).values_list("pk", flat=True))
    mark = hashlib.blake2b(array("q", sorted(ids)).tobytes(), digest_size=20).digest()
    if edition is not None:
        _sights.keep(who, edition, _Seen(mark, now, _next_moment(site, edition, now)))
    return _boards.get((home, language, mark), edition, lambda: _read(site, ids, mark, language))


def _next_moment(site: Site, edition: int, now: datetime) -> datetime:
    """The first moment from which on somebody may see more or less although nobody has changed anything."""
    begins = now.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    ends = begins + HOUR

    def named() -> list[datetime]:
        return sorted(moments_of_entries(site, begins, ends) | moments_of_hiding(site, begins, ends) | {ends})

    found = _moments.get((site.municipality.pk, begins), edition, named)
    return found[bisect_right(found, now)]


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
