"""The social map under a filter: which results, in which order, and what each facet would leave.

The rows of one municipality are read in five queries, whatever their number, as small tuples; filters and facet
counts are then worked out in memory, so that list, map and print can never disagree.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property, lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from dorfplatz.entries.models import Entry, EntryArea, EntryText
from dorfplatz.kernel.actor import Actor
from dorfplatz.places import hours
from dorfplatz.places.enums import Status, StepFree
from dorfplatz.places.map_filter import GENERATIONS, OPEN_CHOICES, Box, MapFilter
from dorfplatz.places.models import Listing, ListingCategory
from dorfplatz.places.queries.taxonomy import Terms
from dorfplatz.search.queries import search
from dorfplatz.villages.filter import VillageFilter
from dorfplatz.villages.queries import Site

SATURDAY = 5


@dataclass
class Row:
    """One result as filters see it. What is folded into it counts as its own."""

    id: int
    title: str
    lat: float | None
    lon: float | None
    offered_by: set[str]
    is_free: bool
    is_step_free: bool
    generations: int
    languages: set[str]
    opening_hours: list[str]
    categories: set[int] = field(default_factory=set)
    areas: set[int] = field(default_factory=set)

    def is_in(self, box: Box) -> bool:
        return self.lat is not None and self.lon is not None and (self.lat, self.lon) in box


@dataclass(frozen=True)
class MapResult:
    """One result in its place in the order."""

    id: int
    is_from_neighbour: bool


@dataclass(frozen=True)
class SocialMap:
    """The results of a filter, in order, and facet counts that fit the other facets chosen.

    `counts` maps a facet to how many results each of its values would leave; categories are counted by term id.
    """

    results: tuple[MapResult, ...]
    counts: Mapping[str, Mapping[Any, int]]
    village_counts: Mapping[int, int]

    @property
    def ids(self) -> list[int]:
        return [result.id for result in self.results]

    @cached_property
    def neighbour_count(self) -> int:
        return sum(result.is_from_neighbour for result in self.results)


def social_map(
    villages: VillageFilter,
    asked: MapFilter,
    terms: Terms,
    *,
    viewer: Actor,
    now: datetime,
    rows: Sequence[Row] | None = None,
    with_counts: bool = True,
    answers: Mapping[int, int] | None = None,
) -> SocialMap:
    """What the filters leave: the chosen villages' own first, then what is for all, then neighbours', each by title.

    A page that asks several questions reads the rows once (`rows_of`) and passes them on; what shows no facets asks
    without counts. Where words are asked, `answers` has the place of each entry that answers them (`answers_to`).
    """
    if rows is None:
        rows = rows_of(villages.site, viewer=viewer, now=now)
    if answers is None:
        answers = answers_to(asked.q, villages.site, viewer=viewer, now=now)
    # Like all that is not understood, a category that is not there is not asked.
    tests = _tests(villages, replace(asked, categories=terms.known(asked.categories)), terms, now, answers)
    area_ids = villages.area_ids
    here = [row for row in rows if row.areas & area_ids]
    passed = {row.id: [name for name, test in tests.items() if not test(row)] for row in rows}
    own = {area.pk for area in (villages.chosen or villages.site.villages)} | {villages.site.municipality.area.pk}
    chosen = {area.pk for area in villages.chosen} or own
    left = [row for row in here if not passed[row.id]]
    found = sorted(
        left, key=lambda r: (not r.areas & own, not r.areas & chosen, answers.get(r.id, 0), _fold(r.title), r.id)
    )
    return SocialMap(
        results=tuple(MapResult(row.id, not row.areas & own) for row in found),
        counts=_counts(here, passed, terms, villages, now) if with_counts else {},
        village_counts=_village_counts([row for row in rows if not passed[row.id]], villages.site),
    )


def answers_to(question: str, site: Site, *, viewer: Actor, now: datetime) -> dict[int, int]:
    """By entry, its place among the answers to a question in words: the search that the whole square has."""
    everywhere = VillageFilter(site, with_neighbours=True)
    return search(question, everywhere, viewer=viewer, now=now).ranks if question else {}


def _village_counts(rows: Sequence[Row], site: Site) -> dict[int, int]:
    """By village, how many results choosing it alone would show: what is for the whole municipality is for each."""
    whole = site.municipality.area.pk
    counts = Counter(pk for row in rows for pk in row.areas)
    for village in (*site.villages, *site.outside):
        counts[village.pk] += sum(whole in row.areas and village.pk not in row.areas for row in rows)
    return counts


def rows_of(site: Site, *, viewer: Actor, now: datetime, language: str = "") -> list[Row]:
    """All results of the square that the viewer may see. Three queries.

    With a `language`, titles are those its readers get, for one query more.
    """
    area_ids = {area.pk for area in (*site.villages, *site.outside, site.municipality.area)}
    visible = Entry.objects.in_areas(frozenset(area_ids)).visible_to(viewer, now=now)
    listed = Listing.objects.filter(entry__in=visible).exclude(status=Status.CLOSED)
    columns = (
        "entry_id", "shown_with_id", "entry__title", "entry__lat", "entry__lon", "offered_by", "is_free",
        "step_free", "generations", "spoken_languages", "opening_hours",
    )  # fmt: skip
    rows: dict[int, Row] = {}
    parts: dict[int, int] = {}
    for pk, lead, title, lat, lon, by, free, step_free, generations, languages, opening in listed.values_list(*columns):
        if lead is not None:
            parts[pk] = lead
        rows[pk] = Row(
            id=pk,
            title=title,
            lat=lat,
            lon=lon,
            offered_by={by} if by else set(),
            is_free=bool(free),
            is_step_free=step_free == StepFree.YES,
            generations=generations,
            languages=set(languages),
            opening_hours=[opening] if opening else [],
        )
    _add_links(rows, listed)
    if language:
        titles = EntryText.objects.filter(entry__listing__in=listed, language=language)
        for pk, title in titles.values_list("entry_id", "title"):
            if pk in rows:
                rows[pk].title = title
    for pk, lead in parts.items():
        _fold_in(rows, pk, lead)
    return list(rows.values())


def _add_links(rows: Mapping[int, Row], listed: Any) -> None:
    for pk, category in ListingCategory.objects.filter(listing__in=listed).values_list("listing_id", "category_id"):
        if pk in rows:
            rows[pk].categories.add(category)
    for pk, area in EntryArea.objects.filter(entry__listing__in=listed).values_list("entry_id", "area_id"):
        if pk in rows:
            rows[pk].areas.add(area)


def _fold_in(rows: dict[int, Row], pk: int, lead: int) -> None:
    """Let the leading row answer for one shown with it; a part whose lead is not visible stands for itself."""
    if lead not in rows:
        return
    part, whole = rows.pop(pk), rows[lead]
    whole.categories |= part.categories
    whole.areas |= part.areas
    whole.offered_by |= part.offered_by
    whole.languages |= part.languages
    whole.is_free |= part.is_free
    whole.opening_hours += part.opening_hours
    # Zero means everybody, so it wins.
    whole.generations = whole.generations | part.generations if whole.generations and part.generations else 0


def _fold(text: str) -> str:
    """For comparing and ordering: case, umlauts and accents do not matter."""
    spelled = text.casefold().replace("ä", "ae").replace("ö", "oe").replace("ü", "ue")
    return "".join(c for c in unicodedata.normalize("NFKD", spelled) if not unicodedata.combining(c))


Test = Callable[[Row], bool]


def _tests(
    villages: VillageFilter, asked: MapFilter, terms: Terms, now: datetime, answers: Mapping[int, int]
) -> dict[str, Test]:
    """One test for each question that is asked, named as its facet."""
    side = {pk for pk, area in villages.site.by_id.items() if area.country.lower() == asked.side}
    bits = sum(GENERATIONS[name] for name in asked.generations)
    wanted = frozenset[int]().union(*(terms.ids_below(slug) for slug in asked.categories))
    box = asked.bbox
    offered: list[tuple[str, bool, Test]] = [
        ("categories", bool(asked.categories), lambda row: bool(row.categories & wanted)),
        ("languages", bool(asked.languages), lambda row: bool(row.languages & set(asked.languages))),
        ("free", asked.free, lambda row: row.is_free),
        ("step_free", asked.step_free, lambda row: row.is_step_free),
        ("generations", bool(bits), lambda row: not row.generations or bool(row.generations & bits)),
        ("by", bool(asked.by), lambda row: bool(row.offered_by & set(asked.by))),
        ("side", bool(asked.side), lambda row: bool(row.areas & side)),
        ("q", bool(asked.q), lambda row: row.id in answers),
        ("bbox", box is not None, lambda row: box is not None and row.is_in(box)),
    ]
    tests = {name: test for name, is_asked, test in offered if is_asked}
    return {**tests, "open": _opening(villages, asked.open, now)} if asked.open else tests


def holiday_regions(site: Site) -> dict[int, str]:
    """By area, whose public holidays count there: the state's where the municipality's key tells it."""
    home, key = site.municipality.area.country, site.municipality.official_key
    return {
        pk: hours.holiday_region(area.country, key if area.country == home else "") for pk, area in site.by_id.items()
    }


# Many entries have the same hours, and readers ask about the same days again and again.
_is_open = lru_cache(maxsize=4096)(hours.is_open)
_is_open_on = lru_cache(maxsize=16384)(hours.is_open_on)


def _opening(villages: VillageFilter, choice: str, now: datetime) -> Test:
    municipality = villages.site.municipality
    local = now.astimezone(ZoneInfo(municipality.timezone))
    regions = holiday_regions(villages.site)

    def country(row: Row) -> str:
        return next((regions[pk] for pk in sorted(row.areas) if pk in regions), municipality.area.country)

    if choice == "now":
        minute = local.replace(second=0, microsecond=0)
        return lambda row: any(_is_open(text, minute, country(row)) for text in row.opening_hours)
    days = [local.date()]
    if choice == "weekend":
        saturday = local.date() + timedelta(days=max(0, SATURDAY - local.weekday()))
        # On a Sunday the weekend is what is left of it.
        days = [saturday, saturday + timedelta(days=1)] if local.weekday() <= SATURDAY else [local.date()]
    return lambda row: any(_is_open_on(text, day, country(row)) for text in row.opening_hours for day in days)


def _counts(
    rows: Sequence[Row], failed: Mapping[int, list[str]], terms: Terms, villages: VillageFilter, now: datetime
) -> dict[str, Mapping[Any, int]]:
    """By facet, how many results each of its values would leave while the other questions stay asked."""

    def left(facet: str) -> list[Row]:
        return [row for row in rows if all(name == facet for name in failed[row.id])]

    opening = {choice: _opening(villages, choice, now) for choice in OPEN_CHOICES}
    counts: dict[str, Mapping[Any, int]] = {
        "open": {choice: sum(map(test, left("open"))) for choice, test in opening.items()}
    }
    for facet, values in _readers(terms, villages).items():
        counts[facet] = dict(Counter(value for row in left(facet) for value in values(row)))
    return counts


def _readers(terms: Terms, villages: VillageFilter) -> dict[str, Callable[[Row], Iterable[Any]]]:
    """By facet, which of its values a row has."""
    countries = {pk: area.country.lower() for pk, area in villages.site.by_id.items()}
    return {
        "categories": lambda row: row.categories | {terms.root_of(pk) for pk in row.categories},
        "languages": lambda row: row.languages,
        "free": lambda row: [True] if row.is_free else [],
        "step_free": lambda row: [True] if row.is_step_free else [],
        "generations": lambda row: [n for n, b in GENERATIONS.items() if not row.generations or row.generations & b],
        "by": lambda row: row.offered_by,
        "side": lambda row: {countries[pk] for pk in row.areas if pk in countries},
    }
