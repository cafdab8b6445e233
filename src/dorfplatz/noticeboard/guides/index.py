"""The alphabetical index of a guide: names, and kinds of things. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from dorfplatz.kernel.text import excerpt
from dorfplatz.places.queries.board import fold

LONGEST = 60
OTHER = "#"


@dataclass
class IndexLine:
    """A word and the numbers of the entries it leads to; `is_kind` for a category."""

    word: str
    is_kind: bool = False
    numbers: list[int] = field(default_factory=list)


def index_of(names: Iterable[tuple[str, int]], kinds: Iterable[tuple[str, int]]) -> list[tuple[str, list[IndexLine]]]:
    """By first letter, in the order of the alphabet; what begins with no letter of ours comes last."""
    lines: dict[tuple[str, bool], IndexLine] = {}
    for pairs, is_kind in ((names, False), (kinds, True)):
        for word, number in pairs:
            short = excerpt(word, LONGEST)
            line = lines.setdefault((short, is_kind), IndexLine(short, is_kind))
            if number not in line.numbers:
                line.numbers.append(number)
    groups: dict[str, list[IndexLine]] = {}
    for line in sorted(lines.values(), key=_order):
        groups.setdefault(_letter(line.word), []).append(line)
    return sorted(groups.items(), key=lambda group: (group[0] == OTHER, group[0]))


def _order(line: IndexLine) -> tuple[str, bool]:
    return _bare(line.word), line.is_kind


def _bare(word: str) -> str:
    return fold(word).lstrip(" \"'„“”‚‘’»«(-–—.,*#")


def _letter(word: str) -> str:
    first = _bare(word)[:1].upper()
    return first if "A" <= first <= "Z" else OTHER
