"""What is read from an OpenStreetMap extract."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class OsmThing:
    """One node, way or relation the taxonomy knows. `key` is like “node/123”; `box` is west, south, east, north of
    an area's outline, None for points and lines."""

    key: str
    tags: Mapping[str, str]
    lat: float
    lon: float
    version: int = 0
    box: Box | None = None


@dataclass(frozen=True)
class Extract:
    """Everything found in one file, by key, and the moment its data are from, if known."""

    things: tuple[OsmThing, ...]
    data_at: datetime | None = None
