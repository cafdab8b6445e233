# ruff: noqa: PLR0917  coordinates, sizes and colours come in the order in which one draws
"""What grows and what flies: trees, reeds, clouds, birds."""

from __future__ import annotations

import math
from collections.abc import Callable

from dorfplatz.portal.demo.scenery.canvas import WIDTH, Canvas, Colour, curve, mix, rgb

WHITE, BARK = rgb("FFFFFF"), rgb("5A4636")


def cloud(c: Canvas, x: float, y: float, size: float, colour: Colour, shade: Colour) -> None:
    """A flat-bottomed cloud of a few round heaps."""
    heaps = [(-1.5, 0.0, 0.62), (-0.75, -0.35, 0.85), (0.1, -0.55, 1.05), (0.95, -0.25, 0.8), (1.65, 0.02, 0.55)]
    for dx, dy, r in heaps:
        wobble = c.dice.uniform(0.92, 1.08)
        c.oval(x + dx * size, y + dy * size * 0.7 + size * 0.1, r * size * wobble, r * size * 0.62 * wobble, shade)
    for dx, dy, r in heaps:
        c.oval(x + dx * size, y + dy * size * 0.7, r * size * 0.96, r * size * 0.56, colour)


def streak(c: Canvas, x: float, y: float, length: float, thickness: float, colour: Colour) -> None:
    """A long thin cloud, pointed at both ends."""
    upper = [(x, y), (x + length * 0.3, y - thickness), (x + length * 0.7, y - thickness * 0.6), (x + length, y)]
    lower = [(x + length, y), (x + length * 0.6, y + thickness * 0.5), (x + length * 0.25, y + thickness * 0.4), (x, y)]
    c.shape([*curve(upper), *curve(lower)], colour)


def bird(c: Canvas, x: float, y: float, size: float, colour: Colour) -> None:
    """Two wings, far away."""
    for side in (-1, 1):
        wing = [(x, y), (x + side * size * 0.5, y - size * 0.42), (x + side * size, y - size * 0.12)]
        c.line(curve(wing), colour, max(1.4, size * 0.13))


def geese(c: Canvas, x: float, y: float, count: int, size: float, colour: Colour) -> None:
    """A flight in the shape of a wedge."""
    for n in range(count):
        side, place = (-1 if n % 2 else 1), (n + 1) // 2
        bird(c, x + place * size * 2.1 - (size * 0.3 if side > 0 else 0), y + side * place * size * 0.95, size, colour)


def poplar(c: Canvas, x: float, foot: float, height: float, leaf: Colour, light: Colour) -> None:
    """A tall narrow crown; the light comes from the left."""
    c.box(x - height * 0.014, foot - height * 0.2, height * 0.028, height * 0.2, BARK)
    wide = height * c.dice.uniform(0.105, 0.13)
    top, low = foot - height, foot - height * 0.12
    c.shape(_crown(x, top, low, wide), leaf)
    c.shape(_crown(x - wide * 0.3, top + height * 0.1, low - height * 0.05, wide * 0.52), mix(leaf, light, 0.26))
    for _ in range(16):
        y = top + height * c.dice.uniform(0.14, 0.8)
        reach = wide * math.sin(math.pi * min(0.9, (y - top) / height * 0.9 + 0.1))
        dx = c.dice.uniform(-0.75, 0.5) * reach
        tone = mix(leaf, light, 0.5 if dx < 0 else 0.16)
        c.line(
            curve([(x + dx, y), (x + dx * 0.9 + 1, y - height * 0.045), (x + dx * 0.68, y - height * 0.09)]),
            tone,
            height * 0.011,
        )


def _crown(x: float, top: float, low: float, wide: float) -> list[tuple[float, float]]:
    tall = low - top
    right = [(x, top), (x + wide * 0.5, top + tall * 0.2), (x + wide, top + tall * 0.58), (x + wide * 0.72, low - 6)]
    left = [(x - wide * 0.72, low - 6), (x - wide, top + tall * 0.58), (x - wide * 0.5, top + tall * 0.2), (x, top)]
    return [*curve(right), (x, low + 4), *curve(left)]


def round_tree(c: Canvas, x: float, foot: float, height: float, leaf: Colour, light: Colour) -> None:
    """A crown of many heaps on a short trunk."""
    thick, thin, fork = height * 0.045, height * 0.028, foot - height * 0.45
    c.shape([(x - thick, foot), (x - thin, fork), (x + thin, fork), (x + thick, foot)], BARK)
    middle, r = foot - height * 0.62, height * 0.36
    heaps = [(c.dice.uniform(0, math.tau), c.dice.uniform(0.35, 0.8)) for _ in range(13)]
    for angle, far in heaps:
        c.oval(x + math.cos(angle) * r * far, middle + math.sin(angle) * r * far * 0.85, r * 0.55, r * 0.5, leaf)
    c.oval(x, middle, r * 0.85, r * 0.8, leaf)
    for angle, far in heaps[:8]:
        dx, dy = math.cos(angle) * r * far * 0.7 - r * 0.22, math.sin(angle) * r * far * 0.6 - r * 0.24
        c.oval(x + dx, middle + dy, r * 0.26, r * 0.22, mix(leaf, light, 0.5))


