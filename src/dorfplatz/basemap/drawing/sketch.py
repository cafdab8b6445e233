"""Has an extract read for a base map: the features on file, streets and addresses as rows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from dorfplatz.basemap.osm.asking import Progress, ask_child, parsed_moment

CHILD = "dorfplatz.basemap.drawing.child"
STREET = "street"

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Spot:
    """A stretch of street, or a house: `number` is "" for the former."""

    number: str
    street: str
    postcode: str
    town: str
    lat: float
    lon: float


@dataclass(frozen=True)
class Sketched:
    """What was found inside the box. The files lie in the folder that was given."""

    features: Path
    count: int
    spots: tuple[Spot, ...]
    data_at: datetime | None


def sketch(path: Path, box: Box, folder: Path, progress: Progress | None = None) -> Sketched:
    """Read the file in a child process with limits. Raises Unreadable."""
    features, addresses = folder / "features.geojsonl", folder / "addresses.jsonl"
    asked = {"box": list(box), "features": str(features.resolve()), "addresses": str(addresses.resolve())}

    def hear(said: dict[str, Any]) -> tuple[int, datetime | None] | None:
        return (int(said["end"]), parsed_moment(said["data_at"])) if "end" in said else None

    count, data_at = ask_child(CHILD, path, asked, hear, progress)
    return Sketched(features, count, tuple(_spots(addresses)), data_at)


def _spots(path: Path) -> Iterator[Spot]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            number, street, postcode, town, lat, lon = json.loads(line)
            yield Spot("" if number == STREET else _tidy(number), _tidy(street), _tidy(postcode), _tidy(town), lat, lon)


def _tidy(text: str) -> str:
    """One line without control characters."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:100]
