"""What can be printed: letters that our fonts have, in words that can be broken. Pure."""

from __future__ import annotations

import re
import struct
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from dorfplatz.press.engine import FONTS
from dorfplatz.press.typography import set_well

# From so many letters on a word breaks anywhere; from fewer on, where no pattern for hyphens can know it.
LONG_WORD, UNKNOWN_WORD, PIECE = 28, 18, 10
SOFT_HYPHEN, NO_SPACE = "\u00ad", "\u200b"
_LONG = re.compile(rf"\S{{{UNKNOWN_WORD},}}")
_NO_VOWEL = re.compile(rf"[^aeiouyäöüáéíóúàèìòùâêîôûëïåæø]{{{PIECE}}}", re.IGNORECASE)
_JOINTS = re.compile(r"(?<=[/.?&=_@-])(?=\w)")
# Marks of direction and joining have no picture of their own.
_UNSEEN = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\n\t ")


# What our fonts lack and has a plain way to be said.
_INSTEAD = str.maketrans({"→": "–", "➔": "–", "•": "·", "\u2011": "-", "\u202f": "\u00a0"})


def printable(text: str) -> str:
    """The text without what no font of ours can show (emoji, mostly), and with long words made breakable."""
    known = letters()
    text = unicodedata.normalize("NFC", text).translate(_INSTEAD)
    kept = "".join(letter for letter in text if letter in _UNSEEN or (ord(letter) in known and not _steers(letter)))
    return _LONG.sub(lambda found: _breakable(found[0]), kept)


def well(text: str, language: str) -> str:
    """A line of somebody's words as it is set."""
    return printable(set_well(text, language))


def paragraphs(text: str, language: str) -> list[str]:
    return [well(" ".join(some.split()), language) for some in text.split("\n\n") if some.strip()]


def _steers(letter: str) -> bool:
    """Marks that turn round or hide what follows, also in lines that are not theirs."""
    return unicodedata.category(letter) in ("Cf", "Cc")


def _breakable(word: str) -> str:
    return _in_pieces(word) if len(word) >= LONG_WORD or _NO_VOWEL.search(word) else word


def _in_pieces(word: str) -> str:
    """A word that patterns for hyphens may not know: it may break at its joints, else every few letters."""
    if _JOINTS.search(word):
        return NO_SPACE.join(_breakable(part) if len(part) >= UNKNOWN_WORD else part for part in _JOINTS.split(word))
    return SOFT_HYPHEN.join(word[start : start + PIECE] for start in range(0, len(word), PIECE))


@cache
def letters() -> frozenset[int]:
    """Code points for which one of our fonts has a picture."""
    return frozenset(point for path in sorted(FONTS.glob("*.ttf")) for point in _points(path))


def _points(path: Path) -> Iterator[int]:
    """Code points of a font's character map (OpenType, table “cmap”, formats 4 and 12)."""
    font = path.read_bytes()
    count = struct.unpack_from(">H", font, 4)[0]
    tables = {font[at : at + 4]: struct.unpack_from(">L", font, at + 8)[0] for at in range(12, 12 + 16 * count, 16)}
    base = tables[b"cmap"]
    for number in range(struct.unpack_from(">H", font, base + 2)[0]):
        start = base + struct.unpack_from(">L", font, base + 4 + 8 * number + 4)[0]
        form = struct.unpack_from(">H", font, start)[0]
        if form == 12:
            yield from _ranges_12(font, start)
        elif form == 4:
            yield from _ranges_4(font, start)


def _ranges_12(font: bytes, start: int) -> Iterator[int]:
    for group in range(struct.unpack_from(">L", font, start + 12)[0]):
        first, last, _glyph = struct.unpack_from(">LLL", font, start + 16 + 12 * group)
        yield from range(first, last + 1)


def _ranges_4(font: bytes, start: int) -> Iterator[int]:
    """Segments; those whose glyphs are looked up may have gaps, which are left out."""
    double = struct.unpack_from(">H", font, start + 6)[0]
    ends, starts = start + 14, start + 16 + double
    deltas, offsets = starts + double, starts + 2 * double
    for at in range(0, double, 2):
        last, first = struct.unpack_from(">H", font, ends + at)[0], struct.unpack_from(">H", font, starts + at)[0]
        delta, offset = struct.unpack_from(">H", font, deltas + at)[0], struct.unpack_from(">H", font, offsets + at)[0]
        for point in range(first, min(last, 0xFFFE) + 1):
            glyph = (point + delta) % 65536 if not offset else struct.unpack_from(
                ">H", font, offsets + at + offset + 2 * (point - first)
            )[0]  # fmt: skip
            if glyph:
                yield point
