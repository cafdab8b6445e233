"""From a file to things, with libosmium's native filters. Runs in the child process; imports nothing of Django."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC
from pathlib import Path
from typing import Any

import osmium
import shapely

from dorfplatz.places.osm_tags import Pattern, TagIndex

# What libosmium calls a coordinate that is not given: not damaged, merely outside the extract.
UNDEFINED = 2**31 - 1
# Relations of these types have a place of their own; routes and stop areas do not.
PLACED_RELATIONS = frozenset({"multipolygon", "boundary", "site"})
# Objects handed over by the native filter between two reports of progress.
REPORT_EVERY = 5_000
LONGEST_VALUE = 1_000
MOST_TAGS = 200
_OVERPASS_STAND = re.compile(rb'osm_base="([0-9TZ:\-]{10,20})"')

Row = dict[str, Any]
Report = Callable[[int], None]


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


def read_rows(path: Path, patterns: Sequence[str], report: Report | None = None) -> list[Row]:
    """The rows of all things that match one of the patterns, sorted by key, each once.

    A closed way comes as a way and again as an area: the area's place wins. Raises what libosmium raises, NoPlace,
    and EOFError for a file without any object.
    """
    index: TagIndex[str] = TagIndex((Pattern.parse(text), text) for text in patterns)
    keys = sorted({pattern.leading.key for pattern, _ in index.patterns})
    found: dict[str, Row] = {}
    relations: dict[int, Row] = {}
    seen = 0
    for thing in _filtered(path, keys):
        seen += 1
        if report and seen % REPORT_EVERY == 0:
            report(seen)
        tags = {tag.k: tag.v[:LONGEST_VALUE] for tag in thing.tags}
        if not thing.visible or len(tags) > MOST_TAGS or not index.find(tags):
            continue
        if thing.is_relation():
            if tags.get("type") in PLACED_RELATIONS:
                relations[thing.id] = _row(thing, f"relation/{thing.id}", tags)
            continue
        _keep(found, _placed(thing, tags))
    missing = {pk: row for pk, row in relations.items() if row["key"] not in found}
    for row in _placed_by_members(path, missing):
        _keep(found, row)
    if not found and not seen and _has_no_objects(path):
        raise EOFError
    return [found[key] for key in sorted(found)]


def data_moment(path: Path, rows: Iterable[Row]) -> str:
    """When the data were taken, as ISO 8601: from the header, else the latest change among the rows, else ""."""
    with osmium.io.Reader(_file(path), osmium.osm.NOTHING) as reader:
        header = reader.header()
        stand = str(header.get("osmosis_replication_timestamp") or header.get("timestamp"))
    if not stand and file_format(path) != "osm.pbf":
        stand = _overpass_stand(path)
    return stand or max((row["at"] for row in rows), default="")


def _file(path: Path) -> Any:
    """The file with its format said, as libosmium wants it."""
    return osmium.io.File(str(path), file_format(path))


def _filtered(path: Path, keys: Sequence[str]) -> Iterator[Any]:
    return iter(
        osmium.FileProcessor(_file(path))
        .with_areas(osmium.filter.KeyFilter(*keys))
        .with_filter(osmium.filter.EmptyTagFilter())
        .with_filter(osmium.filter.KeyFilter(*keys))
    )


def _row(thing: Any, key: str, tags: dict[str, str]) -> Row:
    at = thing.timestamp
    known = at.year > 1970
    return {
        "key": key,
        "tags": tags,
        "version": thing.version,
        "at": at.astimezone(UTC).isoformat() if known else "",
    }


def _keep(found: dict[str, Row], row: Row | None) -> None:
    """Of two of the same key the newer version stays, of the same version the one with an outline."""
    if row is None:
        return
    present = found.get(row["key"])
    if present is None or (row["version"], "box" in row) >= (present["version"], "box" in present):
        found[row["key"]] = row


def _placed(thing: Any, tags: dict[str, str]) -> Row | None:
    if thing.is_node():
        row = _row(thing, f"node/{thing.id}", tags)
        point = _point(thing.location)
        return None if point is None else row | {"lon": point[0], "lat": point[1]}
    if thing.is_way():
        points = [p for p in (_point(node.location) for node in thing.nodes) if p]
        if not points:
            return None
        lon, lat = points[len(points) // 2]
        return _row(thing, f"way/{thing.id}", tags) | {"lon": lon, "lat": lat}
    kind = "way" if thing.from_way() else "relation"
    return _inside(thing, _row(thing, f"{kind}/{thing.orig_id()}", tags))


def _inside(area: Any, row: Row) -> Row | None:
    """The row at its area's middle, or where that lies outside, at a point well inside."""
    with suppress(RuntimeError, shapely.errors.GEOSException):
        shape = shapely.from_wkb(osmium.geom.WKBFactory().create_multipolygon(area))
        west, south, east, north = shape.bounds
        middle = shape.centroid
        if not shape.contains(middle):
            middle = shape.representative_point()
        box = [round(edge, 7) for edge in (west, south, east, north)]
        return row | {"lon": round(middle.x, 7), "lat": round(middle.y, 7), "box": box}
    return None


def _point(location: Any) -> tuple[float, float] | None:
    """Longitude and latitude; None where the extract does not have it. An absurd number is read as nought."""
    if location.x == UNDEFINED and location.y == UNDEFINED:
        return None
    if not location.valid() or location.x == 0 or location.y == 0:
        raise NoPlace
    return location.lon, location.lat


def _placed_by_members(path: Path, relations: dict[int, Row]) -> Iterator[Row]:
    """Relations whose outline the extract cuts off: in the middle of what it has of them."""
    if not relations:
        return
    wanted: dict[str, list[int]] = {}
    only = osmium.filter.IdFilter(list(relations))
    relation: Any
    for relation in osmium.FileProcessor(_file(path), osmium.osm.RELATION).with_filter(only):
        for member in relation.members:
            wanted.setdefault(f"{member.type}{member.ref}", []).append(relation.id)
    points: dict[int, list[tuple[float, float]]] = {}
    entities = osmium.osm.NODE | osmium.osm.WAY
    ids = osmium.filter.IdFilter([int(key[1:]) for key in wanted])
    thing: Any
    for thing in osmium.FileProcessor(_file(path), entities).with_locations().with_filter(ids):
        places = [thing.location] if thing.is_node() else [node.location for node in thing.nodes]
        known = [p for p in map(_point, places) if p]
        for pk in wanted.get(f"{'n' if thing.is_node() else 'w'}{thing.id}", []):
            points.setdefault(pk, []).extend(known)
    for pk, known in points.items():
        if known:
            middle = shapely.MultiPoint(known).centroid
            yield relations[pk] | {"lon": round(middle.x, 7), "lat": round(middle.y, 7)}


def _has_no_objects(path: Path) -> bool:
    return next(iter(osmium.FileProcessor(_file(path))), None) is None


def _overpass_stand(path: Path) -> str:
    """The moment Overpass writes into its answers, which libosmium passes over."""
    packed = file_format(path) == "osm.gz"
    with gzip.open(path) if packed else path.open("rb") as file:
        stand = _OVERPASS_STAND.search(file.read(4096))
    return stand[1].decode() if stand else ""
