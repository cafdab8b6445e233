"""In which village a thing lies. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from dorfplatz.kernel.geo import DEFAULT_REACH_M, OutlineIndex, Point, distance_m, lies_in, ring_outline


@dataclass(frozen=True)
class Ground:
    """A municipality's villages: outlines and centres by id, and its ring of [lon, lat] pairs where it has one."""

    outlines: Mapping[int, Mapping[str, Any]]
    centres: Mapping[int, Point]
    ring: Sequence[Sequence[float]] | None = None

    def village_at(self, point: Point) -> int | None:
        """The village whose outline holds the point, else the nearest one inside the ring; None for outside.

        Without a ring, as far from a centre without an outline as a computed cell reaches.
        """
        found = self._index.at(point)
        if found is not None or not self.centres:
            return found
        nearest = min(self.centres, key=lambda pk: (distance_m(self.centres[pk], point), pk))
        if self._area is not None:
            return nearest if lies_in(self._area, point) else None
        is_near = distance_m(self.centres[nearest], point) <= DEFAULT_REACH_M
        return nearest if is_near and nearest not in self.outlines else None

    @cached_property
    def _index(self) -> OutlineIndex:
        return OutlineIndex(self.outlines)

    @cached_property
    def _area(self) -> Any:
        return ring_outline(self.ring) if self.ring else None
