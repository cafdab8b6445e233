"""How many of each are wanted: sensible numbers that grow with a village. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dorfplatz.launch.enums import YES, Point

UNKNOWN = 300  # of so many people we think where nobody has counted


@dataclass(frozen=True)
class Measure:
    """At least so many, and one for every `per` inhabitants, up to `most`; without `per` always `least`."""

    least: int
    per: int = 0
    most: int = 10_000

    def wanted(self, inhabitants: int | None) -> int:
        if not self.per:
            return self.least
        return max(self.least, min(self.most, -(-(inhabitants or UNKNOWN) // self.per)))


STANDARD: Mapping[str, Measure] = {
    Point.CLUBS: Measure(2, 60, 25),
    Point.HOURS: Measure(2, 100, 30),
    Point.DATES: Measure(3, 80, 25),
    Point.POSTS: Measure(2, 150, 12),
    Point.FACES: Measure(2),
    YES: Measure(8, 20, 150),
}
# What a municipality may say otherwise.
CHANGEABLE = tuple(STANDARD)
