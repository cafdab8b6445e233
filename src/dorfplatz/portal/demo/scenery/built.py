# ruff: noqa: PLR0917  coordinates, sizes and colours come in the order in which one draws
"""What people build: houses, churches, a mill, fences, ways."""

from __future__ import annotations

import math

from dorfplatz.portal.demo.scenery.canvas import XY, Canvas, Colour, mix, rgb, turned

BRICK, DARK_BRICK, ROOF, SLATE = rgb("A63D2F"), rgb("7F2E24"), rgb("8A4B38"), rgb("4A5560")
CREAM, PANE, INK = rgb("F6EEDD"), rgb("2E4250"), rgb("2B2622")
LAMP = rgb("F4CE7C")


def house(c: Canvas, x: float, foot: float, wide: float, wall: Colour, roof: Colour, *, lit: bool = False) -> None:
    """A farmhouse seen from its long side, with a chimney."""
    high, ridge = wide * 0.34, wide * 0.36
    c.box(x + wide * 0.68, foot - high - ridge * 1.05, wide * 0.07, ridge * 0.5, mix(wall, INK, 0.35))
    c.box(x, foot - high, wide, high, wall)
    c.box(x + wide * 0.74, foot - high, wide * 0.26, high, mix(wall, INK, 0.12))
    eaves, top = foot - high + 2, foot - high - ridge
    c.shape([(x - wide * 0.05, eaves), (x + wide * 0.1, top), (x + wide * 0.9, top), (x + wide * 1.05, eaves)], roof)
    lower = eaves - ridge * 0.12
    rim = [(x - wide * 0.05, eaves), (x - wide * 0.032, lower), (x + wide * 1.032, lower), (x + wide * 1.05, eaves)]
    c.shape(rim, mix(roof, INK, 0.22))
    for place in (0.1, 0.3, 0.62, 0.82):
        _window(c, x + wide * place, foot - high * 0.76, wide * 0.09, high * 0.42, lit=lit and place != 0.62)
    c.box(x + wide * 0.45, foot - high * 0.62, wide * 0.1, high * 0.62, rgb("2F6B4F"))


def _window(c: Canvas, x: float, y: float, wide: float, high: float, *, lit: bool = False) -> None:
    c.box(x - wide * 0.14, y - wide * 0.14, wide * 1.28, high + wide * 0.28, CREAM)
    c.box(x, y, wide, high, LAMP if lit else PANE)
    c.box(x + wide * 0.44, y, wide * 0.12, high, CREAM)
    c.box(x, y + high * 0.42, wide, wide * 0.12, CREAM)


def gable(c: Canvas, x: float, foot: float, wide: float, high: float, wall: Colour, *, steps: int = 4) -> None:
    """A town house with its gable to the street: stepped, or pointed where there are no steps."""
    body = high * 0.64
    c.box(x, foot - body, wide, body, wall)
    tall = high - body
    if steps:
        tread = wide / (2 * steps + 1)
        for n in range(steps + 1):
            level = tall * (n + 1) / (steps + 1)
            c.box(x + n * tread, foot - body - level, wide - 2 * n * tread, level, wall)
            c.box(x + n * tread - 2, foot - body - level - 4, tread + 4, 5, CREAM)
            c.box(x + wide - (n + 1) * tread - 2, foot - body - level - 4, tread + 4, 5, CREAM)
    else:
        c.shape([(x, foot - body), (x + wide / 2, foot - high), (x + wide, foot - body)], wall)
        c.line([(x - 6, foot - body + 4), (x + wide / 2, foot - high - 6), (x + wide + 6, foot - body + 4)], ROOF, 9)
    c.box(x + wide * 0.82, foot - body, wide * 0.18, body, mix(wall, INK, 0.1))
    for row in (0.88, 0.56):
        for place in (0.14, 0.43, 0.72):
            _window(c, x + wide * place, foot - body * row, wide * 0.14, body * 0.19)
    _window(c, x + wide * 0.43, foot - body - tall * 0.42, wide * 0.14, tall * 0.26)
    c.box(x + wide * 0.38, foot - body * 0.27, wide * 0.24, body * 0.27, mix(rgb("1F5673"), INK, 0.15))
    c.box(x + wide * 0.34, foot - body * 0.3, wide * 0.32, body * 0.03, CREAM)
    c.box(x - 3, foot - body * 0.33, wide + 6, 5, mix(wall, INK, 0.25))


def church(c: Canvas, x: float, foot: float, size: float, wall: Colour, roof: Colour) -> None:
    """Tower with a slender spire, nave and choir to the right."""
    tower, high = size * 0.24, size * 0.62
    shade, nave = mix(wall, INK, 0.16), x + tower * 0.9
    c.box(nave, foot - size * 0.3, size * 0.62, size * 0.3, wall)
    eaves, ridge = foot - size * 0.29, foot - size * 0.52
    c.shape([(nave, eaves), (nave, ridge), (nave + size * 0.56, ridge), (nave + size * 0.66, eaves)], roof)
    for n in range(4):
        _pointed_window(c, x + tower * 1.25 + n * size * 0.135, foot - size * 0.25, size * 0.05, size * 0.17)
    c.box(x, foot - high, tower, high, wall)
    c.box(x + tower * 0.66, foot - high, tower * 0.34, high, shade)
    base, tip = foot - high + 1, (x + tower / 2, foot - high - size * 0.5)
    c.shape([(x - 4, base), tip, (x + tower + 4, base)], roof)
    c.shape([tip, (x + tower + 4, base), (x + tower * 0.62, base)], mix(roof, INK, 0.25))
    c.line([(tip[0], tip[1] + size * 0.01), (tip[0], tip[1] - size * 0.07)], INK, 2)
    _pointed_window(c, x + tower * 0.34, foot - high * 0.92, tower * 0.3, size * 0.12)
    c.oval(x + tower * 0.49, foot - high * 0.6, tower * 0.17, tower * 0.17, CREAM)
    c.box(x - 3, foot - high * 0.74, tower + 6, 3, shade)


