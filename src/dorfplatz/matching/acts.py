"""What is wanted, or done: lent, given, let, taught, learnt, done, done together. Who lends a mower does not mow.

Pure.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dorfplatz.matching.concepts import kinds_of
from dorfplatz.matching.sides import Side, Way
from dorfplatz.search.words import fold, words

FILE = Path(__file__).parent / "vocabulary" / "acts.toml"
HALF = 0.5
OF_WAY = {Way.TOGETHER: "together", Way.LEARN: "learn"}
IN_TITLE, IN_TEXT = 2, 1
# What the cues of a sort can say; and what it is without any.
CUES = {
    "ask": ("teach_gladly", "learn", "lend", "rent", "give", "together"),
    "offer": ("lend", "give", "rent", "teach"),
    "gift": ("teach",),
    "place": ("event", "lend", "rent", "free"),
}
MEANS = {"teach_gladly": "teach", "free": "rent"}
OTHERWISE = {"place": "there", "wish": "wish"}


@dataclass(frozen=True)
class Acts:
    """The list of the release. Cues are words and phrases in a row, folded, with a space before and after."""

    cues: Mapping[str, Sequence[str]]
    together: Mapping[str, Mapping[str, float]]
    topics: Mapping[str, str]


@cache
def listed() -> Acts:
    stated = tomllib.loads(FILE.read_text("utf-8"))
    cues = {act: tuple(_cue(cue) for cue in text.replace("|", ",").split(",")) for act, text in stated["cues"].items()}
    return Acts(cues, stated["together"], stated["topics"])


def _cue(stated: str) -> str:
    """“ in a row ”; the end of a word has no space before it."""
    end = stated.strip().startswith("-")
    return f"{_plain(stated)} " if end else f" {_plain(stated)} "


def _plain(text: str) -> str:
    return " ".join(fold(word) for word in words(text))


def act_of(side: Side) -> str:
    """What is wanted of the other, or done: as the room has asked for it, else as the words say."""
    for topic in sorted(side.topics):
        if topic in listed().topics:
            return listed().topics[topic]
    if side.way in OF_WAY:
        return OF_WAY[side.way]
    found = {act: _count(side, listed().cues[act]) for act in CUES.get(side.sort, ())}
    best = max(found, key=lambda act: found[act], default="")
    if found.get(best):
        return MEANS.get(best, best)
    return OTHERWISE.get(side.sort) or _by_its_title(side)


def _by_its_title(side: Side) -> str:
    """Somebody asks for a thing, or a room; or offers one; else something is done."""
    kinds = kinds_of(side.title, side.language)
    if side.sort == "ask" and kinds:
        return "rent" if "room" in kinds else "lend"
    if side.sort == "offer" and not _count(side, listed().cues["self"]):
        return "rent" if "room" in kinds else "give"
    return "do"


def _count(side: Side, cues: Sequence[str]) -> int:
    title, text = f" {_plain(side.title)} ", f" {_plain(side.text)} "
    return sum(IN_TITLE * (cue in title) + IN_TEXT * (cue in text) for cue in cues)


def go_together(needs: str, has: str) -> float:
    """How well two acts go together, from 0 to 1."""
    return listed().together.get(needs, {}).get(has, HALF)
