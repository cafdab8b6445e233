"""Sheep, storks and cows, as one draws them for children."""

from __future__ import annotations

import math

from dorfplatz.portal.demo.scenery.canvas import XY, Canvas, Colour, curve, mix, rgb

INK, WHITE = rgb("2B2622"), rgb("FFFFFF")
WOOL, FACE, BEAK = rgb("F4ECDD"), rgb("3A322C"), rgb("C9512F")


def sheep(c: Canvas, x: float, foot: float, size: float, *, faces: int = 1, wool: Colour = WOOL) -> None:
    """Standing, the head to the right (1) or to the left (-1)."""
    for leg in (-0.42, -0.24, 0.22, 0.4):
        c.box(x + leg * size - size * 0.035, foot - size * 0.36, size * 0.07, size * 0.36, FACE)
    heap = _heap(x, foot, size)
    for hx, hy in heap:
        c.oval(hx, hy + size * 0.04, size * 0.17, size * 0.15, mix(wool, INK, 0.16))
    for hx, hy in heap:
        c.oval(hx, hy, size * 0.16, size * 0.14, wool)
    c.oval(x, foot - size * 0.56, size * 0.5, size * 0.26, wool)
    hx, hy = x + faces * size * 0.62, foot - size * 0.68
    c.oval(hx, hy, size * 0.15, size * 0.2, FACE)
    c.oval(hx - faces * size * 0.14, hy - size * 0.08, size * 0.1, size * 0.05, FACE)
    c.oval(hx - faces * size * 0.04, hy - size * 0.17, size * 0.14, size * 0.09, wool)


def grazing_sheep(c: Canvas, x: float, foot: float, size: float, *, faces: int = 1) -> None:
    """The head in the grass."""
    hx, hy = x + faces * size * 0.66, foot - size * 0.16
    c.oval(x + faces * size * 0.52, foot - size * 0.38, size * 0.17, size * 0.2, mix(WOOL, INK, 0.1))
    c.oval(hx, hy, size * 0.13, size * 0.18, FACE)
    _body(c, x, foot, size)


def _heap(x: float, foot: float, size: float) -> list[XY]:
    """Where the wool curls."""
    turns = [n * math.tau / 11 for n in range(11)]
    return [(x + math.cos(t) * size * 0.46, foot - size * 0.55 + math.sin(t) * size * 0.24) for t in turns]


def _body(c: Canvas, x: float, foot: float, size: float) -> None:
    for leg in (-0.42, -0.24, 0.22, 0.4):
        c.box(x + leg * size - size * 0.035, foot - size * 0.36, size * 0.07, size * 0.36, FACE)
    for hx, hy in _heap(x, foot, size):
        c.oval(hx, hy, size * 0.16, size * 0.14, WOOL)
    c.oval(x, foot - size * 0.56, size * 0.5, size * 0.26, WOOL)


def stork(c: Canvas, x: float, foot: float, size: float) -> None:
    """Standing upright, looking to the left."""
    for dx in (-0.03, 0.07):
        c.line([(x + dx * size, foot), (x + dx * size, foot - size * 0.42)], BEAK, size * 0.022)
    body = [(-0.17, 0.62), (-0.02, 0.68), (0.2, 0.54), (0.34, 0.36), (0.1, 0.38), (-0.1, 0.44), (-0.17, 0.62)]
    wing = [(0.06, 0.56), (0.22, 0.5), (0.42, 0.29), (0.18, 0.4), (0.06, 0.56)]
    c.shape(curve([(x + dx * size, foot - up * size) for dx, up in body]), WHITE)
    c.shape(curve([(x + dx * size, foot - up * size) for dx, up in wing]), INK)
    neck = [
        (x - size * 0.08, foot - size * 0.58),
        (x - size * 0.15, foot - size * 0.72),
        (x - size * 0.11, foot - size * 0.88),
    ]
    c.line(curve(neck), WHITE, size * 0.085)
    c.oval(x - size * 0.12, foot - size * 0.91, size * 0.068, size * 0.058, WHITE)
    c.shape(
        [
            (x - size * 0.165, foot - size * 0.94),
            (x - size * 0.46, foot - size * 0.85),
            (x - size * 0.165, foot - size * 0.88),
        ],
        BEAK,
    )
    c.oval(x - size * 0.14, foot - size * 0.925, size * 0.013, size * 0.013, INK)


def nest(c: Canvas, x: float, top: float, wide: float, pole: float) -> None:
    """A wheel full of twigs on a pole."""
    c.box(x - wide * 0.035, top, wide * 0.07, pole, rgb("6B523E"))
    c.box(x - wide * 0.035, top, wide * 0.022, pole, rgb("8A6C52"))
    for _ in range(70):
        cx, cy = x + c.dice.uniform(-0.46, 0.46) * wide, top + c.dice.uniform(-0.1, 0.16) * wide
        dx, dy = c.dice.uniform(0.08, 0.17) * wide, c.dice.uniform(-0.05, 0.05) * wide
        c.line(
            [(cx - dx, cy - dy), (cx + dx, cy + dy)], mix(rgb("5A4230"), rgb("A9825C"), c.dice.random()), wide * 0.018
        )


def cow(c: Canvas, x: float, foot: float, size: float, *, faces: int = 1, spots: Colour = INK) -> None:
    """Black and white, chewing."""
    for leg in (-0.4, -0.28, 0.3, 0.42):
        c.box(x + leg * size - size * 0.03, foot - size * 0.34, size * 0.07, size * 0.34, mix(WHITE, INK, 0.12))
    c.oval(x - faces * size * 0.02, foot - size * 0.5, size * 0.52, size * 0.22, WHITE)
    c.box(x - size * 0.46, foot - size * 0.68, size * 0.92, size * 0.2, WHITE)
    for dx, dy, w, h in ((-0.25, -0.55, 0.17, 0.12), (0.16, -0.6, 0.14, 0.08), (0.02, -0.38, 0.1, 0.05)):
        c.oval(x + dx * size, foot + dy * size, w * size, h * size, spots)
    hx, hy = x + faces * size * 0.6, foot - size * 0.62
    c.oval(hx, hy, size * 0.12, size * 0.15, spots)
    c.oval(hx + faces * size * 0.03, hy + size * 0.09, size * 0.085, size * 0.07, rgb("E7C3B2"))
