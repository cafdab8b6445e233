"""Scenes of open land: forest, orchard, poplars, water, heath."""

from __future__ import annotations

from dorfplatz.portal.demo.scenery import animals, built, growing
from dorfplatz.portal.demo.scenery.canvas import WIDTH, Canvas, along, mix, rgb, rolling
from dorfplatz.portal.demo.scenery.palette import (
    BRICK,
    DEEP,
    EVENING,
    MEADOW,
    MIST,
    MORNING,
    RHINE,
    ROOF,
    SILVER,
    SPRING,
    WATER,
    WHEAT,
)


def forest(c: Canvas) -> None:
    """The wooded hill behind the village, towards evening."""
    c.sky(*EVENING)
    c.glow(420, 420, 460, rgb("FFE3A8"), 0.8)
    c.oval(420, 425, 60, 60, rgb("FFEBC0"))
    growing.streak(c, 620, 190, 620, 20, rgb("E9C4B4"))
    growing.streak(c, 120, 260, 420, 13, rgb("F2CDB0"))
    growing.streak(c, 980, 300, 520, 12, rgb("F4D6B4"))
    for depth, (height, part) in enumerate(((430, 0.55), (480, 0.34), (535, 0.14))):
        tone = mix(rgb("27543F"), rgb("E6B795"), part)
        edge = c.land(
            [(-40, height + 110), (300, height + 70), (760, height - 30), (1180, height - 74), (1640, height - 20)],
            tone,
        )
        growing.treetops(c, along(edge), tone, 20 + depth * 8)
    c.haze(470, 640, rgb("F7CF9C"), 0.3)
    c.land([(-40, 640), (500, 628), (1100, 610), (1640, 622)], rgb("D9B45E"))
    for n in range(9):
        c.line([(-40, 664 + n * 9), (1640, 640 + n * 11)], rgb("C79E4C"), 2)
    built.house(c, 250, 650, 150, BRICK, rgb("5C3A33"), lit=True)
    built.house(c, 455, 640, 112, rgb("E6D3AE"), ROOF, lit=True)
    built.house(c, 985, 632, 128, rgb("93392D"), rgb("4E352F"), lit=True)
    for x, y in ((215, 655), (425, 650), (600, 644), (955, 636), (1140, 634)):
        growing.round_tree(c, x, y, 92 + c.dice.uniform(0, 30), rgb("2F5A42"), rgb("C9A95A"))
    c.land([(-40, 742), (600, 706), (1640, 736)], rgb("7E9650"))
    built.way(c, (820, 716), (1180, 920), 14, 190, rgb("E9CF9C"), bend=-60)
    c.land([(-40, 830), (420, 850), (760, 900), (800, 960)], rgb("56753F"))
    growing.tufts(c, 0, WIDTH, 750, 900, rgb("4C6B3B"), 150)
    built.fence(c, (1220, 840), (1640, 800), 7, 70, rgb("5A4636"))


def orchard(c: Canvas) -> None:
    """Fruit trees on the slope, the polder below."""
    c.sky(*MORNING)
    growing.cloud(c, 1180, 190, 96, rgb("FBF7EC"), rgb("DCE5E1"))
    growing.streak(c, 140, 130, 520, 13, rgb("F4F1E6"))
    c.land(rolling(c.dice, 424, 6), mix(RHINE, MIST, 0.62))
    c.land(rolling(c.dice, 448, 5), mix(DEEP, MIST, 0.5))
    built.church(c, 1235, 470, 116, mix(BRICK, MIST, 0.3), mix(rgb("56636B"), MIST, 0.25))
    for x in (520, 600, 655, 1180, 1330, 1395, 1450):
        growing.poplar(c, x, 472, 66 + c.dice.uniform(0, 34), mix(DEEP, MIST, 0.3), SPRING)
    _patchwork(c)
    c.haze(390, 600, rgb("F8EAD0"), 0.4)
    edge = c.land([(-40, 500), (280, 560), (640, 650), (1040, 716), (1640, 748)], rgb("94B45F"))
    height = along(edge)
    trees = [
        (190, 40, 170), (390, 66, 186), (60, 190, 250), (590, 70, 190), (300, 268, 280),
        (800, 76, 190), (660, 220, 250), (1060, 84, 196), (1010, 190, 246), (1330, 96, 210),
    ]  # fmt: skip
    for x, drop, size in trees:
        foot = min(height(x) + drop, 892)
        c.oval(x + 14, foot, size * 0.32, size * 0.045, rgb("7A9C4D"))
        growing.blossom_tree(c, x, foot, size, rgb("4F8450"), (rgb("C9432F"), rgb("E2B23C"))[int(x) % 2])
    growing.tufts(c, 0, WIDTH, 770, 900, rgb("5D8A48"), 120)
    _ladder(c, 1180, 880)


