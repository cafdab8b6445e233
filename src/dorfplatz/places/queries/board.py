"""The results of one square as rows, and as sets of rows: by category, by area, by everything the facets ask for.

A set is a whole number whose bit n stands for row n: thousands of rows are counted and crossed in microseconds, so that
every count of the page comes from the same rows as the list. Pure.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property, lru_cache
from typing import Any, NamedTuple, TypeVar, overload

from dorfplatz.places import hours
from dorfplatz.places.enums import Generation
from dorfplatz.places.map_filter import GENERATIONS, Box

MOST_MOMENTS = 12
Key = TypeVar("Key")
RowSet = int


@dataclass
class Row:
    """One result as filters see it. What is folded into it counts as its own."""

    id: int
    title: str
    lat: float | None
    lon: float | None
    offered_by: frozenset[str]
    is_free: bool
    is_step_free: bool
    generations: int
    languages: frozenset[str]
    opening_hours: tuple[str, ...]
    categories: frozenset[int] = field(default_factory=frozenset)
    areas: frozenset[int] = field(default_factory=frozenset)

    def is_in(self, box: Box) -> bool:
        return self.lat is not None and self.lon is not None and (self.lat, self.lon) in box

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


class MapResult(NamedTuple):
    """One result in its place in the order."""

    id: int
    is_from_neighbour: bool


# Many entries have the same hours, and readers ask about the same days again and again.
_is_open = lru_cache(maxsize=4096)(hours.is_open)
_is_open_on = lru_cache(maxsize=16384)(hours.is_open_on)


class Board(Sequence[Row]):
    """All results, in the order of their titles. Nothing changes it: requests share it.

    `ids` are the entries that may be seen, also those that are folded into others; equal ids make equal boards.
    `regions` tells by area whose public holidays count there, `home` where none does.
    """

    def __init__(self, rows: Iterable[Row], ids: frozenset[int], *, regions: Mapping[int, str], home: str) -> None:
        self.ids = ids
        self._rows = tuple(sorted(rows, key=lambda row: (fold(row.title), row.id)))
        self._regions, self._home = regions, home
        self._opened: dict[tuple[datetime | date, ...], RowSet] = {}

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | Sequence[Row]:
        return self._rows[index]

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows)

    @cached_property
    def all(self) -> RowSet:
        return (1 << len(self._rows)) - 1

    @cached_property
    def by_category(self) -> dict[int, RowSet]:
        return self._sets(lambda row: row.categories)

    @cached_property
    def by_area(self) -> dict[int, RowSet]:
        return self._sets(lambda row: row.areas)

    @cached_property
    def by_language(self) -> dict[str, RowSet]:
        return self._sets(lambda row: row.languages)

    @cached_property
    def by_offerer(self) -> dict[str, RowSet]:
        return self._sets(lambda row: row.offered_by)

    @cached_property
    def by_generation(self) -> dict[Generation, RowSet]:
        """What is for everybody is for each."""
        bits = GENERATIONS.values()
        return self._sets(lambda row: [bit for bit in bits if not row.generations or row.generations & bit])

    @cached_property
    def free(self) -> RowSet:
        return self.where(lambda row: row.is_free)

    @cached_property
    def step_free(self) -> RowSet:
        return self.where(lambda row: row.is_step_free)

    @cached_property
    def _by_hours(self) -> dict[tuple[tuple[str, ...], str], RowSet]:
        """By opening hours and whose holidays count for them: those alike are asked once."""
        return self._sets(lambda row: [(row.opening_hours, self._region(row))] if row.opening_hours else [])

    def _region(self, row: Row) -> str:
        return next((self._regions[pk] for pk in sorted(row.areas) if pk in self._regions), self._home)

    @cached_property
    def _places(self) -> dict[int, int]:
        return {row.id: place for place, row in enumerate(self._rows)}

    def of(self, ids: Iterable[int]) -> RowSet:
        """The rows of these entries that are here."""
        places = self._places
        return _set(places[pk] for pk in ids if pk in places)

    def where(self, test: Callable[[Row], bool]) -> RowSet:
        return _set(place for place, row in enumerate(self._rows) if test(row))

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
        shared = self._shared[is_from_neighbour]
        return [shared[place] for place in members(rows)]

    @cached_property
    def _shared(self) -> tuple[list[MapResult], list[MapResult]]:
        return [MapResult(row.id, False) for row in self._rows], [MapResult(row.id, True) for row in self._rows]

    def _sets(self, values: Callable[[Row], Iterable[Key]]) -> dict[Key, RowSet]:
        places: dict[Key, list[int]] = {}
        for place, row in enumerate(self._rows):
            for value in values(row):
                places.setdefault(value, []).append(place)
        return {value: _set(some) for value, some in places.items()}


def union(sets: Iterable[RowSet]) -> RowSet:
    found = 0
    for some in sets:
        found |= some
    return found


def members(rows: RowSet) -> list[int]:
    """The places of a set's rows, in order."""
    return [place for place, bit in enumerate(reversed(f"{rows:b}")) if bit == "1"]


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
