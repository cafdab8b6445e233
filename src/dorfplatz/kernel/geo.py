"""Points, outlines and distances on the small pieces of earth a municipality covers. WGS 84 degrees throughout."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dorfplatz.kernel.late import Late

if TYPE_CHECKING:
    import shapely
    from shapely.geometry.base import BaseGeometry
else:
    # It brings NumPy along, which takes a quarter of a second.
    shapely = Late("shapely")

EARTH_RADIUS_M = 6_371_008.8
METRES_PER_DEGREE = math.pi * EARTH_RADIUS_M / 180
# Without a ring, a computed cell reaches this far around the outermost centres.
DEFAULT_REACH_M = 4_000


@dataclass(frozen=True)
class Point:
    """A place on earth. Raises ValueError when it is none."""

    lat: float
    lon: float

    def __post_init__(self) -> None:
        # Written so that NaN fails as well.
        if not (-90 <= self.lat <= 90 and -180 <= self.lon <= 180):
            raise ValueError(f"{self.lat}, {self.lon} is not a point on earth")


GRID_M = 150


def on_grid(point: Point) -> Point:
    """The middle of the cell of 150 m in which the point lies: always the same, and the same for all of the cell.

    Never a random shift, which many looks would average away.
    """
    lat = _middle(point.lat, GRID_M / METRES_PER_DEGREE)
    metres_per_degree = METRES_PER_DEGREE * max(math.cos(math.radians(lat)), 0.001)
    lon = _middle(point.lon, GRID_M / metres_per_degree)
    return Point(round(min(max(lat, -90), 90), 6), round(min(max(lon, -180), 180), 6))


def _middle(degrees: float, step: float) -> float:
    return (math.floor(degrees / step) + 0.5) * step


def distance_m(a: Point, b: Point) -> float:
    """Metres between two points along the great circle."""
    lat_a, lat_b = math.radians(a.lat), math.radians(b.lat)
    d_lat, d_lon = lat_b - lat_a, math.radians(b.lon - a.lon)
    h = math.sin(d_lat / 2) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin(d_lon / 2) ** 2
    return 2 * EARTH_RADIUS_M * math.asin(min(1.0, math.sqrt(h)))


def outline_of(geometry: Mapping[str, Any]) -> BaseGeometry:
    """The valid polygon or multipolygon of a GeoJSON geometry. Raises ValueError for anything else."""
    try:
        outline = shapely.make_valid(shapely.geometry.shape(dict(geometry)))
    except Exception as error:
        raise ValueError("not a GeoJSON geometry") from error
    if outline.geom_type not in {"Polygon", "MultiPolygon"} or outline.is_empty:
        raise ValueError("an outline must be a polygon")
    west, south, east, north = outline.bounds
    Point(south, west)
    Point(north, east)
    return outline


def ring_outline(ring: Sequence[Sequence[float]]) -> BaseGeometry:
    """The polygon inside a ring of [lon, lat] pairs, closed or not. Raises ValueError for fewer than three points."""
    if len(ring) < 3:
        raise ValueError("a ring needs at least three points")
    return outline_of({"type": "Polygon", "coordinates": [[*ring, ring[0]]]})


def lies_in(outline: BaseGeometry, point: Point) -> bool:
    """Whether the point is inside the outline or on its line."""
    return bool(outline.intersects(shapely.Point(point.lon, point.lat)))


def cells(centres: Mapping[str, Point], ring: BaseGeometry | None) -> dict[str, dict[str, Any]]:
    """Approximate outlines: to each centre the ground nearer to it than to any other, cut at the ring.

    Returns GeoJSON geometries by the centres' names. Distances are true to scale in the middle of the area.
    Without a ring the cells end DEFAULT_REACH_M outside the centres' hull.
    """
    if not centres:
        return {}
    squeeze = math.cos(math.radians(sum(p.lat for p in centres.values()) / len(centres)))
    flat = {name: shapely.Point(p.lon * squeeze, p.lat) for name, p in centres.items()}
    border: BaseGeometry
    if ring is None:
        border = shapely.MultiPoint(list(flat.values())).convex_hull.buffer(DEFAULT_REACH_M / METRES_PER_DEGREE)
    else:
        border = shapely.transform(ring, lambda c: c * [squeeze, 1.0])
    found: dict[str, dict[str, Any]] = {}
    pieces: dict[str, BaseGeometry]
    if len(flat) == 1:
        pieces = dict.fromkeys(flat, border)
    else:
        diagram = shapely.voronoi_polygons(shapely.MultiPoint(list(flat.values())), extend_to=border)
        # Centres that all lie on one spot have no cells of their own; each gets the whole.
        pieces = {
            name: next((c for c in diagram.geoms if c.covers(point)), border).intersection(border)
            for name, point in flat.items()
        }
    for name, piece in pieces.items():
        area = shapely.transform(piece, lambda c: c / [squeeze, 1.0])
        if not area.is_empty:
            found[name] = rounded(shapely.geometry.mapping(area))
    return found


def rounded(geometry: Mapping[str, Any], digits: int = 5) -> dict[str, Any]:
    """The geometry with coordinates cut to `digits` decimals (five are about a metre)."""

    def cut(value: Any) -> Any:
        return round(value, digits) if isinstance(value, float) else [cut(part) for part in value]

    return {"type": geometry["type"], "coordinates": cut(geometry["coordinates"])}


class OutlineIndex:
    """Answers in which of many outlines a point lies, quickly for thousands of points."""

    def __init__(self, outlines: Mapping[int, Mapping[str, Any]]) -> None:
        self._ids = list(outlines)
        self._tree = shapely.STRtree([outline_of(g) for g in outlines.values()])

    def at(self, point: Point) -> int | None:
        """The id of the outline around the point, the lowest where several touch, else None."""
        hits = self._tree.query(shapely.Point(point.lon, point.lat), predicate="intersects")
        return min((self._ids[i] for i in hits), default=None)
