"""The little map on home pages: outlines and pins turned into the coordinates of a drawing. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dorfplatz.ui.parts import Cell, Strip

WIDTH = 720
MARGIN = 14
TALLEST, FLATTEST = 0.9, 0.42
MOST_DOTS = 400
# In drawing units: how far a name reaches to each side, how tall it is, and its distance to what is below.
NAME_REACH, NAME_HEIGHT, NAME_GAP = 55, 18, 11


@dataclass(frozen=True)
class Piece:
    """One area to draw. `centre` is (lat, lon) of its name; the outline is a GeoJSON geometry or None."""

    name: str
    tint: int
    outline: Mapping[str, Any] | None
    centre: tuple[float, float] | None
    url: str = ""
    is_here: bool = False
    is_approximate: bool = False


class Frame:
    """Degrees to drawing units: true to scale at the middle, north up."""

    def __init__(self, points: Sequence[tuple[float, float]]) -> None:
        lats, lons = [lat for lat, _ in points], [lon for _, lon in points]
        self._squeeze = math.cos(math.radians((min(lats) + max(lats)) / 2))
        self._west, self._north = min(lons) * self._squeeze, max(lats)
        width = max(max(lons) * self._squeeze - self._west, 1e-6)
        height = max(self._north - min(lats), 1e-6)
        share = min(max(height / width, FLATTEST), TALLEST)
        self.width, self.height = WIDTH, round(WIDTH * share)
        inner_width, inner_height = self.width - 2 * MARGIN, self.height - 2 * MARGIN
        self._scale = min(inner_width / width, inner_height / height)
        self._left = (self.width - width * self._scale) / 2
        self._top = (self.height - height * self._scale) / 2

    def place(self, lat: float, lon: float) -> tuple[float, float]:
        x = self._left + (lon * self._squeeze - self._west) * self._scale
        y = self._top + (self._north - lat) * self._scale
        return round(x, 1), round(y, 1)

    def holds(self, x: float, y: float) -> bool:
        return 0 <= x <= self.width and 0 <= y <= self.height


def draw_strip(
    pieces: Sequence[Piece], dots: Iterable[tuple[float, float, str]], *, label: str, focus: bool = False
) -> Strip | None:
    """The drawing of those areas and dots (lat, lon, colour); None when there is nothing to draw.

    With `focus`, the frame closes in on the pieces that are here, and the others are cut off at its edge.
    """
    framed = [piece for piece in pieces if piece.is_here] if focus else list(pieces)
    corners = [corner for piece in framed for corner in _corners(piece)]
    if not corners:
        return None
    frame = Frame(corners)
    placed = [(*frame.place(lat, lon), colour) for lat, lon, colour in dots]
    shown = [dot for dot in placed if frame.holds(dot[0], dot[1])][:MOST_DOTS]
    cells = [_cell(piece, frame, shown) for piece in pieces]
    return Strip(
        width=frame.width,
        height=frame.height,
        cells=[cell for cell in cells if cell.path or cell.name],
        dots=shown,
        label=label,
    )


def _cell(piece: Piece, frame: Frame, dots: Sequence[tuple[float, float, str]]) -> Cell:
    x, y = frame.place(*piece.centre) if piece.centre else (-1.0, -1.0)
    name = piece.name if frame.holds(x, y) else ""
    y = _clear(x, y, dots)
    return Cell(
        name=name,
        path=" ".join(_path(ring, frame) for ring in _rings(piece.outline)),
        tint=piece.tint,
        x=x,
        y=y,
        url=piece.url,
        is_here=piece.is_here,
        is_approximate=piece.is_approximate,
    )


def _clear(x: float, y: float, dots: Sequence[tuple[float, float, str]]) -> float:
    """Where a name can stand on its own: as it is, or just above the dots around it."""
    around = [dot_y for dot_x, dot_y, _ in dots if abs(dot_x - x) < NAME_REACH and abs(dot_y - y) < 2 * NAME_HEIGHT]
    touching = any(abs(dot_y - y + NAME_HEIGHT / 3) < NAME_HEIGHT for dot_y in around)
    return max(round(min(around) - NAME_GAP, 1), NAME_HEIGHT) if touching else y


def _corners(piece: Piece) -> Iterator[tuple[float, float]]:
    for ring in _rings(piece.outline):
        yield from ((lat, lon) for lon, lat, *_ in ring)
    if piece.centre and not piece.outline:
        yield piece.centre


def _rings(outline: Mapping[str, Any] | None) -> Iterator[Sequence[Sequence[float]]]:
    if not outline:
        return
    polygons = [outline["coordinates"]] if outline["type"] == "Polygon" else outline["coordinates"]
    for polygon in polygons:
        yield from polygon


def _path(ring: Sequence[Sequence[float]], frame: Frame) -> str:
    points = [frame.place(lat, lon) for lon, lat, *_ in ring]
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in points) + "Z"
