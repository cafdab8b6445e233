"""Where data come from and under which licence they may be used again. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

OSM_ORIGIN, DEMO_ORIGIN = "osm", "demo"


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


def example_source(square: Source) -> Source:
    """What the demonstration has invented: nobody shall take it for a real club."""
    name = _("%(place)s (invented example)") % {"place": square.name}
    return replace(square, key=DEMO_ORIGIN, name=name)


def source_of(origin: str, square: Source) -> Source:
    """The source of one entry."""
    if origin == DEMO_ORIGIN:
        return example_source(square)
    return OPENSTREETMAP if origin == OSM_ORIGIN else square


def sources_of(origins: Iterable[str], square: Source) -> tuple[Source, ...]:
    """The square's own first, as its names of villages and categories are in every file."""
    found = set(origins)
    return (square, *(source_of(origin, square) for origin in (DEMO_ORIGIN, OSM_ORIGIN) if origin in found))


def licence_urls(sources: Iterable[Source]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(source.licence.url for source in sources))
