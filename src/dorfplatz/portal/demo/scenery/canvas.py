"""A sheet of 1600 by 900 units, drawn twice as large and then made smaller, which smooths every edge."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from itertools import pairwise

from PIL import Image, ImageChops, ImageDraw

WIDTH, HEIGHT = 1600, 900
SCALE = 2

Colour = tuple[int, int, int]
XY = tuple[float, float]


def rgb(code: str) -> Colour:
    """A colour from its six digits."""
    return int(code[0:2], 16), int(code[2:4], 16), int(code[4:6], 16)


def mix(a: Colour, b: Colour, part: float) -> Colour:
    """So much of the way from one colour to the other."""
    one, two, three = (round(x + (y - x) * part) for x, y in zip(a, b, strict=True))
    return one, two, three


def curve(points: Sequence[XY], steps: int = 14) -> list[XY]:
    """A smooth line through all the points (Catmull-Rom)."""
    ends = [points[0], *points, points[-1]]
    found: list[XY] = []
    for a, b, c, d in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        for step in range(steps):
            t = step / steps
            found.append((_between(a[0], b[0], c[0], d[0], t), _between(a[1], b[1], c[1], d[1], t)))
    return [*found, points[-1]]


def _between(a: float, b: float, c: float, d: float, t: float) -> float:
    return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)


class Canvas:
    """What scenes draw on. `dice` falls the same for the same seed."""

    def __init__(self, seed: str) -> None:
        self.dice = random.Random(seed)  # noqa: S311  # nosec B311  for leaves and clouds, not for secrets
        self.image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE))
        self.pen = ImageDraw.Draw(self.image)

    def sky(self, *stops: tuple[float, Colour]) -> None:
        """Colours from top to bottom at these heights, blended in between."""
        column = Image.new("RGB", (1, HEIGHT))
        for y in range(HEIGHT):
            column.putpixel((0, y), _at(stops, y))
        self.image.paste(column.resize(self.image.size, Image.Resampling.BILINEAR))

    def shape(self, points: Sequence[XY], fill: Colour) -> None:
        self.pen.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=fill)

    def box(self, left: float, top: float, width: float, height: float, fill: Colour) -> None:
        self.shape([(left, top), (left + width, top), (left + width, top + height), (left, top + height)], fill)

    def oval(self, x: float, y: float, across: float, down: float, fill: Colour) -> None:
        """Half axes around a middle."""
        corners = [(x - across) * SCALE, (y - down) * SCALE, (x + across) * SCALE, (y + down) * SCALE]
        self.pen.ellipse(corners, fill=fill)

    def line(self, points: Sequence[XY], fill: Colour, width: float) -> None:
        self.pen.line([(x * SCALE, y * SCALE) for x, y in points], fill, max(1, round(width * SCALE)), joint="curve")

    def land(self, edge: Sequence[XY], fill: Colour) -> list[XY]:
        """Everything below a smooth edge; returns the edge."""
        smooth = curve(edge)
        self.shape([*smooth, (smooth[-1][0], HEIGHT), (smooth[0][0], HEIGHT)], fill)
        return smooth

    def haze(self, top: float, bottom: float, colour: Colour, strength: float) -> None:
        """A veil over a band of the sheet, thickest in its middle."""
        band = Image.linear_gradient("L").resize((self.image.width, round((bottom - top) * SCALE)))
        band = band.point([round(math.sin(value / 255 * math.pi) ** 1.5 * 255 * strength) for value in range(256)])
        self.image.paste(colour, (0, round(top * SCALE)), band)

    def glow(self, x: float, y: float, radius: float, colour: Colour, strength: float) -> None:
        """Light around a point, fading outwards."""
        side = round(radius * 2 * SCALE)
        light = ImageChops.invert(Image.radial_gradient("L")).resize((side, side))
        light = light.point([round(max(0, value - 74) * 1.4 * strength) for value in range(256)])
        self.image.paste(colour, (round((x - radius) * SCALE), round((y - radius) * SCALE)), light)

    def finished(self) -> Image.Image:
        """The sheet at its size, with the faint grain of printed paper."""
        small = self.image.resize((WIDTH, HEIGHT), Image.Resampling.BOX)
        coarse = Image.frombytes("L", (WIDTH // 2, HEIGHT // 2), self.dice.randbytes(WIDTH * HEIGHT // 4))
        grain = coarse.resize(small.size, Image.Resampling.BICUBIC).point([118 + value // 13 for value in range(256)])
        return ImageChops.overlay(small, Image.merge("RGB", (grain, grain, grain)))


def _at(stops: Sequence[tuple[float, Colour]], y: float) -> Colour:
    for (above, first), (below, second) in pairwise(stops):
        if y <= below:
            return mix(first, second, max(0.0, (y - above) / (below - above)))
    return stops[-1][1]


def rolling(dice: random.Random, y: float, swing: float, *, waves: int = 5) -> list[XY]:
    """An edge of land from left to right around a height."""
    step = WIDTH / waves
    return [(-40 + n * (step + 80 / waves), y + dice.uniform(-swing, swing)) for n in range(waves + 1)]


def along(edge: Sequence[XY]) -> Callable[[float], float]:
    """The height of an edge at any place between its ends."""

    def height(x: float) -> float:
        for (x1, y1), (x2, y2) in pairwise(edge):
            if x1 <= x <= x2 and x2 > x1:
                return y1 + (y2 - y1) * (x - x1) / (x2 - x1)
        return edge[-1][1] if x > edge[-1][0] else edge[0][1]

    return height


def turned(points: Sequence[XY], middle: XY, degrees: float) -> list[XY]:
    """The points turned around a middle, clockwise on the sheet."""
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    mx, my = middle
    return [(mx + (x - mx) * cos - (y - my) * sin, my + (x - mx) * sin + (y - my) * cos) for x, y in points]
