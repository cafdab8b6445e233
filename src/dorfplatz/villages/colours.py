"""A municipality's accent colour: whether it can be read, and its variant for dark ground. Pure.

Contrast after WCAG 2.2, “contrast ratio” and “relative luminance”. The grounds are those of ui's tokens.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from dorfplatz.kernel.verdict import Problem

LEAST_CONTRAST = 4.5
# On dark ground a colour that just passes glares at night: lighter is calmer.
DARK_CONTRAST = 7.0
WHITE, BLACK = "#FFFFFF", "#000000"
# Paper, sheet and well of the light look: the accent is written on each; white is written on the accent.
LIGHT_GROUNDS = ("#FBF8F2", "#FFFEFB", "#F3EDE1", WHITE)
DARK_PAPER = "#1B1A17"
STEPS = 50
COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")

Rgb = tuple[int, int, int]


@dataclass(frozen=True)
class Accent:
    """An accent that can be read, and its lighter brother for dark ground, as #RRGGBB."""

    light: str
    dark: str


def read_colour(text: str) -> str:
    """“#RRGGBB” in capitals. Raises Problem for anything else."""
    found = text.strip()
    if not COLOUR.fullmatch(found):
        raise Problem(_("“%(colour)s” is not a colour such as #A63D2F.") % {"colour": found[:20]})
    return found.upper()


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, from 1 to 21."""
    lighter, darker = sorted((_luminance(_rgb(one)), _luminance(_rgb(other))), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def light_contrast(colour: str) -> float:
    """The lowest contrast the colour has where we use it on light ground."""
    return min(contrast(colour, ground) for ground in LIGHT_GROUNDS)


def checked_accent(text: str) -> Accent:
    """The accent in both looks. Raises Problem with the nearest darker colour that would do when it is too pale."""
    colour = read_colour(text)
    found = light_contrast(colour)
    if found < LEAST_CONTRAST:
        raise Problem(
            _(
                "This colour is too pale to read: its contrast is %(found)s, and %(least)s is needed. "
                "%(better)s would do."
            )
            % {
                "found": number_format(int(found * 10) / 10, 1),
                "least": number_format(LEAST_CONTRAST, 1),
                "better": readable(colour),
            }
        )
    return Accent(colour, dark_variant(colour))


def readable(colour: str) -> str:
    """The colour itself or, mixed with as little black as it takes, one that can be read on light ground."""
    return next(m for m in _mixtures(colour, BLACK) if light_contrast(m) >= LEAST_CONTRAST)


def dark_variant(colour: str) -> str:
    """The colour, mixed with as little white as it takes to be read with ease on dark paper, and dark ink on it."""
    return next(m for m in _mixtures(colour, WHITE) if contrast(m, DARK_PAPER) >= DARK_CONTRAST)


@lru_cache(maxsize=256)
def stylesheet(accent: str) -> str:
    """What a municipality's look overrides of the tokens. A colour that cannot be read is made so, never refused."""
    light = readable(accent if COLOUR.fullmatch(accent) else BLACK).lower()
    return f":root{{--accent:{light};--accent-dark:{dark_variant(light).lower()}}}\n"


def look_version(accent: str) -> str:
    """A short fingerprint of the stylesheet: its address changes with what it says."""
    return hashlib.sha256(stylesheet(accent).encode()).hexdigest()[:12]


def _mixtures(colour: str, other: str) -> list[str]:
    start, end = _rgb(colour), _rgb(other)
    return [_hex(_between(start, end, step / STEPS)) for step in range(STEPS + 1)]


def _between(start: Rgb, end: Rgb, share: float) -> Rgb:
    r, g, b = (round(a + (b - a) * share) for a, b in zip(start, end, strict=True))
    return r, g, b


def _rgb(colour: str) -> Rgb:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _hex(rgb: Rgb) -> str:
    return "#{:02X}{:02X}{:02X}".format(*rgb)


def _luminance(rgb: Rgb) -> float:
    r, g, b = (_linear(value / 255) for value in rgb)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
