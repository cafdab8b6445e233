"""From a file to things, with libosmium's native filters. Runs in the child process; imports nothing of Django."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC
from pathlib import Path
from typing import Any

import osmium
import shapely

from dorfplatz.basemap.osm.formats import has_no_objects, osm_file, point_of, stated_moment
from dorfplatz.places.osm_tags import Pattern, TagIndex

# Relations of these types have a place of their own; routes and stop areas do not.
PLACED_RELATIONS = frozenset({"multipolygon", "boundary", "site"})
# Objects handed over by the native filter between two reports of progress.
REPORT_EVERY = 5_000
LONGEST_VALUE = 1_000
MOST_TAGS = 200

Row = dict[str, Any]
Report = Callable[[int], None]


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
    if not found and not seen and has_no_objects(path):
        raise EOFError
    return [found[key] for key in sorted(found)]


def data_moment(path: Path, rows: Iterable[Row]) -> str:
    """When the data were taken, as ISO 8601: from the header, else the latest change among the rows, else ""."""
    return stated_moment(path) or max((row["at"] for row in rows), default="")


def _filtered(path: Path, keys: Sequence[str]) -> Iterator[Any]:
    return iter(
        osmium.FileProcessor(osm_file(path))
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
        point = point_of(thing.location)
        return None if point is None else row | {"lon": point[0], "lat": point[1]}
    if thing.is_way():
        points = [p for p in (point_of(node.location) for node in thing.nodes) if p]
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


def _placed_by_members(path: Path, relations: dict[int, Row]) -> Iterator[Row]:
    """Relations whose outline the extract cuts off: in the middle of what it has of them."""
    if not relations:
        return
    wanted: dict[str, list[int]] = {}
    only = osmium.filter.IdFilter(list(relations))
    relation: Any
    for relation in osmium.FileProcessor(osm_file(path), osmium.osm.RELATION).with_filter(only):
        for member in relation.members:
            wanted.setdefault(f"{member.type}{member.ref}", []).append(relation.id)
    points: dict[int, list[tuple[float, float]]] = {}
    entities = osmium.osm.NODE | osmium.osm.WAY
    ids = osmium.filter.IdFilter([int(key[1:]) for key in wanted])
    thing: Any
    for thing in osmium.FileProcessor(osm_file(path), entities).with_locations().with_filter(ids):
        places = [thing.location] if thing.is_node() else [node.location for node in thing.nodes]
        known = [p for p in map(point_of, places) if p]
        for pk in wanted.get(f"{'n' if thing.is_node() else 'w'}{thing.id}", []):
            points.setdefault(pk, []).extend(known)
    for pk, known in points.items():
        if known:
            middle = shapely.MultiPoint(known).centroid
            yield relations[pk] | {"lon": round(middle.x, 7), "lat": round(middle.y, 7)}