def blossom_tree(c: Canvas, x: float, foot: float, height: float, leaf: Colour, dots: Colour) -> None:
    """An orchard tree full of fruit or blossom."""
    round_tree(c, x, foot, height, leaf, mix(leaf, WHITE, 0.35))
    for _ in range(16):
        angle, far = c.dice.uniform(0, math.tau), c.dice.uniform(0.1, 0.95) * height * 0.38
        size = height * c.dice.uniform(0.016, 0.026)
        c.oval(x + math.cos(angle) * far, foot - height * 0.62 + math.sin(angle) * far * 0.85, size, size, dots)


def willow(c: Canvas, x: float, foot: float, height: float, leaf: Colour, light: Colour) -> None:
    """A pollard: a thick old trunk, a knot, and rods like a raised broom."""
    knot, wide = foot - height * 0.44, height * 0.095
    for degrees, length in [(-60 + n * 12 + c.dice.uniform(-4, 4), c.dice.uniform(0.8, 1.0)) for n in range(11)]:
        tip = _tip(x, knot, height * 0.5 * length, degrees)
        c.oval(
            (x + tip[0] * 2) / 3, (knot + tip[1] * 2) / 3, height * 0.12, height * 0.16, mix(leaf, rgb("2B4A38"), 0.25)
        )
    for n in range(52):
        degrees, length = -66 + n * 132 / 51 + c.dice.uniform(-4, 4), height * c.dice.uniform(0.4, 0.6)
        tip = _tip(x, knot, length, degrees)
        bend = _tip(x, knot, length * 0.55, degrees * 0.72)
        tone = mix(leaf, light, c.dice.uniform(0.1, 0.85) if degrees < 8 else c.dice.uniform(0.0, 0.35))
        c.line(curve([(x + (tip[0] - x) * 0.1, knot), bend, tip], 6), tone, max(1.2, height * 0.013))
    trunk = [(x - wide * 1.3, foot), (x - wide * 0.85, foot - height * 0.2), (x - wide, knot), (x + wide, knot),
             (x + wide * 0.8, foot - height * 0.22), (x + wide * 1.25, foot)]  # fmt: skip
    c.shape(trunk, BARK)
    c.shape([*trunk[:3], (x - wide * 0.1, knot), (x - wide * 0.35, foot - height * 0.2), (x - wide * 0.2, foot)],
            mix(BARK, light, 0.22))  # fmt: skip
    for dx, r in ((-0.7, 0.6), (0.1, 0.72), (0.8, 0.58)):
        c.oval(x + dx * wide, knot - wide * 0.1, wide * r, wide * r * 0.8, mix(BARK, leaf, 0.18))


def _tip(x: float, y: float, length: float, degrees: float) -> tuple[float, float]:
    """The end of a rod that leans so far from upright."""
    return x + math.sin(math.radians(degrees)) * length, y - math.cos(math.radians(degrees)) * length


def reeds(c: Canvas, left: float, right: float, foot: float, height: float, colour: Colour) -> None:
    """Stalks along the water, some with a brown head."""
    count = int((right - left) / 7)
    for _ in range(count):
        x, tall, lean = c.dice.uniform(left, right), height * c.dice.uniform(0.55, 1.0), c.dice.uniform(-0.16, 0.16)
        tip = (x + lean * tall, foot - tall)
        c.line([(x, foot + 4), tip], mix(colour, WHITE, c.dice.uniform(0, 0.18)), 2.2)
        if c.dice.random() < 0.2:
            c.oval(tip[0], tip[1], 3.2, 11, rgb("6B4A33"))


def tufts(c: Canvas, left: float, right: float, top: float, bottom: float, colour: Colour, count: int) -> None:
    """Short strokes of grass, larger towards the reader."""
    for _ in range(count):
        x, y = c.dice.uniform(left, right), c.dice.uniform(top, bottom)
        size = 5 + 12 * (y - top) / max(1, bottom - top)
        for lean in (-0.5, 0.0, 0.5):
            c.line([(x + lean * 3, y), (x + lean * size * 0.8, y - size)], colour, 1.8)


def treetops(c: Canvas, height: Callable[[float], float], tone: Colour, size: float) -> None:
    """The edge of a wood along an edge of land."""
    x = -30.0
    while x < WIDTH + 30:
        r = size * c.dice.uniform(0.7, 1.25)
        c.oval(x, height(x) - r * 0.2, r, r * 0.9, tone)
        c.oval(x - r * 0.3, height(x) - r * 0.45, r * 0.5, r * 0.38, mix(tone, rgb("FFE0A0"), 0.1))
        x += r * 0.95
