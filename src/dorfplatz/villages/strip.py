"""The little map of home pages, entries and paper: outlines and pins in the coordinates of a drawing. Pure."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dorfplatz.kernel.geo import METRES_PER_DEGREE, Point
from dorfplatz.kernel.text import in_language
from dorfplatz.ui.parts import Cell, Strip
from dorfplatz.villages.models import Area

WIDTH = 720
MARGIN = 14
TALLEST, FLATTEST = 0.9, 0.42
CLOSE_UP_WIDTH, CLOSE_UP_HEIGHT = 480, 300
# How far a close-up reaches to either side of its point.
REACH_M = 2_600
MOST_DOTS = 400
# In drawing units: how far a name reaches to each side, how tall it is, and its distance to what is below.
NAME_REACH, NAME_HEIGHT, NAME_GAP = 55, 18, 11

Dot = tuple[float, float, str]  # lat, lon and colour before drawing; x, y and colour after


@dataclass(frozen=True)
class Frame:
    """Degrees to drawing units: true to scale in its middle, north up."""

    width: int
    height: int
    middle: Point
    scale: float  # drawing units a degree of latitude

    @classmethod
    def around(cls, corners: Sequence[tuple[float, float]]) -> Frame:
        """The frame that holds all corners (lat, lon) inside its margin. Needs at least one."""
        lats, lons = [lat for lat, _ in corners], [lon for _, lon in corners]
        middle = Point((min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2)
        width = max((max(lons) - min(lons)) * math.cos(math.radians(middle.lat)), 1e-6)
        height = max(max(lats) - min(lats), 1e-6)
        tall = round(WIDTH * min(max(height / width, FLATTEST), TALLEST))
        scale = min((WIDTH - 2 * MARGIN) / width, (tall - 2 * MARGIN) / height)
        return cls(WIDTH, tall, middle, scale)

    @classmethod
    def close_up(cls, point: Point) -> Frame:
        """The frame with the point in its middle, REACH_M to either side."""
        scale = METRES_PER_DEGREE * CLOSE_UP_WIDTH / 2 / REACH_M
        return cls(CLOSE_UP_WIDTH, CLOSE_UP_HEIGHT, point, scale)

    def place(self, lat: float, lon: float) -> tuple[float, float]:
        squeeze = math.cos(math.radians(self.middle.lat))
        x = self.width / 2 + (lon - self.middle.lon) * squeeze * self.scale
        y = self.height / 2 - (lat - self.middle.lat) * self.scale
        return round(x, 1), round(y, 1)

    def holds(self, x: float, y: float, *, edge: float = 0) -> bool:
        return edge <= x <= self.width - edge and edge <= y <= self.height - edge


def frame_of(areas: Iterable[Area]) -> Frame | None:
    """The frame around these areas' outlines, or their centres; None when nothing is known of any."""
    corners = [corner for area in areas for corner in _corners(area)]
    return Frame.around(corners) if corners else None


def draw_strip(
    frame: Frame,
    areas: Iterable[Area],
    dots: Iterable[Dot],
    *,
    language: str,
    label: str,
    here: Collection[int] = (),
    urls: Mapping[int, str] | None = None,
) -> Strip:
    """The areas and dots that lie in the frame; areas whose ids are `here` are stressed. `urls` are pages by area."""
    placed = [(*frame.place(lat, lon), colour) for lat, lon, colour in dots]
    shown = [dot for dot in placed if frame.holds(dot[0], dot[1])][:MOST_DOTS]
    cells = [
        _cell(area, frame, shown, language=language, is_here=area.pk in here, url=(urls or {}).get(area.pk, ""))
        for area in areas
    ]
    seen = [cell for cell in cells if cell.path or cell.name]
    return Strip(frame.width, frame.height, seen, shown, label)


def _cell(area: Area, frame: Frame, dots: Sequence[Dot], *, language: str, is_here: bool, url: str) -> Cell:
    x, y = frame.place(area.point.lat, area.point.lon) if area.point else (-1.0, -1.0)
    return Cell(
        name=in_language(area.name, language) if frame.holds(x, y, edge=NAME_HEIGHT) else "",
        path=" ".join(_path(ring, frame) for ring in _rings(area.outline)),
        tint=area.tint,
        x=x,
        y=_clear(x, y, dots),
        url=url,
        is_here=is_here,
        is_approximate=area.is_approximate,
    )


def _clear(x: float, y: float, dots: Sequence[Dot]) -> float:
    """Where a name can stand on its own: as it is, or just above the dots around it."""
    around = [dot_y for dot_x, dot_y, _ in dots if abs(dot_x - x) < NAME_REACH and abs(dot_y - y) < 2 * NAME_HEIGHT]
    touching = any(abs(dot_y - y + NAME_HEIGHT / 3) < NAME_HEIGHT for dot_y in around)
    return max(round(min(around) - NAME_GAP, 1), float(NAME_HEIGHT)) if touching else y


def _corners(area: Area) -> Iterator[tuple[float, float]]:
    for ring in _rings(area.outline):
        yield from ((lat, lon) for lon, lat, *_ in ring)
    if area.point and not area.outline:
        yield area.point.lat, area.point.lon


def _rings(outline: Mapping[str, Any] | None) -> Iterator[Sequence[Sequence[float]]]:
    if not outline:
        return
    polygons = [outline["coordinates"]] if outline["type"] == "Polygon" else outline["coordinates"]
    for polygon in polygons:
        yield from polygon


def _path(ring: Sequence[Sequence[float]], frame: Frame) -> str:
    points = [frame.place(lat, lon) for lon, lat, *_ in ring]
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in points) + "Z"
