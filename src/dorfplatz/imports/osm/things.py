"""What is read from an OpenStreetMap extract, and why one could not be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

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


class Fault(StrEnum):
    """Why a file could not be read."""

    MISSING = "missing"
    EMPTY = "empty"
    NOT_OSM = "not_osm"
    TRUNCATED = "truncated"
    COORDINATES = "coordinates"
    TOO_MUCH = "too_much"


class Unreadable(Exception):
    """The file could not be read; nothing came of it. `text` says why, `sentence` in the active language."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault

    @property
    def sentence(self) -> str:
        return gettext(self.text)

    @property
    def text(self) -> str:
        return {
            Fault.MISSING: _("The file cannot be opened. Is its name right?"),
            Fault.EMPTY: _("The file is empty: there is nothing in it to import."),
            Fault.NOT_OSM: _("This is not an OpenStreetMap file. It must end in .osm.pbf, .osm or .osm.gz."),
            Fault.TRUNCATED: _("The file is incomplete: it stops in the middle. Please fetch it again."),
            Fault.COORDINATES: _("The file has coordinates that are no place on earth. It must be damaged."),
            Fault.TOO_MUCH: _("The file is too large to be read here. Please use a smaller extract."),
        }[self.fault]
