"""The results of one square as rows, and as sets of rows: by category, by area, by everything the facets ask for.

A set is a whole number whose bit n stands for row n: thousands of rows are counted and crossed in microseconds, so that
every count of the page comes from the same rows as the list. Pure.
"""

from __future__ import annotations

import unicodedata
from array import array
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from math import isnan, nan
from typing import Any, NamedTuple, TypeVar

from dorfplatz.places import hours
from dorfplatz.places.map_filter import GENERATIONS, Box

MOST_MOMENTS = 12
NOWHERE = nan
Key = TypeVar("Key")
RowSet = int


@dataclass(slots=True)
class Row:
    """One result as filters see it. What is folded into it counts as its own."""

    id: int
    lat: float | None
    lon: float | None
    offered_by: frozenset[str]
    is_free: bool
    is_step_free: bool
    generations: int
    languages: frozenset[str]
    opening_hours: tuple[str, ...]
    categories: frozenset[int] = frozenset()
    areas: frozenset[int] = frozenset()

    def take_in(self, part: Row) -> None:
        """Answer for another as well, which is shown with this one."""
        self.categories |= part.categories
        self.areas |= part.areas
        self.offered_by |= part.offered_by
        self.languages |= part.languages
        self.is_free |= part.is_free
        self.opening_hours += part.opening_hours
        # Zero means everybody, so it wins.
        both = self.generations and part.generations
        self.generations = self.generations | part.generations if both else 0


@dataclass(frozen=True, slots=True)
class Spot:
    """One result as pages ask for it: where it is and what it belongs to."""

    id: int
    lat: float | None
    lon: float | None
    opening_hours: tuple[str, ...]
    categories: tuple[int, ...]
    areas: tuple[int, ...]


class MapResult(NamedTuple):
    """One result in its place in the order."""

    id: int
    is_from_neighbour: bool


# Many entries have the same hours, and readers ask about the same days again and again.
_is_open = lru_cache(maxsize=4096)(hours.is_open)
_is_open_on = lru_cache(maxsize=16384)(hours.is_open_on)


