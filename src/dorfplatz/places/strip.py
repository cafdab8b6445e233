"""A close-up of the villages around one point, drawn on the server: for paper and pages without a live map. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from dorfplatz.kernel.geo import METRES_PER_DEGREE, Point
from dorfplatz.kernel.text import in_language
from dorfplatz.ui.parts import Cell, Strip
from dorfplatz.villages.models import Area

WIDTH, HEIGHT = 480, 300
# How far the drawing reaches to either side of the point.
REACH_M = 2_600


class CloseUp:
    """Degrees to drawing units around a point in the middle, north up, true to scale."""

    def __init__(self, middle: Point) -> None:
        self._middle = middle
        self._squeeze = math.cos(math.radians(middle.lat))
        self._scale = METRES_PER_DEGREE * WIDTH / 2 / REACH_M

    def place(self, lat: float, lon: float) -> tuple[float, float]:
        x = WIDTH / 2 + (lon - self._middle.lon) * self._squeeze * self._scale
        y = HEIGHT / 2 - (lat - self._middle.lat) * self._scale
        return round(x, 1), round(y, 1)


def close_up(
    point: Point, areas: Iterable[Area], *, here: Iterable[Area], colour: str, language: str, label: str
) -> Strip:
    """The outlines around the point, those of `here` stressed, with the point as a dot."""
    frame, own = CloseUp(point), {area.pk for area in here}
    cells = [_cell(area, frame, language, is_here=area.pk in own) for area in areas]
    seen = [cell for cell in cells if cell.path or cell.name]
    return Strip(WIDTH, HEIGHT, seen, [(WIDTH / 2, HEIGHT / 2, colour)], label)


def _cell(area: Area, frame: CloseUp, language: str, *, is_here: bool) -> Cell:
    x, y = frame.place(area.point.lat, area.point.lon) if area.point else (-1.0, -1.0)
    is_in_frame = 30 < x < WIDTH - 30 and 20 < y < HEIGHT - 10
    return Cell(
        name=in_language(area.name, language) if is_in_frame else "",
        path=" ".join(_path(ring, frame) for ring in _rings(area.outline)),
        tint=area.tint,
        x=x,
        y=y,
        is_here=is_here,
        is_approximate=area.is_approximate,
    )


def _rings(outline: Mapping[str, Any] | None) -> Iterator[Sequence[Sequence[float]]]:
    if not outline:
        return
    polygons = [outline["coordinates"]] if outline["type"] == "Polygon" else outline["coordinates"]
    for polygon in polygons:
        yield from polygon


def _path(ring: Sequence[Sequence[float]], frame: CloseUp) -> str:
    corners = (frame.place(lat, lon) for lon, lat, *_ in ring)
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in corners) + "Z"
