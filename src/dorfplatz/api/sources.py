"""Where data come from and under which licence they may be used again. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

OSM_ORIGIN = "osm"


@dataclass(frozen=True)
class Licence:
    """By its SPDX name where it has one, and the address of its text."""

    name: str
    title: str
    url: str


@dataclass(frozen=True)
class Source:
    """Who is to be named beside the data."""

    key: str
    name: str
    licence: Licence
    url: str

    @property
    def attribution(self) -> str:
        return f"{self.name}, {self.licence.title}, {self.url}"

    def as_json(self) -> dict[str, str]:
        return {
            "key": self.key,
            "name": self.name,
            "url": self.url,
            "licence": self.licence.name,
            "licence_url": self.licence.url,
        }


ODBL = Licence("ODbL-1.0", "ODbL 1.0", "https://opendatacommons.org/licenses/odbl/1-0/")
CC_BY = Licence("CC-BY-4.0", "CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/")

OPENSTREETMAP = Source(OSM_ORIGIN, "© OpenStreetMap contributors", ODBL, "https://www.openstreetmap.org/copyright")


def square_source(name: str, base: str) -> Source:
    """What people and organisations of a municipality have written themselves."""
    return Source("square", name, CC_BY, f"{base}/")


def source_of(origin: str, square: Source) -> Source:
    """The source of one entry."""
    return OPENSTREETMAP if origin == OSM_ORIGIN else square


def sources_of(origins: Iterable[str], square: Source) -> tuple[Source, ...]:
    """The square's own first, as its names of villages and categories are in every file."""
    return (square, OPENSTREETMAP) if OSM_ORIGIN in set(origins) else (square,)


def licence_urls(sources: Iterable[Source]) -> tuple[str, ...]:
    return tuple(source.licence.url for source in sources)
