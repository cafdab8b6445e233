"""What sort of file it is, from when its data are, and whether a coordinate is one. Imports nothing of Django."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from typing import Any

import osmium

# What libosmium calls a coordinate that is not given: not damaged, merely outside the extract.
UNDEFINED = 2**31 - 1
_OVERPASS_STAND = re.compile(rb'osm_base="([0-9TZ:\-]{10,20})"')


class NotOsm(Exception):
    """The file is of another kind."""


class NoPlace(Exception):
    """A coordinate that is no place on earth."""


def file_format(path: Path) -> str:
    """The format by what is in the file, whatever it is called. Raises NotOsm; EOFError for an empty file."""
    with path.open("rb") as file:
        head = file.read(512)
    if not head:
        raise EOFError
    if head.startswith(b"\x1f\x8b"):
        return "osm.gz"
    if b"OSMHeader" in head[:64]:
        return "osm.pbf"
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return "osm"
    raise NotOsm


def osm_file(path: Path) -> Any:
    """The file with its format said, as libosmium wants it."""
    return osmium.io.File(str(path), file_format(path))


def stated_moment(path: Path) -> str:
    """When the data were taken, as the file's head says it in ISO 8601; "" where it does not."""
    with osmium.io.Reader(osm_file(path), osmium.osm.NOTHING) as reader:
        header = reader.header()
        stand = str(header.get("osmosis_replication_timestamp") or header.get("timestamp"))
    if not stand and file_format(path) != "osm.pbf":
        stand = _overpass_stand(path)
    return stand


def has_no_objects(path: Path) -> bool:
    return next(iter(osmium.FileProcessor(osm_file(path))), None) is None


def point_of(location: Any) -> tuple[float, float] | None:
    """Longitude and latitude; None where the extract does not have it. Raises NoPlace for an absurd number.

    An absurd number is read as nought.
    """
    if location.x == UNDEFINED and location.y == UNDEFINED:
        return None
    if not location.valid() or location.x == 0 or location.y == 0:
        raise NoPlace
    return location.lon, location.lat


def _overpass_stand(path: Path) -> str:
    """The moment Overpass writes into its answers, which libosmium passes over."""
    packed = file_format(path) == "osm.gz"
    with gzip.open(path) if packed else path.open("rb") as file:
        stand = _OVERPASS_STAND.search(file.read(4096))
    return stand[1].decode() if stand else ""