def _patchwork(c: Canvas) -> None:
    tones = [rgb("B9CC7C"), rgb("E0CB7F"), rgb("9DBB6C"), rgb("C8D592"), rgb("D3BC77")]
    for n in range(9):
        left, right = 40 + n * 190, 40 + (n + 1) * 190
        c.shape([(left - 60, 466), (right - 60, 466), (right + n * 16, 800), (left + n * 12, 800)], tones[n % 5])
    built.way(c, (1120, 470), (1500, 740), 5, 34, rgb("F0DFB8"), bend=-30)
    c.line([(340, 470), (700, 590), (1160, 700)], WATER, 7)


def _ladder(c: Canvas, x: float, foot: float) -> None:
    for side in (0, 44):
        c.line([(x + side, foot), (x + 30 + side * 0.55, foot - 210)], rgb("8F6A43"), 7)
    for n in range(6):
        y = foot - 26 - n * 32
        lean = (foot - y) / 210
        c.line([(x + 30 * lean, y), (x + 44 + (30 - 20) * lean, y)], rgb("8F6A43"), 6)


def poplars(c: Canvas) -> None:
    """A row of poplars along a lane, the farm at its end."""
    c.sky(*SILVER)
    growing.cloud(c, 260, 180, 96, rgb("F7F3E8"), rgb("CBD5D6"))
    growing.cloud(c, 1290, 250, 74, rgb("F7F3E8"), rgb("CBD5D6"))
    growing.streak(c, 640, 130, 480, 14, rgb("EEEDE4"))
    c.land(rolling(c.dice, 590, 8), mix(DEEP, MIST, 0.55))
    c.land([(-40, 610), (800, 604), (1640, 612)], rgb("B7C57C"))
    built.house(c, 560, 640, 170, BRICK, BRICK)
    built.house(c, 745, 636, 100, rgb("E6D3AE"), ROOF)
    growing.round_tree(c, 530, 645, 120, DEEP, SPRING)
    growing.round_tree(c, 880, 640, 96, DEEP, SPRING)
    c.land([(-40, 640), (500, 632), (1640, 628)], rgb("9BB765"))
    c.shape([(0, 700), (420, 648), (640, 642), (0, 900)], WHEAT)
    for n in range(11):
        c.line([(0, 712 + n * 18), (440 + n * 18, 651 - n * 0.7)], rgb("CDAA55"), 2)
    built.way(c, (690, 644), (640, 930), 12, 360, rgb("E8D8B4"), bend=50)
    built.way(c, (694, 660), (640, 930), 2, 60, rgb("A9BB70"), bend=50)
    for n in range(9):
        part = (n / 8) ** 1.7
        x, foot = 790 + 700 * part, 652 + 170 * part
        c.oval(x + 30, foot + 2, 20 + 62 * part, 3 + 9 * part, rgb("7F9A51"))
        growing.poplar(c, x, foot, 150 + 640 * part, mix(mix(DEEP, MIST, 0.3), rgb("3A7350"), part), rgb("B5C77A"))
    growing.tufts(c, 760, WIDTH, 740, 900, rgb("6C8B47"), 110)
    growing.bird(c, 420, 330, 20, rgb("4B5A63"))
    growing.bird(c, 470, 306, 15, rgb("4B5A63"))


def stork(c: Canvas) -> None:
    """A stork on its nest, the polder in the morning mist."""
    c.sky(*MORNING)
    c.glow(420, 430, 520, rgb("FFF0C4"), 0.9)
    c.oval(420, 436, 62, 62, rgb("FFF7DF"))
    growing.streak(c, 700, 210, 560, 15, rgb("F6EFE0"))
    growing.streak(c, 60, 170, 380, 11, rgb("F2EEE2"))
    for y, part in ((560, 0.72), (590, 0.56)):
        c.land(rolling(c.dice, y, 8), mix(DEEP, rgb("F3E3C6"), part))
    built.church(c, 640, 606, 170, mix(BRICK, rgb("F3E3C6"), 0.45), mix(rgb("56636B"), rgb("F3E3C6"), 0.45))
    for x in (560, 590, 850, 884, 915, 1450, 1490):
        growing.poplar(c, x, 610, 96 + c.dice.uniform(-10, 40), mix(DEEP, rgb("F3E3C6"), 0.48), SPRING)
    c.haze(500, 700, rgb("FAEBCB"), 0.75)
    c.land([(-40, 622), (800, 614), (1640, 624)], rgb("B6C883"))
    _pond(c)
    c.haze(590, 790, rgb("FAEFD6"), 0.4)
    c.land([(-40, 800), (500, 770), (1000, 806), (1640, 760)], rgb("86A857"))
    growing.tufts(c, 0, WIDTH, 800, 900, rgb("557F42"), 150)
    growing.reeds(c, 40, 330, 812, 120, rgb("8C9A54"))
    growing.reeds(c, 1420, 1620, 800, 130, rgb("8C9A54"))
    animals.nest(c, 1130, 520, 300, 420)
    animals.stork(c, 1150, 500, 310)
    growing.geese(c, 330, 270, 7, 16, rgb("5B6A70"))


