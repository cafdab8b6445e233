"""Scenes where people have built: the town, its street, the mill, the asparagus fields."""

from __future__ import annotations

from dorfplatz.portal.demo.scenery import animals, built, growing
from dorfplatz.portal.demo.scenery.canvas import HEIGHT, WIDTH, Canvas, Colour, along, mix, rgb, rolling
from dorfplatz.portal.demo.scenery.palette import (
    BRICK,
    DEEP,
    MEADOW,
    MIST,
    MORNING,
    NOON,
    PAPER,
    RHINE,
    ROOF,
    SPRING,
    WHEAT,
)


def town(c: Canvas) -> None:
    """The little town behind its meadows, in the morning."""
    c.sky(*MORNING)
    c.glow(1240, 330, 420, rgb("FFF3CF"), 0.85)
    c.oval(1240, 330, 52, 52, rgb("FFF6DC"))
    growing.cloud(c, 380, 200, 78, rgb("FBF7EC"), rgb("DDE4E0"))
    growing.streak(c, 760, 150, 420, 12, rgb("F4F1E6"))
    c.land(rolling(c.dice, 520, 12), mix(DEEP, MIST, 0.62))
    c.land(rolling(c.dice, 556, 8), mix(DEEP, MIST, 0.4))
    _town_row(c, 585)
    c.haze(480, 640, rgb("F8EAD0"), 0.3)
    edge = c.land([(-40, 590), (400, 582), (800, 594), (1200, 584), (1640, 592)], SPRING)
    c.land([(-40, 668), (500, 640), (1000, 664), (1640, 630)], MEADOW)
    built.way(c, (690, along(edge)(690)), (180, HEIGHT + 20), 10, 210, rgb("EAD9B4"), bend=70)
    built.ditch(c, (1030, 610), (1500, 920), 8, 170)
    growing.tufts(c, 0, WIDTH, 740, 900, mix(MEADOW, DEEP, 0.45), 130)
    for x, y, size in ((300, 700, 62), (480, 672, 46), (900, 700, 58), (1330, 690, 50)):
        animals.cow(c, x, y, size, faces=1 if x < 600 else -1, spots=rgb("4A3A30"))
    growing.geese(c, 520, 240, 9, 17, rgb("4B5A63"))


def _town_row(c: Canvas, foot: float) -> None:
    walls = [BRICK, mix(BRICK, PAPER, 0.25), rgb("C98F5E"), mix(BRICK, rgb("2B2622"), 0.2), rgb("D8B48C")]
    for n, x in enumerate(range(430, 1180, 68)):
        if 720 < x < 880:
            continue
        wide = 74 + c.dice.uniform(-8, 14)
        built.gable(c, x, foot + 8, wide, 92 + c.dice.uniform(-14, 26), walls[n % 5], steps=3 if n % 2 else 0)
    built.church(c, 730, foot + 8, 300, mix(BRICK, PAPER, 0.12), rgb("56636B"))
    for x in (395, 700, 1010, 1210, 1270):
        growing.round_tree(c, x, foot + 14, 84 + c.dice.uniform(0, 34), mix(DEEP, MIST, 0.18), SPRING)


def street(c: Canvas) -> None:
    """Stepped gables in a row, seen from the market."""
    c.sky(*NOON)
    growing.cloud(c, 1180, 160, 92, rgb("FDFAF1"), rgb("D8E4E6"))
    growing.cloud(c, 210, 120, 64, rgb("FDFAF1"), rgb("D8E4E6"))
    built.church(c, 697, 730, 600, mix(BRICK, PAPER, 0.3), rgb("5E6D76"))
    c.haze(380, 900, rgb("F0EADB"), 0.25)
    rows = [
        (-70, 300, 500, BRICK, 4), (205, 245, 430, rgb("E6D3AE"), 0), (430, 270, 480, rgb("B85A42"), 4),
        (940, 250, 440, rgb("93392D"), 4), (1170, 235, 400, rgb("DDBE8E"), 0), (1385, 290, 500, BRICK, 5),
    ]  # fmt: skip
    for x, wide, high, wall, steps in rows:
        built.gable(c, x, 730, wide, high, wall, steps=steps)
    c.shape([(0, 726), (WIDTH, 726), (WIDTH, HEIGHT), (0, HEIGHT)], rgb("D9C6A3"))
    c.shape([(0, 726), (WIDTH, 726), (WIDTH, 742), (0, 742)], rgb("C4AE88"))
    _paving(c)
    for x in (130, 1490):
        growing.round_tree(c, x, 770, 300, DEEP, SPRING)
    _market_stall(c, 330, 800, BRICK)
    _market_stall(c, 1060, 806, RHINE)
    _bicycle(c, 800, 850, 46)
    growing.geese(c, 460, 180, 3, 14, rgb("4B5A63"))


