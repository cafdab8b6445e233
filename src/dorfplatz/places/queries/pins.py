"""Results as pins on a map: small values, thousands at once, kept between requests until something changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.urls import reverse

from dorfplatz.entries.models import Entry, EntryArea, EntryText
from dorfplatz.kernel.text import in_language, slug
from dorfplatz.places import hours
from dorfplatz.places.queries.rows import holiday_regions
from dorfplatz.places.queries.social_map import SocialMap
from dorfplatz.places.queries.taxonomy import Terms
from dorfplatz.villages.edition_memory import EditionMemory
from dorfplatz.villages.queries import Site

# Pins in the memory of one process: half a kilobyte each.
MOST_PINS = 20_000
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


@dataclass(frozen=True)
class Pinboard:
    """A pin for each result that has a point, as it is at any time; and their opening hours, each kind of them once."""

    by_id: Mapping[int, Pin]
    hours_of: Mapping[int, int]
    hours: Sequence[Hours]

    def openings(self, local: datetime) -> tuple[bool | None, ...]:
        """Of each of the opening hours, whether they say open at this minute. Two moments alike in this are alike."""
        minute = local.replace(second=0, microsecond=0)
        return tuple([_is_open(text, minute, region) for text, region in self.hours])

    def pins(self, ids: Sequence[int], openings: Sequence[bool | None]) -> Iterator[Pin]:
        """The pins of these entries, in their order, as they are with these openings."""
        for pk in ids:
            pin = self.by_id.get(pk)
            if pin is not None:
                number = self.hours_of.get(pk)
                yield pin if number is None else replace(pin, open=openings[number])


_pinboards: EditionMemory[Pinboard] = EditionMemory(MOST_PINS, size_of=lambda board: len(board.by_id) + 50)


def pinboard(found: SocialMap, *, edition: int | None, site: Site, terms: Terms, language: str) -> Pinboard:
    """The pins of all that the viewer of this map may see. Three queries, none when they are kept.

    `edition` is the municipality's from before the map was asked for.
    """
    key = (site.municipality.pk, language, found.board.key)
    return _pinboards.get(key, edition, lambda: _read(found.board.ids, site, terms, language))


def _read(ids: frozenset[int], site: Site, terms: Terms, language: str) -> Pinboard:
    columns = (
        "pk", "code", "kind", "title", "lat", "lon", "origin",
        "listing__category_id", "listing__opening_hours", "listing__assured_on",
    )  # fmt: skip
    here = Entry.objects.in_areas(frozenset(site.by_id))
    rows = here.filter(lat__isnull=False, listing__isnull=False).values_list(*columns)
    placed = EntryArea.objects.filter(area_id__in=[*site.by_id]).values("entry_id")
    titles = EntryText.objects.filter(entry_id__in=placed, language=language).values_list("entry_id", "title")
    areas: dict[int, list[int]] = {}
    for entry_id, area_id in EntryArea.objects.filter(entry_id__in=placed).values_list("entry_id", "area_id"):
        areas.setdefault(entry_id, []).append(area_id)
    draw = _Drawing(site, terms, language, dict(titles), areas)
    drawn = {row[0]: draw.pin(row) for row in rows if row[0] in ids}
    return Pinboard(drawn, draw.hours_of, list(draw.numbers))


@dataclass
class _Drawing:
    """What all pins of one answer share."""

    site: Site
    terms: Terms
    language: str
    titles: Mapping[int, str]
    areas: Mapping[int, Sequence[int]]
    numbers: dict[Hours, int] = field(default_factory=dict)
    hours_of: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.regions = holiday_regions(self.site)
        self.names = {pk: in_language(area.name, self.language) for pk, area in self.site.by_id.items()}
        # Looked up once: thousands of addresses differ in these two words only.
        self.address = reverse("entries:entry", kwargs={"code": "0code0", "words": "0words0"})

    def pin(self, row: tuple[Any, ...]) -> Pin:
        pk, code, kind, original, lat, lon, origin, category_id, opening_hours, assured_on = row
        term = self.terms.by_id.get(category_id)
        area_pks = [area for area in self.areas.get(pk, ()) if area in self.names]
        if opening_hours:
            region = next((self.regions[area] for area in area_pks), self.site.municipality.area.country)
            self.hours_of[pk] = self.numbers.setdefault((opening_hours, region), len(self.numbers))
        words = slug(original) or kind
        return Pin(
            id=pk,
            code=code,
            lat=lat,
            lon=lon,
            kind=kind,
            name=self.titles.get(pk) or original,
            category=in_language(term.name, self.language) if term else "",
            villages=[self.names[area] for area in area_pks],
            url=self.address.replace("0code0", code).replace("0words0", words),
            open=None,
            confirmed_on=assured_on,
            shape=term.shape if term else "circle",
            colour=term.colour if term else "slate",
            icon=term.icon if term else "map-pin",
            origin=origin,
        )
