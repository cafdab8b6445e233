"""Faces of invented people, as one draws them for a village paper: no photograph was ever their model."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw

from dorfplatz.portal.demo.scenery.canvas import XY, Colour, curve, mix, rgb

SIDE, SCALE = 480, 2
INK, WHITE = rgb("2B2622"), rgb("FFFDF8")
SKIN = {"fair": rgb("F2CDB0"), "rosy": rgb("EDBFA2"), "tan": rgb("D9A37C"), "brown": rgb("B77F57")}
HAIR = {
    "white": rgb("E9E4DA"), "grey": rgb("A9A49C"), "black": rgb("2E2724"), "brown": rgb("6B4630"),
    "blond": rgb("D8B266"), "red": rgb("A6532B"),
}  # fmt: skip
CLOTH = {
    "brick": rgb("A63D2F"), "green": rgb("2F6B4F"), "blue": rgb("1F5673"), "wheat": rgb("D9B45A"),
    "plum": rgb("6A3F5A"), "slate": rgb("55606B"),
}  # fmt: skip
GROUND = {"sky": rgb("BFD9E2"), "meadow": rgb("C7D7A4"), "evening": rgb("F1D3B0"), "mist": rgb("DAD5C6")}


@dataclass(frozen=True)
class Looks:
    """How somebody looks. `cut` is one of CUTS; the rest are names of colours above."""

    skin: str = "fair"
    hair: str = "brown"
    cut: str = "short"
    cloth: str = "blue"
    ground: str = "sky"
    glasses: bool = False
    beard: bool = False


class _Sheet:
    """A square of 480 units, drawn twice as large and then made smaller."""

    def __init__(self, ground: Colour) -> None:
        self.image = Image.new("RGB", (SIDE * SCALE, SIDE * SCALE), ground)
        self.pen = ImageDraw.Draw(self.image)

    def oval(self, x: float, y: float, across: float, down: float, fill: Colour) -> None:
        box = [(x - across) * SCALE, (y - down) * SCALE, (x + across) * SCALE, (y + down) * SCALE]
        self.pen.ellipse(box, fill=fill)

    def shape(self, points: Sequence[XY], fill: Colour) -> None:
        self.pen.polygon([(x * SCALE, y * SCALE) for x, y in curve([*points, points[0]])], fill=fill)

    def line(self, points: Sequence[XY], fill: Colour, width: float) -> None:
        at = [(x * SCALE, y * SCALE) for x, y in curve(points)]
        self.pen.line(at, fill, round(width * SCALE), joint="curve")

    def ring(self, x: float, y: float, radius: float) -> None:
        box = [(x - radius) * SCALE, (y - radius) * SCALE, (x + radius) * SCALE, (y + radius) * SCALE]
        self.pen.ellipse(box, outline=INK, width=4 * SCALE)


def _short(s: _Sheet, hair: Colour) -> None:
    s.shape([(146, 214), (150, 130), (200, 84), (262, 78), (320, 112), (336, 214), (318, 168), (280, 142), (214, 146),
             (168, 166)], hair)  # fmt: skip


def _bob(s: _Sheet, hair: Colour) -> None:
    s.shape([(140, 292), (132, 180), (170, 96), (240, 74), (310, 96), (348, 180), (340, 292), (314, 286), (320, 190),
             (268, 138), (196, 152), (162, 190), (166, 286)], hair)  # fmt: skip


def _bun(s: _Sheet, hair: Colour) -> None:
    s.oval(240, 72, 46, 40, hair)
    s.shape([(146, 206), (150, 132), (200, 88), (280, 88), (330, 132), (334, 206), (306, 152), (240, 132), (174, 152)],
            hair)  # fmt: skip


def _long(s: _Sheet, hair: Colour) -> None:
    s.shape([(150, 250), (148, 140), (200, 84), (280, 84), (332, 140), (330, 250), (316, 180), (270, 128), (200, 150),
             (164, 186)], hair)  # fmt: skip


def _bald(s: _Sheet, hair: Colour) -> None:
    for left in (True, False):
        x = 150 if left else 330
        s.oval(x, 216, 14, 34, hair)


def _curls(s: _Sheet, hair: Colour) -> None:
    for x, y in ((152, 190), (156, 146), (184, 112), (222, 92), (262, 92), (298, 112), (324, 146), (328, 190)):
        s.oval(x, y, 32, 30, hair)


def _cap(s: _Sheet, hair: Colour) -> None:
    _bald(s, hair)
    s.shape([(138, 168), (160, 104), (226, 78), (300, 92), (340, 150), (346, 172), (240, 152)], rgb("55606B"))
    s.shape([(132, 172), (240, 146), (352, 170), (300, 176), (240, 168), (176, 178)], rgb("3F4850"))


CUTS: Mapping[str, Callable[[_Sheet, Colour], None]] = {
    "short": _short, "bob": _bob, "bun": _bun, "long": _long, "bald": _bald, "curls": _curls, "cap": _cap,
}  # fmt: skip


def draw_face(looks: Looks) -> bytes:
    """A portrait as a JPEG, the same on every machine."""
    skin, hair = SKIN[looks.skin], HAIR[looks.hair]
    sheet = _Sheet(GROUND[looks.ground])
    sheet.oval(390, 430, 260, 190, mix(GROUND[looks.ground], rgb("2F6B4F"), 0.22))
    if looks.cut == "long":
        sheet.shape([(140, 170), (118, 300), (130, 400), (350, 400), (362, 300), (340, 170), (240, 80)], hair)
    else:
        for x in (146, 334):
            sheet.oval(x, 232, 18, 26, mix(skin, INK, 0.08))
    _body(sheet, skin, CLOTH[looks.cloth])
    _head(sheet, skin, hair)
    if looks.beard:
        _beard(sheet, hair)
    _mouth(sheet)
    CUTS[looks.cut](sheet, hair)
    if looks.glasses:
        _glasses(sheet)
    buffer = io.BytesIO()
    sheet.image.resize((SIDE, SIDE), Image.Resampling.BOX).save(buffer, "JPEG", quality=90)
    return buffer.getvalue()


def _body(s: _Sheet, skin: Colour, cloth: Colour) -> None:
    s.shape([(60, 500), (84, 416), (170, 380), (240, 372), (310, 380), (396, 416), (420, 500)], cloth)
    s.shape([(202, 320), (198, 384), (240, 416), (282, 384), (278, 320)], mix(skin, INK, 0.14))
    s.line([(190, 384), (240, 424), (290, 384)], mix(cloth, WHITE, 0.5), 9)


def _head(s: _Sheet, skin: Colour, hair: Colour) -> None:
    s.shape([(148, 210), (158, 138), (240, 102), (322, 138), (332, 210), (318, 290), (276, 344), (240, 352), (204, 344),
             (162, 290)], skin)  # fmt: skip
    for x in (186, 294):
        s.oval(x, 268, 24, 18, mix(skin, rgb("D9705A"), 0.32))
    for x in (202, 278):
        s.oval(x, 222, 17, 11, WHITE)
        s.oval(x + 1, 223, 9, 10, INK)
        s.oval(x + 4, 219, 3, 3, WHITE)
        outwards = -1 if x < SIDE / 2 else 1
        s.line([(x + outwards * 24, 200), (x + outwards * 4, 188), (x - outwards * 20, 192)], mix(hair, INK, 0.4), 6)
    s.line([(240, 228), (232, 270), (246, 274)], mix(skin, INK, 0.3), 4)


def _beard(s: _Sheet, hair: Colour) -> None:
    s.shape([(156, 262), (186, 290), (240, 284), (294, 290), (324, 262), (314, 316), (280, 356), (240, 366), (200, 356),
             (166, 316)], hair)  # fmt: skip


def _mouth(s: _Sheet) -> None:
    s.shape([(206, 302), (240, 306), (274, 302), (260, 322), (240, 328), (220, 322)], rgb("9E4A3C"))
    s.shape([(212, 304), (240, 308), (268, 304), (256, 312), (240, 314), (224, 312)], WHITE)


def _glasses(s: _Sheet) -> None:
    for x in (202, 278):
        s.ring(x, 224, 31)
    s.line([(233, 220), (240, 217), (247, 220)], INK, 4)
