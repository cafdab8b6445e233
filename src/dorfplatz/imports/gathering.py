"""One thing in the village is one result: what stands twice in a source becomes one draft. Pure and deterministic."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from dorfplatz.imports.drafts import Draft
from dorfplatz.kernel.geo import METRES_PER_DEGREE, distance_m
from dorfplatz.places.taxonomy import MERGE_M, Term


@dataclass(frozen=True)
class Nearness:
    """How far apart two things of one category may be and still be one, and whether nameless ones gather too."""

    merge_m: int = MERGE_M
    gathers: bool = False
    general_names: frozenset[str] = frozenset()

    @classmethod
    def of(cls, term: Term) -> Nearness:
        return cls(term.merge_m, term.gathers, frozenset(term.names.values()))


def gather(drafts: Iterable[Draft], nearness: Mapping[str, Nearness]) -> list[Draft]:
    """The drafts without those that are another one again; the remaining one carries their keys in `also`.

    The same: one leading category, one name, and near each other or one inside the other's outline. Sorted by key.
    """
    groups: dict[str, list[Draft]] = defaultdict(list)
    for draft in drafts:
        groups[draft.categories[0]].append(draft)
    leads = [lead for slug, group in groups.items() for lead in _gathered(group, nearness.get(slug, Nearness()))]
    return sorted(leads, key=lambda draft: draft.key)


def _gathered(group: list[Draft], near: Nearness) -> Iterator[Draft]:
    ground = _Ground(near.merge_m)
    absorbed: dict[str, list[str]] = {}
    for draft in sorted(group, key=_standing):
        lead = next((other for other in ground.around(draft) if _are_one(other, draft, near)), None)
        if lead is None:
            ground.add(draft)
            absorbed[draft.key] = []
        else:
            absorbed[lead.key].append(draft.key)
    for lead in ground.all:
        also = absorbed[lead.key]
        yield replace(lead, also=tuple(sorted({*lead.also, *also}))) if also else lead


def _standing(draft: Draft) -> tuple[bool, bool, int, str]:
    """Who leads: named before nameless, outlines before points, who says more before who says less."""
    said = sum(bool(value) for value in draft.values().values())
    return draft.is_nameless, draft.box is None, -said, draft.key


def _are_one(lead: Draft, other: Draft, near: Nearness) -> bool:
    if lead.point is None or other.point is None:
        return False
    same_name = lead.title.casefold() == other.title.casefold()
    if other.is_nameless:
        if _inside(lead, other) and (same_name or not lead.is_nameless):
            return True
        # A nameless bus stop beside a named one is that one; a nameless tennis court beside the football ground is not.
        if not near.gathers or not (same_name or other.title in near.general_names):
            return False
    elif not same_name:
        return False
    return _inside(lead, other) or distance_m(lead.point, other.point) <= near.merge_m


def _inside(lead: Draft, other: Draft) -> bool:
    if lead.box is None or other.point is None or other.box is not None:
        return False
    west, south, east, north = lead.box
    return south <= other.point.lat <= north and west <= other.point.lon <= east


class _Ground:
    """Leads by squares of ground, so that only near ones are compared. An outline stands in every square it covers."""

    def __init__(self, reach_m: int) -> None:
        self.side = max(reach_m, 50) / METRES_PER_DEGREE
        self.all: list[Draft] = []
        self._wide: list[Draft] = []
        self._squares: dict[tuple[int, int], list[Draft]] = defaultdict(list)

    def add(self, draft: Draft) -> None:
        self.all.append(draft)
        if draft.point is None:
            return
        self._squares[self._square(draft.point.lat, draft.point.lon)].append(draft)
        if draft.box and max(draft.box[3] - draft.box[1], draft.box[2] - draft.box[0]) > self.side:
            self._wide.append(draft)

    def around(self, draft: Draft) -> Iterator[Draft]:
        """Leads that may be near, in an order that does not depend on where they lie."""
        if draft.point is None:
            return
        row, column = self._square(draft.point.lat, draft.point.lon)
        # A degree of longitude is shorter than one of latitude: look at as many more squares to the sides.
        sides = math.ceil(1 / max(0.01, math.cos(math.radians(draft.point.lat))))
        yield from (other for other in self._wide if _inside(other, draft))
        for r in range(row - 1, row + 2):
            for c in range(column - sides, column + sides + 1):
                yield from self._squares.get((r, c), ())

    def _square(self, lat: float, lon: float) -> tuple[int, int]:
        return math.floor(lat / self.side), math.floor(lon / self.side)
