"""The picture for home screens: a house and a poplar on the municipality's colour."""

from __future__ import annotations

import io
from functools import lru_cache

from PIL import Image, ImageDraw

SIZES = (192, 512)
PAPER = "#fbf8f2"
GRID = 32  # the units in which the shapes are given, as in the icon of the browser's tab
FINER = 4  # drawn so many times larger and made smaller, so that edges are smooth
SCALE = 0.8  # of the picture; what lies further out may be cut off by a round mask
HOUSE = [(6, 25), (6, 15.5), (11.5, 11), (17, 15.5), (17, 25)]
POPLAR = [(19, 25), (19, 15.5), (22, 5), (25, 15.5), (25, 25)]
DOOR = [(10, 25), (10, 20), (13, 20), (13, 25)]
TRUNK = [(21.2, 25), (21.2, 21), (22.8, 21), (22.8, 25)]


@lru_cache(maxsize=32)
def app_icon(accent: str, size: int) -> bytes:
    """A PNG of that size, filled to its edges."""
    whole = size * FINER
    picture = Image.new("RGB", (whole, whole), accent)
    draw = ImageDraw.Draw(picture)
    unit, edge = whole * SCALE / GRID, whole * (1 - SCALE) / 2
    for shape, colour in ((HOUSE, PAPER), (POPLAR, PAPER), (DOOR, accent), (TRUNK, accent)):
        draw.polygon([(edge + x * unit, edge + y * unit) for x, y in shape], fill=colour)
    file = io.BytesIO()
    picture.resize((size, size), Image.Resampling.LANCZOS).save(file, "PNG", optimize=True)
    return file.getvalue()