def _pond(c: Canvas) -> None:
    c.oval(520, 704, 470, 44, rgb("8FA867"))
    c.oval(520, 700, 450, 36, rgb("C9D9CF"))
    c.oval(470, 696, 240, 12, rgb("F8EED2"))
    c.oval(700, 708, 130, 6, rgb("E8E8D6"))


def willows(c: Canvas) -> None:
    """Pollards along a ditch, a small church far away."""
    c.sky(*SILVER)
    c.glow(1010, 360, 380, rgb("FFF6E0"), 0.8)
    growing.cloud(c, 360, 190, 110, rgb("F9F5EA"), rgb("CFD9D8"))
    growing.cloud(c, 1330, 150, 80, rgb("F9F5EA"), rgb("CFD9D8"))
    c.land(rolling(c.dice, 560, 8), mix(DEEP, MIST, 0.6))
    built.church(c, 900, 578, 150, mix(BRICK, MIST, 0.22), mix(rgb("56636B"), MIST, 0.15))
    built.house(c, 1030, 578, 84, mix(BRICK, MIST, 0.15), ROOF)
    built.house(c, 1130, 580, 70, rgb("E6D3AE"), mix(ROOF, MIST, 0.15))
    for x in (860, 1010, 1225, 1265):
        growing.round_tree(c, x, 582, 62, mix(DEEP, MIST, 0.28), SPRING)
    c.land([(-40, 584), (800, 578), (1640, 588)], rgb("B3C67A"))
    c.land([(-40, 640), (800, 622), (1640, 650)], MEADOW)
    built.ditch(c, (860, 628), (700, 930), 16, 480)
    for n in range(6):
        part = (n / 5) ** 1.5
        x, foot = 800 - 560 * part, 640 + 190 * part
        c.oval(x + 6, foot, 14 + 60 * part, 3 + 8 * part, rgb("648A4B"))
        growing.willow(c, x, foot, 86 + 330 * part, rgb("4A7A4A"), rgb("B9CC7C"))
    growing.willow(c, 1290, 760, 240, rgb("4A7A4A"), rgb("B9CC7C"))
    growing.willow(c, 1480, 840, 330, rgb("4A7A4A"), rgb("B9CC7C"))
    growing.reeds(c, 960, 1120, 860, 96, rgb("8C9A54"))
    growing.tufts(c, 1050, WIDTH, 720, 900, rgb("557F42"), 80)
    growing.tufts(c, 0, 500, 780, 900, rgb("557F42"), 60)
    growing.geese(c, 640, 250, 11, 18, rgb("5B6A70"))


def sheep(c: Canvas) -> None:
    """A flock on the heath at the edge of the forest."""
    c.sky(*EVENING)
    c.glow(1180, 420, 440, rgb("FFE3A8"), 0.75)
    growing.streak(c, 180, 220, 640, 20, rgb("E6C3B6"))
    growing.streak(c, 760, 150, 520, 14, rgb("CDB4BE"))
    growing.streak(c, 980, 290, 560, 13, rgb("F6D8B2"))
    for height, part in ((470, 0.5), (520, 0.26)):
        tone = mix(rgb("2A523F"), rgb("E6B795"), part)
        edge = c.land([(-40, height - 40), (420, height - 10), (900, height + 60), (1640, height + 90)], tone)
        growing.treetops(c, along(edge), tone, 30)
    c.land([(-40, 600), (520, 630), (1100, 610), (1640, 622)], rgb("A9A25C"))
    c.land([(-40, 660), (620, 636), (1640, 676)], rgb("8F9A54"))
    _heather(c)
    growing.tufts(c, 0, WIDTH, 740, 900, rgb("6A7A42"), 130)
    for x, y, size, faces in (
        (520, 700, 62, 1),
        (640, 716, 70, -1),
        (780, 694, 58, 1),
        (900, 730, 76, -1),
        (1080, 712, 66, 1),
    ):
        animals.grazing_sheep(c, x, y, size, faces=faces)
    for x, y, size, faces in ((360, 790, 118, 1), (1280, 800, 126, -1)):
        animals.sheep(c, x, y, size, faces=faces)
    animals.grazing_sheep(c, 760, 838, 128, faces=-1)
    animals.sheep(c, 905, 812, 62, faces=-1)
    growing.bird(c, 620, 330, 20, rgb("5B5560"))
    growing.bird(c, 676, 300, 15, rgb("5B5560"))


def _heather(c: Canvas) -> None:
    for _ in range(260):
        x, y = c.dice.uniform(-10, WIDTH + 10), c.dice.uniform(655, 890)
        size = 5 + 15 * (y - 655) / 235
        tone = mix(rgb("8C5A7C"), rgb("B98AA2"), c.dice.random())
        c.oval(x, y, size * 1.5, size * 0.62, tone)
        c.oval(x - size * 0.4, y - size * 0.25, size * 0.7, size * 0.3, mix(tone, rgb("F0CDBF"), 0.35))
