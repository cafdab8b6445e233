"""The map pages of a guide: a plain sketch of each village with numbered pins. No tile, no request, no third party.

Where a base map is installed its houses are drawn, small and grey, so that one knows the streets again. Things that lie
close together share a pin. Coordinates are millimetres from the map's upper left corner.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dorfplatz.basemap.models import House
from dorfplatz.kernel.geo import METRES_PER_DEGREE, Point, distance_m
from dorfplatz.noticeboard.guides.contents import GuideAsked, GuideEntry
from dorfplatz.noticeboard.guides.sizes import GuideSize
from dorfplatz.villages.models import Area

REACH_M, LEAST_M = 4_000.0, 700.0
EDGE, ROW = 8.0, 10.0
MOST_HOUSES = 8_000
BARS_M = (50, 100, 200, 500, 1_000, 2_000, 5_000)


@dataclass
class Pin:
    """Where one or several entries lie."""

    x: float
    y: float
    entries: list[GuideEntry] = field(default_factory=list)
    number: int = 0


@dataclass(frozen=True)
class Frame:
    """From earth to paper."""

    west: float
    north: float
    scale: float  # millimetres a metre
    width: float
    height: float

    def at(self, lat: float, lon: float) -> tuple[float, float]:
        wide = METRES_PER_DEGREE * math.cos(math.radians(self.north))
        return (lon - self.west) * wide * self.scale, (self.north - lat) * METRES_PER_DEGREE * self.scale

    def holds(self, x: float, y: float, edge: float = 0) -> bool:
        return edge <= x <= self.width - edge and edge <= y <= self.height - edge

    @property
    def bar(self) -> tuple[int, float]:
        """A round distance of about a quarter of the width, and how long it is on the paper."""
        metres = max((m for m in BARS_M if m * self.scale <= self.width * 0.3), default=BARS_M[0])
        return metres, metres * self.scale


@dataclass(frozen=True)
class GuideMap:
    """One village on one page; `ways` are the neighbours at its edge, by name and place."""

    area: Area
    frame: Frame
    drawing: str
    pins: Sequence[Pin]
    ways: Sequence[tuple[Area, float, float]]
    has_houses: bool


def maps_of(asked: GuideAsked, entries: Iterable[GuideEntry], size: GuideSize) -> list[GuideMap]:
    """A map for each village in which something lies, pins numbered through all of them, from the upper left on."""
    by_area = _by_area(asked, entries)
    villages = [asked.area] if asked.is_village else list(asked.site.rolled_up)
    maps = [_map(asked, area, by_area[area.pk], size) for area in villages if area.pk in by_area]
    for number, pin in enumerate((pin for one in maps for pin in one.pins), start=1):
        pin.number = number
    return maps


def pin_numbers(maps: Iterable[GuideMap]) -> Mapping[int, int]:
    """By entry, its pin."""
    return {entry.id: pin.number for one in maps for pin in one.pins for entry in pin.entries}


def _by_area(asked: GuideAsked, entries: Iterable[GuideEntry]) -> dict[int, list[GuideEntry]]:
    """Each entry with a point in the village whose middle is nearest, if that is not too far away."""
    villages = [asked.area] if asked.is_village else list(asked.site.rolled_up)
    found: dict[int, list[GuideEntry]] = {}
    for entry in entries:
        own = [v for v in villages if v.pk in entry.first.area_ids] or villages
        near = min(((_metres(v, entry.point), v.pk) for v in own), default=(REACH_M, 0))
        if near[0] < REACH_M:
            found.setdefault(near[1], []).append(entry)
    return found


def _metres(area: Area, point: Point | None) -> float:
    return distance_m(area.point, point) if area.point and point else math.inf


def _map(asked: GuideAsked, area: Area, entries: Sequence[GuideEntry], size: GuideSize) -> GuideMap:
    frame = _frame([entry.point for entry in entries if entry.point], size)
    apart = size.pin + 0.5
    placed = [Pin(*frame.at(entry.point.lat, entry.point.lon), [entry]) for entry in entries if entry.point]
    pins = sorted(_merged(placed, apart), key=lambda pin: (int(pin.y // ROW), pin.x))
    outlines = [other for other in asked.site.rolled_up if other.outline]
    houses = _houses(asked, frame)
    return GuideMap(area, frame, _drawing(frame, outlines, houses), pins, _ways(asked, area, frame), bool(houses))


def _frame(points: Sequence[Point], size: GuideSize) -> Frame:
    """All points with air around them, as large as the page allows."""
    south, north = min(p.lat for p in points), max(p.lat for p in points)
    west, east = min(p.lon for p in points), max(p.lon for p in points)
    degree = METRES_PER_DEGREE * math.cos(math.radians(north))
    wide = max((east - west) * degree, LEAST_M)
    high = max((north - south) * METRES_PER_DEGREE, LEAST_M * 0.6)
    edge = EDGE + size.pin / 2
    width, most = size.inner_width, size.map_height
    scale = min((width - 2 * edge) / wide, (most - 2 * edge) / high)
    height = max(high * scale + 2 * edge, width * 0.6)
    middle_x, middle_y = (west + east) / 2, (south + north) / 2
    return Frame(
        middle_x - width / 2 / scale / degree, middle_y + height / 2 / scale / METRES_PER_DEGREE, scale, width, height
    )


def _merged(pins: Sequence[Pin], apart: float) -> list[Pin]:
    """None nearer to another than that: those that are become one, in the middle of all they stand for."""
    while True:
        left: list[Pin] = []
        for pin in sorted(pins, key=lambda pin: (pin.y, pin.x)):
            near = next((other for other in left if math.hypot(pin.x - other.x, pin.y - other.y) < apart), None)
            if near is None:
                left.append(pin)
            else:
                _take_in(near, pin)
        if len(left) == len(pins):
            return left
        pins = left


def _take_in(pin: Pin, other: Pin) -> None:
    both = [*pin.entries, *other.entries]
    share = len(other.entries) / len(both)
    pin.x += (other.x - pin.x) * share
    pin.y += (other.y - pin.y) * share
    pin.entries = sorted(both, key=lambda entry: entry.number)


def _houses(asked: GuideAsked, frame: Frame) -> list[tuple[float, float]]:
    """Houses of the base map in the frame."""
    metres = 1 / frame.scale
    south = frame.north - frame.height * metres / METRES_PER_DEGREE
    east = frame.west + frame.width * metres / METRES_PER_DEGREE / math.cos(math.radians(frame.north))
    found = House.objects.filter(
        street__municipality=asked.site.municipality.pk, lat__range=(south, frame.north), lon__range=(frame.west, east)
    )
    return [frame.at(lat, lon) for lat, lon in found.values_list("lat", "lon")[:MOST_HOUSES]]


def _ways(asked: GuideAsked, area: Area, frame: Frame) -> list[tuple[Area, float, float]]:
    """Neighbours outside the frame, where the way to them leaves it; at most one in each corner and on each side."""
    found: list[tuple[Area, float, float]] = []
    middle = (frame.width / 2, frame.height / 2)
    for other in asked.site.neighbours(area):
        if other.point is None:
            continue
        x, y = frame.at(other.point.lat, other.point.lon)
        if frame.holds(x, y, EDGE):
            continue
        dx, dy = x - middle[0], y - middle[1]
        reach = min(middle[0] / abs(dx) if dx else math.inf, middle[1] / abs(dy) if dy else math.inf)
        x, y = middle[0] + dx * reach, middle[1] + dy * reach
        if all(abs(x - seen_x) > frame.width * 0.3 or abs(y - seen_y) > EDGE for _area, seen_x, seen_y in found):
            found.append((other, x, y))
    return found


def _drawing(frame: Frame, areas: Sequence[Area], houses: Sequence[tuple[float, float]]) -> str:
    """Outlines and houses as an SVG of the frame's size."""
    lines = "".join(_ring(frame, ring) for area in areas for ring in _rings(area.outline))
    side = max(0.35, 9 * frame.scale)
    squares = "".join(f"M{x - side / 2:.2f} {y - side / 2:.2f}h{side:.2f}v{side:.2f}h-{side:.2f}z" for x, y in houses)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {frame.width:.2f} {frame.height:.2f}">'
        f'<rect width="{frame.width:.2f}" height="{frame.height:.2f}" fill="#f6f2ea"/>'
        f'<path d="{squares}" fill="#c9c1b3"/>'
        f'<path d="{lines}" fill="none" stroke="#8d857a" stroke-width="0.35" stroke-dasharray="1.6 1.2"/></svg>'
    )


def _rings(outline: Any) -> list[Any]:
    """The outer rings of a GeoJSON polygon or multipolygon."""
    shapes = [outline["coordinates"]] if outline["type"] == "Polygon" else outline["coordinates"]
    return [shape[0] for shape in shapes]


def _ring(frame: Frame, ring: Sequence[Sequence[float]]) -> str:
    points = [frame.at(lat, lon) for lon, lat, *_height in ring]
    return "M" + "L".join(f"{x:.2f} {y:.2f}" for x, y in points) + "z"
