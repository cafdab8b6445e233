"""What somebody asks of the social map, as it stands in the address. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from dorfplatz.kernel.geo import outline_of
from dorfplatz.places.enums import SPOKEN_LANGUAGES, Generation, OfferedBy

OPEN_CHOICES = ("now", "today", "weekend")
SIDES = ("de", "nl")
MOST_VALUES = 40
LONGEST_QUESTION = 200
GENERATIONS = {generation.name.lower(): generation for generation in Generation}


class Parameters(Protocol):
    """What a QueryDict offers."""

    def get(self, key: str, default: str) -> str: ...

    def getlist(self, key: str) -> list[str]: ...


@dataclass(frozen=True)
class Box:
    """A rectangle of the map, in degrees."""

    west: float
    south: float
    east: float
    north: float

    def __contains__(self, point: tuple[float, float]) -> bool:
        lat, lon = point
        return self.south <= lat <= self.north and self.west <= lon <= self.east

    def __str__(self) -> str:
        return ",".join(f"{value:.5f}" for value in (self.west, self.south, self.east, self.north))


def box_around(outlines: Iterable[Mapping[str, Any]]) -> Box | None:
    """The smallest box around GeoJSON outlines; None when there are none."""
    bounds = [outline_of(outline).bounds for outline in outlines]
    if not bounds:
        return None
    west, south, east, north = zip(*bounds, strict=True)
    return Box(min(west), min(south), max(east), max(north))


@dataclass(frozen=True)
class MapFilter:
    """All facets but the villages, which are a filter of their own. Empty asks nothing."""

    categories: tuple[str, ...] = ()
    open: str = ""
    languages: tuple[str, ...] = ()
    free: bool = False
    step_free: bool = False
    generations: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    side: str = ""
    q: str = ""
    bbox: Box | None = None

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """As in the address, in a fixed order."""
        many = [("category", self.categories), ("language", self.languages)]
        more = [("generation", self.generations), ("by", self.by)]
        pairs = [(name, value) for name, values in (*many, *more) for value in values]
        pairs += [("open", self.open)] if self.open else []
        pairs += [("free", "1")] if self.free else []
        pairs += [("step_free", "1")] if self.step_free else []
        pairs += [("side", self.side)] if self.side else []
        pairs += [("q", self.q)] if self.q else []
        return [*pairs, ("bbox", str(self.bbox))] if self.bbox else pairs

    @property
    def is_empty(self) -> bool:
        return self == MapFilter()

    @property
    def chosen_count(self) -> int:
        return len(self.parameters)

    def without(self, *names: str) -> MapFilter:
        """The filter with these questions not asked."""
        empty = MapFilter()
        return replace(self, **{name: getattr(empty, name) for name in names})


def read_map_filter(parameters: Parameters) -> MapFilter:
    """The filter an address states. What is not understood is not asked; nothing raises."""
    return MapFilter(
        categories=_known(parameters.getlist("category"), None),
        open=_one(parameters.get("open", ""), OPEN_CHOICES),
        languages=_known(parameters.getlist("language"), SPOKEN_LANGUAGES),
        free=parameters.get("free", "") == "1",
        step_free=parameters.get("step_free", "") == "1",
        generations=_known(parameters.getlist("generation"), GENERATIONS),
        by=_known(parameters.getlist("by"), OfferedBy.values),
        side=_one(parameters.get("side", ""), SIDES),
        q=" ".join(parameters.get("q", "").replace("\0", "").split())[:LONGEST_QUESTION],
        bbox=_box(parameters.get("bbox", "")),
    )


def _known(values: Sequence[str], known: Iterable[str] | None) -> tuple[str, ...]:
    some = dict.fromkeys(value.strip() for value in values[:MOST_VALUES])
    allowed = None if known is None else set(known)
    return tuple(value for value in some if value and (allowed is None or value in allowed))


def _one(value: str, known: Iterable[str]) -> str:
    return value if value in known else ""


def _box(text: str) -> Box | None:
    try:
        west, south, east, north = (float(part) for part in text.split(",")[:5])
    except ValueError:
        return None
    on_earth = -180 <= west < east <= 180 and -90 <= south < north <= 90
    return Box(west, south, east, north) if on_earth and all(map(math.isfinite, (west, south, east, north))) else None