def _pointed_window(c: Canvas, x: float, y: float, wide: float, high: float) -> None:
    c.shape(
        [(x, y + high), (x, y + wide * 0.8), (x + wide / 2, y), (x + wide, y + wide * 0.8), (x + wide, y + high)], PANE
    )


def windmill(c: Canvas, x: float, foot: float, size: float, degrees: float) -> None:
    """A tower mill with its gallery, white body, and four sails half set."""
    body = [(x - size * 0.19, foot), (x - size * 0.105, foot - size * 0.72), (x + size * 0.105, foot - size * 0.72),
            (x + size * 0.19, foot)]  # fmt: skip
    c.shape(body, rgb("EFE6D3"))
    c.shape([(x + size * 0.04, foot - size * 0.72), (x + size * 0.105, foot - size * 0.72), (x + size * 0.19, foot),
             (x + size * 0.07, foot)], rgb("D9CCB2"))  # fmt: skip
    for level in (0.12, 0.48, 0.6):
        _window(c, x - size * 0.028, foot - size * level - size * 0.05, size * 0.045, size * 0.06)
    c.box(x - size * 0.04, foot - size * 0.09, size * 0.08, size * 0.09, rgb("2F6B4F"))
    c.box(x - size * 0.25, foot - size * 0.32, size * 0.5, size * 0.02, INK)
    for n in range(9):
        post = x - size * 0.25 + n * size * 0.5 / 8
        c.line([(post, foot - size * 0.32), (post, foot - size * 0.38)], INK, 2.4)
    c.line([(x - size * 0.25, foot - size * 0.38), (x + size * 0.25, foot - size * 0.38)], INK, 2.4)
    c.oval(x, foot - size * 0.73, size * 0.125, size * 0.12, rgb("6E3428"))
    c.box(x - size * 0.125, foot - size * 0.74, size * 0.25, size * 0.05, rgb("57281F"))
    hub = (x - size * 0.02, foot - size * 0.78)
    for n in range(4):
        _sail(c, hub, size, degrees + n * 90)
    c.oval(*hub, size * 0.025, size * 0.025, INK)


def _sail(c: Canvas, hub: XY, size: float, degrees: float) -> None:
    x, y = hub
    long, wide = size * 0.56, size * 0.075
    cloth = [
        (x + wide * 0.12, y - long * 0.2),
        (x + wide, y - long * 0.2),
        (x + wide, y - long),
        (x + wide * 0.12, y - long),
    ]
    c.shape(turned(cloth, hub, degrees), rgb("C9793F"))
    for n in range(9):
        level = y - long * (0.2 + 0.1 * n)
        c.line(turned([(x, level), (x + wide, level)], hub, degrees), INK, 2)
    c.line(turned([(x + wide, y - long * 0.2), (x + wide, y - long)], hub, degrees), INK, 2)
    c.line(turned([(x, y + long * 0.06), (x, y - long)], hub, degrees), INK, 5)


def fence(c: Canvas, left: XY, right: XY, posts: int, high: float, colour: Colour) -> None:
    """Posts and two rails between two points."""
    for n in range(posts):
        part = n / max(1, posts - 1)
        x, y = left[0] + (right[0] - left[0]) * part, left[1] + (right[1] - left[1]) * part
        c.box(x - high * 0.05, y - high, high * 0.1, high, colour)
    for level in (0.45, 0.82):
        c.line([(left[0], left[1] - high * level), (right[0], right[1] - high * level)], colour, high * 0.06)


def way(c: Canvas, far: XY, near: XY, narrow: float, broad: float, colour: Colour, *, bend: float = 0.0) -> None:
    """A path that grows broader towards the reader, in a gentle curve."""
    left, right = [], []
    for n in range(25):
        part = n / 24
        deep = part**1.8
        x = far[0] + (near[0] - far[0]) * deep + math.sin(part * math.pi) * bend
        y = far[1] + (near[1] - far[1]) * part
        half = (narrow + (broad - narrow) * deep) / 2
        left.append((x - half, y))
        right.append((x + half, y))
    c.shape([*left, *reversed(right)], colour)


def ditch(c: Canvas, far: XY, near: XY, narrow: float, broad: float) -> None:
    """Water between green banks, with the sky in it."""
    way(c, far, near, narrow * 1.7, broad * 1.28, rgb("5B8C56"), bend=-40)
    way(c, far, near, narrow, broad, rgb("8FB4C4"), bend=-40)
    way(c, (far[0] + 2, far[1] + 4), (near[0] + 24, near[1]), narrow * 0.3, broad * 0.34, rgb("C4DADD"), bend=-40)
