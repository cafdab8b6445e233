"""What is held against what: plain values, as an adapter makes them of what its room lets the viewer see. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from math import cos, hypot, radians
from typing import Any

KM_PER_DEGREE = 111.2


class Rhythm(StrEnum):
    """How often; "" where nothing is said."""

    ONCE = "once"
    REGULARLY = "regularly"


class Way(StrEnum):
    """How somebody would share what she can: do it, do it with others, or learn it."""

    OFFER = "offer"
    TOGETHER = "together"
    LEARN = "learn"


class Sense(StrEnum):
    """What a reason is about. A template puts it into a sentence, with the reason's values."""

    THEME = "theme"
    WORD = "word"
    TOPIC = "topic"
    DAYS = "days"
    DAYTIME = "daytime"
    REGULARLY = "regularly"
    SAME_VILLAGE = "same_village"
    NEXT_DOOR = "next_door"
    KM = "km"


@dataclass(frozen=True)
class Reason:
    """Why two sides fit: `value` is the key of a theme, a word, days as numbers from Monday 0, kilometres."""

    sense: Sense
    value: Any = ""


@dataclass(frozen=True)
class Side:
    """One thing somebody has or needs. `key` is the sort and its id, “ask:12”.

    `title` says what it is, `text` more of it; `also` is the same in other languages. `topics` are controlled words: a
    sort of ask (“sort-ride”), categories of the social map, codes of gifts. `people` are the ids of those whose it is.
    """

    key: str
    title: str
    text: str = ""
    language: str = "de"
    also: tuple[str, ...] = ()
    topics: frozenset[str] = frozenset()
    villages: frozenset[int] = frozenset()
    when: str = ""
    days: frozenset[int] = frozenset()
    rhythm: Rhythm | None = None
    way: Way | None = None
    people: frozenset[int] = frozenset()

    @property
    def sort(self) -> str:
        return self.key.partition(":")[0]

    @property
    def id(self) -> int:
        return int(self.key.partition(":")[2])


@dataclass(frozen=True)
class Suggestion:
    """That one side fits another, by their keys, how well (0 to about 1), and why, what says most first."""

    needs: str
    has: str
    score: float
    reasons: tuple[Reason, ...]

    @property
    def key(self) -> str:
        return f"{self.needs}-{self.has}"


@dataclass(frozen=True)
class Ground:
    """Where villages lie (id, latitude, longitude), and which are neighbours (both ids)."""

    points: tuple[tuple[int, float, float], ...] = ()
    neighbours: frozenset[tuple[int, int]] = frozenset()

    @cached_property
    def _by_id(self) -> dict[int, tuple[float, float]]:
        return {pk: (lat, lon) for pk, lat, lon in self.points}

    def km(self, one: Side, other: Side) -> float | None:
        """From the nearest village of the one to that of the other, centre to centre; None where that is not known."""
        if one.villages & other.villages:
            return 0.0
        known = self._by_id
        pairs = [(a, b) for a in one.villages & known.keys() for b in other.villages & known.keys()]
        return min((_km(known[a], known[b]) for a, b in pairs), default=None)

    def are_next_door(self, one: Side, other: Side) -> bool:
        return any({(a, b), (b, a)} & self.neighbours for a in one.villages for b in other.villages)


def _km(a: tuple[float, float], b: tuple[float, float]) -> float:
    north = (a[0] - b[0]) * KM_PER_DEGREE
    east = (a[1] - b[1]) * KM_PER_DEGREE * cos(radians((a[0] + b[0]) / 2))
    return hypot(north, east)