class Board:
    """All results, in the order of their titles. Nothing changes it: requests share it.

    It is kept small, as a process keeps those of many municipalities: columns and sets, no object for each row.
    `key` follows from the entries that may be seen; boards of one edition with equal keys are equal. `regions` tells by
    area whose public holidays count there, `home` where none does.
    """

    def __init__(
        self, rows: Iterable[Row], titles: Mapping[int, str], key: bytes, *, regions: Mapping[int, str], home: str
    ) -> None:
        self.key = key
        ordered = sorted(rows, key=lambda row: (fold(titles[row.id]), row.id))
        one = Interned()
        self._ids = array("q", [row.id for row in ordered])
        self._points = array("d", [NOWHERE if n is None else n for row in ordered for n in (row.lat, row.lon)])
        # Tuples of plain values: the garbage collector stops looking at them, of which there are very many.
        self._hours = [one[row.opening_hours] for row in ordered]
        self._categories = [one[tuple(sorted(row.categories))] for row in ordered]
        self._areas = [one[tuple(sorted(row.areas))] for row in ordered]
        self.all: RowSet = (1 << len(ordered)) - 1
        self.by_category = _sets(ordered, lambda row: row.categories)
        self.by_area = _sets(ordered, lambda row: row.areas)
        self.by_language = _sets(ordered, lambda row: row.languages)
        self.by_offerer = _sets(ordered, lambda row: row.offered_by)
        # What is for everybody is for each.
        bits = list(GENERATIONS.values())
        self.by_generation = _sets(
            ordered, lambda row: [bit for bit in bits if not row.generations or row.generations & bit]
        )
        self.free = _set(place for place, row in enumerate(ordered) if row.is_free)
        self.step_free = _set(place for place, row in enumerate(ordered) if row.is_step_free)

        def region(row: Row) -> str:
            return next((regions[pk] for pk in sorted(row.areas) if pk in regions), home)

        # By opening hours and whose holidays count for them: those alike are asked once.
        self._by_hours = _sets(ordered, lambda row: [(row.opening_hours, region(row))] if row.opening_hours else [])
        self._opened: dict[tuple[datetime | date, ...], RowSet] = {}

    def __len__(self) -> int:
        return len(self._ids)

    def __iter__(self) -> Iterator[Spot]:
        points = iter(self._points)
        for pk, lat, lon, opening_hours, categories, areas in zip(
            self._ids, points, points, self._hours, self._categories, self._areas, strict=True
        ):
            known = not isnan(lat)
            yield Spot(pk, lat if known else None, lon if known else None, opening_hours, categories, areas)

    def spots(self, rows: RowSet) -> Iterator[Spot]:
        """These rows, in order."""
        for place in members(rows):
            lat, lon = self._points[2 * place], self._points[2 * place + 1]
            known = not isnan(lat)
            yield Spot(
                self._ids[place],
                lat if known else None,
                lon if known else None,
                self._hours[place],
                self._categories[place],
                self._areas[place],
            )

    def ids(self, rows: RowSet) -> list[int]:
        """The entries of these rows, in order."""
        return [self._ids[place] for place in members(rows)]

    def in_categories(self, terms: Iterable[int]) -> RowSet:
        """The rows in any of these."""
        return union(self.by_category.get(term, 0) for term in terms)

    @property
    def never_closed(self) -> RowSet:
        """What says that it is open day and night."""
        return union(rows for (texts, _region), rows in self._by_hours.items() if all("24/7" in t for t in texts))

    def of(self, ids: Container[int]) -> RowSet:
        """The rows of these entries that are here."""
        return _set(place for place, pk in enumerate(self._ids) if pk in ids)

    def within(self, box: Box) -> RowSet:
        """The rows in that part of the map."""
        points = iter(self._points)
        return _set(place for place, point in enumerate(zip(points, points, strict=True)) if point in box)

    def open_at(self, at: datetime) -> RowSet:
        """What is open at this minute."""
        minute = at.replace(second=0, microsecond=0)
        return self._open((minute,), lambda text, region: bool(_is_open(text, minute, region)))

    def open_on(self, *days: date) -> RowSet:
        """What is open at any time of these days."""
        return self._open(days, lambda text, region: any(_is_open_on(text, day, region) for day in days))

    def _open(self, when: tuple[datetime | date, ...], is_open: Callable[[str, str], bool]) -> RowSet:
        found = self._opened.get(when)
        if found is None:
            some = (rows for (texts, region), rows in self._by_hours.items() if any(is_open(t, region) for t in texts))
            found = union(some)
            if len(self._opened) >= MOST_MOMENTS:
                self._opened = {}  # another thread may still hold the one before, which is as right
            self._opened[when] = found
        return found

    def results(self, rows: RowSet, *, is_from_neighbour: bool) -> list[MapResult]:
        """In the order of their titles."""
        ids = self._ids
        return [MapResult(ids[place], is_from_neighbour) for place in members(rows)]


def union(sets: Iterable[RowSet]) -> RowSet:
    found = 0
    for some in sets:
        found |= some
    return found


def members(rows: RowSet) -> list[int]:
    """The places of a set's rows, in order."""
    return [place for place, bit in enumerate(reversed(f"{rows:b}")) if bit == "1"]


def _sets(rows: Sequence[Row], values: Callable[[Row], Iterable[Key]]) -> dict[Key, RowSet]:
    places: dict[Key, list[int]] = {}
    for place, row in enumerate(rows):
        for value in values(row):
            places.setdefault(value, []).append(place)
    return {value: _set(some) for value, some in places.items()}


def _set(places: Iterable[int]) -> RowSet:
    some = list(places)
    bits = bytearray(max(some) // 8 + 1) if some else bytearray()
    for place in some:
        bits[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(bits, "little")


def fold(text: str) -> str:
    """For comparing and ordering: case, umlauts and accents do not matter."""
    spelled = text.casefold().replace("ä", "ae").replace("ö", "oe").replace("ü", "ue")
    return "".join(c for c in unicodedata.normalize("NFKD", spelled) if not unicodedata.combining(c))


class Interned(dict[Any, Any]):
    """One object for all that are equal: thousands of rows have a few dozen sets between them."""

    def __missing__(self, value: Any) -> Any:
        self[value] = value
        return value
