"""Results as pins on a map: small values, thousands at once; what they follow from is kept until it changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from django.urls import reverse

from dorfplatz.entries.models import Entry, EntryArea
from dorfplatz.entries.queries import titles_in
from dorfplatz.kernel.keeping import Share
from dorfplatz.kernel.text import in_language, slug
from dorfplatz.places import hours
from dorfplatz.places.queries.board import Interned
from dorfplatz.places.queries.rows import holiday_regions
from dorfplatz.places.queries.taxonomy import Terms
from dorfplatz.villages.edition_memory import EditionMemory
from dorfplatz.villages.queries import Site

BOARD_BYTES, PIN_BYTES = 20_000, 380
_is_open = lru_cache(maxsize=4096)(hours.is_open)
Hours = tuple[str, str]  # and whose public holidays count


@dataclass(frozen=True, slots=True)
class Pin:
    """One result with a point. `open` is None where nobody knows; `origin` says whom to name beside it."""

    id: int
    code: str
    lat: float
    lon: float
    kind: str
    name: str
    category: str
    villages: Sequence[str]
    url: str
    open: bool | None
    confirmed_on: date | None
    shape: str
    colour: str
    icon: str
    origin: str


class _Kept(NamedTuple):
    """What a pin follows from, kept small: thousands of them share their villages and know no addresses."""

    code: str
    lat: float
    lon: float
    kind: str
    name: str
    words: str | None
    category_id: int | None
    villages: tuple[str, ...]
    hours: int | None
    confirmed_on: date | None
    origin: str


@dataclass(frozen=True)
class Pinboard:
    """Of a municipality, all that has a point, whoever may see it; and their opening hours, each kind of them once.

    It shows nobody anything by itself: the ids of what a viewer sees come from rows that were read for that viewer.
    """

    by_id: Mapping[int, tuple[Any, ...]]  # fields of _Kept: of plain tuples, the garbage collector lets go
    hours: Sequence[Hours]
    terms: Terms
    language: str

    def openings(self, local: datetime) -> tuple[bool | None, ...]:
        """Of each of the opening hours, whether they say open at this minute. Two moments alike in this are alike."""
        minute = local.replace(second=0, microsecond=0)
        return tuple([_is_open(text, minute, region) for text, region in self.hours])

    def pins(self, ids: Sequence[int], openings: Sequence[bool | None]) -> Iterator[Pin]:
        """The pins of these entries, in their order, as they are with these openings."""
        # Looked up once: thousands of addresses differ in these two words only.
        start, end = reverse("entries:entry", kwargs={"code": "0code0", "words": "0words0"}).split("0code0")
        for pk in ids:
            fields = self.by_id.get(pk)
            if fields is None:
                continue
            kept = _Kept._make(fields)
            term = self.terms.by_id.get(kept.category_id) if kept.category_id is not None else None
            yield Pin(
                id=pk,
                code=kept.code,
                lat=kept.lat,
                lon=kept.lon,
                kind=kept.kind,
                name=kept.name,
                category=in_language(term.name, self.language) if term else "",
                villages=kept.villages,
                url=f"{start}{kept.code}{end.replace('0words0', kept.words or slug(kept.name) or kept.kind)}",
                open=None if kept.hours is None else openings[kept.hours],
                confirmed_on=kept.confirmed_on,
                shape=term.shape if term else "circle",
                colour=term.colour if term else "slate",
                icon=term.icon if term else "map-pin",
                origin=kept.origin,
            )


_pinboards: EditionMemory[Pinboard] = EditionMemory(
    Share.PINS.bytes(), size_of=lambda board: BOARD_BYTES + len(board.by_id) * PIN_BYTES
)


def pinboard(*, edition: int | None, site: Site, terms: Terms, language: str) -> Pinboard:
    """The pins of all that stands in the municipality. Three queries, none when they are kept.

    `edition` is the municipality's from before the map was asked for.
    """
    key = (site.municipality.pk, language)
    return _pinboards.get(key, edition, lambda: _read(site, terms, language))


def _read(site: Site, terms: Terms, language: str) -> Pinboard:
    columns = (
        "pk", "code", "kind", "title", "lat", "lon", "origin",
        "listing__category_id", "listing__opening_hours", "listing__assured_on",
    )  # fmt: skip
    here = Entry.objects.in_areas(frozenset(site.by_id))
    rows = here.filter(lat__isnull=False, listing__isnull=False).values_list(*columns)
    placed = EntryArea.objects.filter(area_id__in=[*site.by_id]).values("entry_id")
    areas: dict[int, list[int]] = {}
    for entry_id, area_id in EntryArea.objects.filter(entry_id__in=placed).values_list("entry_id", "area_id"):
        areas.setdefault(entry_id, []).append(area_id)
    names = {pk: in_language(area.name, language) for pk, area in site.by_id.items()}
    regions, home = holiday_regions(site), site.municipality.area.country
    translated, numbers, one = titles_in(language, of=placed), dict[Hours, int](), Interned()
    found: dict[int, tuple[Any, ...]] = {}
    for pk, code, kind, original, lat, lon, origin, category_id, opening_hours, assured_on in rows:
        standing = [area for area in areas.get(pk, ()) if area in names]
        number = None
        if opening_hours:
            region = next((regions[area] for area in standing), home)
            number = numbers.setdefault((opening_hours, region), len(numbers))
        title = translated.get(pk)
        kept = _Kept(
            code=code,
            lat=lat,
            lon=lon,
            kind=one[kind],
            name=title or original,
            # The address has the original's words.
            words=slug(original) if title else None,
            category_id=category_id,
            villages=one[tuple([names[area] for area in standing])],
            hours=number,
            confirmed_on=one[assured_on],
            origin=one[origin],
        )
        found[pk] = tuple(kept)
    return Pinboard(found, list(numbers), terms, language)