def _paving(c: Canvas) -> None:
    for row in range(12):
        y = 750 + row * row * 1.15
        c.line([(0, y), (WIDTH, y)], rgb("CBB791"), 1.6)
        for n in range(-12, 13):
            x = WIDTH / 2 + (n + (row % 2) * 0.5) * (70 + row * 12)
            c.line([(x, y), (x + n * 1.6, y + 3 + row * 2.2)], rgb("CBB791"), 1.6)


def _market_stall(c: Canvas, x: float, foot: float, stripe: Colour) -> None:
    for post in (0, 196):
        c.box(x + post, foot - 150, 8, 150, rgb("6B523E"))
    c.box(x - 4, foot - 58, 212, 58, rgb("8A6C52"))
    for n in range(8):
        colour = stripe if n % 2 == 0 else PAPER
        left = x - 18 + n * 30
        c.shape([(left + 12, foot - 196), (left + 36, foot - 196), (left + 30, foot - 138), (left, foot - 138)], colour)
        c.oval(left + 15, foot - 138, 15, 11, colour)
    fruits = (BRICK, WHEAT, DEEP, rgb("C9793F"), SPRING, rgb("D8574A"))
    for n in range(26):
        c.oval(x + 8 + n * 7.5, foot - 62 - (n % 3) * 5, 7, 7, fruits[(n // 5) % 6])


def _bicycle(c: Canvas, x: float, foot: float, r: float) -> None:
    ink = rgb("2B3A42")
    for wheel in (x - r * 1.25, x + r * 1.25):
        c.oval(wheel, foot - r, r, r, ink)
        c.oval(wheel, foot - r, r * 0.88, r * 0.88, rgb("D9C6A3"))
    frame = [(-1.25, 1), (-0.25, 1), (0.8, 2.05), (-0.6, 1.95), (-0.25, 1)]
    c.line([(x + dx * r, foot - up * r) for dx, up in frame], BRICK, 5)
    c.line([(x - r * 1.25, foot - r), (x - r * 0.68, foot - r * 2.2)], BRICK, 5)
    c.line([(x + r * 1.25, foot - r), (x + r * 0.74, foot - r * 2.4), (x + r * 0.4, foot - r * 2.5)], ink, 5)
    c.line([(x - r * 0.95, foot - r * 2.25), (x - r * 0.45, foot - r * 2.22)], ink, 9)


def fields(c: Canvas) -> None:
    """Asparagus ridges running towards a farm."""
    c.sky(*NOON)
    growing.cloud(c, 420, 210, 104, rgb("FEFBF3"), rgb("D5E3E8"))
    growing.cloud(c, 1150, 150, 120, rgb("FEFBF3"), rgb("D5E3E8"))
    growing.cloud(c, 790, 330, 56, rgb("FBF7EC"), rgb("DDE6E6"))
    edge = c.land(rolling(c.dice, 520, 10), mix(DEEP, MIST, 0.45))
    growing.treetops(c, along(edge), mix(DEEP, MIST, 0.45), 15)
    c.land([(-40, 548), (800, 540), (1640, 552)], rgb("A6BE6C"))
    built.house(c, 720, 566, 190, BRICK, ROOF)
    built.house(c, 935, 566, 130, rgb("93392D"), rgb("6E3F33"))
    for x in (660, 1100, 1150):
        growing.round_tree(c, x, 572, 120, DEEP, SPRING)
    c.shape([(0, 572), (WIDTH, 566), (WIDTH, HEIGHT), (0, HEIGHT)], rgb("D6B585"))
    _ridges(c)
    for x, y in ((1085, 690), (512, 742)):
        _basket(c, x, y, 34)
    growing.geese(c, 560, 140, 5, 15, rgb("4B5A63"))


def _ridges(c: Canvas) -> None:
    far_y, near_y, middle = 572.0, 980.0, 830.0
    for n in range(-13, 14):
        far, near = middle + n * 26, middle + n * 185
        c.shape([(far - 5, far_y), (far + 1, far_y), (near + 28, near_y), (near - 62, near_y)], rgb("BE9767"))
        c.shape([(far + 1, far_y), (far + 5, far_y), (near + 62, near_y), (near + 28, near_y)], rgb("A67D52"))
        for step in range(13):
            part = (step / 13) ** 2
            x, y = far + (near - 10 - far) * part, far_y + 6 + (near_y - far_y) * part
            tall = 3 + 24 * part
            c.box(x - 1 - tall * 0.11, y - tall, 2 + tall * 0.22, tall, rgb("F3EAD2"))
            c.oval(x, y - tall, 1.2 + tall * 0.14, 1.5 + tall * 0.22, rgb("C3B6CF"))


def _basket(c: Canvas, x: float, foot: float, size: float) -> None:
    for n in range(7):
        c.box(x - size * 0.7 + n * size * 0.2, foot - size * 1.25, size * 0.12, size, rgb("F6EEDC"))
        c.oval(x - size * 0.64 + n * size * 0.2, foot - size * 1.25, size * 0.07, size * 0.12, rgb("B7A9C6"))
    c.shape(
        [
            (x - size, foot - size * 0.8),
            (x + size, foot - size * 0.8),
            (x + size * 0.76, foot),
            (x - size * 0.76, foot),
        ],
        rgb("8F6A43"),
    )
    for n in range(3):
        half, y = size * (0.94 - n * 0.07), foot - size * (0.6 - n * 0.22)
        c.line([(x - half, y), (x + half, y)], rgb("B58B5D"), 4)


def windmill(c: Canvas) -> None:
    """The mill on its mound, above meadows and water."""
    c.sky(*NOON)
    growing.cloud(c, 330, 220, 112, rgb("FEFBF3"), rgb("D5E3E8"))
    growing.cloud(c, 1320, 140, 86, rgb("FEFBF3"), rgb("D5E3E8"))
    growing.streak(c, 640, 110, 360, 12, rgb("F2F2EA"))
    c.land(rolling(c.dice, 560, 8), mix(DEEP, MIST, 0.55))
    for x in (80, 130, 185, 1290, 1335, 1385, 1430):
        growing.poplar(c, x, 584, 120 + c.dice.uniform(-20, 40), mix(DEEP, MIST, 0.28), SPRING)
    built.church(c, 400, 586, 130, mix(BRICK, MIST, 0.25), mix(rgb("56636B"), MIST, 0.2))
    c.land([(-40, 588), (800, 580), (1640, 592)], SPRING)
    c.land([(440, 680), (700, 640), (900, 600), (1100, 640), (1360, 690), (1640, 700)], rgb("8EB05A"))
    built.house(c, 1075, 660, 150, BRICK, ROOF)
    built.windmill(c, 900, 630, 470, 24)
    c.land([(-40, 672), (420, 664), (1000, 700), (1640, 684)], MEADOW)
    built.ditch(c, (470, 676), (120, 930), 14, 330)
    growing.reeds(c, 380, 560, 800, 88, rgb("8C9A54"))
    growing.reeds(c, -20, 110, 830, 104, rgb("8C9A54"))
    growing.tufts(c, 440, WIDTH, 730, 900, mix(MEADOW, DEEP, 0.45), 110)
    for x, y, size in ((760, 790, 96), (1000, 756, 74), (1290, 800, 100)):
        animals.cow(c, x, y, size, faces=-1 if x > 900 else 1)
    growing.geese(c, 560, 330, 5, 15, rgb("4B5A63"))
