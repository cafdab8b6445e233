"""Comparing street names as people write them: “Hauptstr”, “Haubtstrasse”, “Muehlenweg”. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

# From here on somebody who mistyped may have meant it.
LIKELY = 0.5
EXACT, BEGINS, HOLDS = 4.0, 3.0, 2.0
_SPELLINGS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ĳ": "ij", "ø": "o"})
_STREET = re.compile(r"str(?:asse|aat|\.)?(?=\W|$)")
_SAINT = re.compile(r"\b(?:sankt|sint|st\.)(?=\W|$)")
_NO_LETTER = re.compile(r"[\W_]+")
_NUMBERED = re.compile(
    r"^(?P<street>\D{2,}?)[\s,]*(?P<number>\d{1,4}\s?[a-zA-Z]?(?:\s?[-/]\s?\d{1,4}[a-zA-Z]?)?)(?=[\s,]|$)(?P<rest>.*)$"
)
_POSTCODE = re.compile(r"\b(?:\d{5}|\d{4}\s?[A-Z]{2})\b")
_PIECES = re.compile(r"(\d+)")


def fold(text: str) -> str:
    """What is left of a name when spelling, umlauts, hyphens and the word for “street” do not matter."""
    plain = text.casefold().translate(_SPELLINGS)
    plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    plain = _SAINT.sub("st", _STREET.sub("str", plain))
    for written, meant in (("ae", "a"), ("oe", "o"), ("ue", "u"), ("ij", "y")):
        plain = plain.replace(written, meant)
    return _NO_LETTER.sub("", plain)


def split_number(text: str) -> tuple[str, str]:
    """“Hauptstr. 12 a, 47559 Niel” as street with its village, and number. The number is "" where there is none."""
    found = _NUMBERED.match(" ".join(_POSTCODE.sub(" ", text).split()))
    if not found:
        return text, ""
    return f"{found['street']} {found['rest'].strip(' ,')}".strip(), found["number"]


@dataclass(frozen=True)
class Name:
    """A street among which is searched; `whole` is its name with its village after it."""

    pk: int
    key: str
    whole: str
    pieces: frozenset[str] = field(repr=False)


def name_of(pk: int, street: str, place: str) -> Name:
    key = fold(street)
    return Name(pk, key, key + fold(place), pieces_of(key))


def best(names: Iterable[Name], text: str, most: int) -> list[int]:
    """The ids of the streets that may be meant, the likeliest first."""
    wanted = fold(text)
    if not wanted:
        return []
    pieces = pieces_of(wanted)
    rated = [(rate, name) for name in names if (rate := _likeness(name, wanted, pieces)) >= LIKELY]
    # Nobody who wrote a name rightly meant another one.
    least = HOLDS if any(rate >= HOLDS for rate, _name in rated) else LIKELY
    found = sorted((-rate, len(name.key), name.whole, name.pk) for rate, name in rated if rate >= least)
    return [pk for *_, pk in found[:most]]


def number_rank(number: str) -> list[tuple[int, str]]:
    """By which house numbers stand as along the street: 2 before 10, 12 before 12a."""
    return [(int(piece), "") if piece.isdecimal() else (0, piece.strip().casefold()) for piece in _PIECES.split(number)]


def pieces_of(key: str) -> frozenset[str]:
    """All runs of three letters, of which the first knows that it is the beginning."""
    padded = f" {key}"
    return frozenset(padded[i : i + 3] for i in range(max(len(padded) - 2, 1)))


def _likeness(name: Name, wanted: str, pieces: frozenset[str]) -> float:
    if wanted in (name.key, name.whole):
        return EXACT
    if name.whole.startswith(wanted):
        return BEGINS
    if wanted in name.whole:
        return HOLDS
    return len(pieces & name.pieces) / len(pieces)
