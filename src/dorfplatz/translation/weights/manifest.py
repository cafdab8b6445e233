"""What can be installed: for each pair of languages its files, with sizes and checksums (facts of the publisher)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dorfplatz.translation.weights.shelf import PIVOT

FILE = Path(__file__).with_name("firefox.json")
# Where the publisher keeps the files of exactly this state.
BASE = "https://media.githubusercontent.com/media/mozilla/firefox-translations-models/e7957fc407441a5e3e35bbcbf9d60d9b35764618/"


@dataclass(frozen=True)
class Packed:
    """One file as it is published, packed with gzip. Of some, size and checksum are known of the packed form only."""

    part: str
    path: str
    packed_size: int
    packed_sha256: str
    size: int = 0
    sha256: str = ""


@dataclass(frozen=True)
class Model:
    """The model of one pair. `build` is “full” or “small”: half the size, a little worse."""

    pair: str
    build: str
    bleu: float
    files: tuple[Packed, ...]

    @property
    def packed_size(self) -> int:
        return sum(file.packed_size for file in self.files)

    @property
    def key(self) -> str:
        """Names exactly this model: the checksum of its weights."""
        return next(file.sha256 or file.packed_sha256 for file in self.files if file.part == "model")


def models(build: str = "full", file: Path = FILE) -> dict[str, Model]:
    """The models that can be installed, by pair."""
    return {
        one["pair"]: Model(one["pair"], one["build"], one["bleu"], tuple(Packed(**packed) for packed in one["files"]))
        for one in json.loads(file.read_text())["models"]
        if one["build"] == build
    }


def pairs_for(languages: Sequence[str]) -> list[str]:
    """The pairs that lead from each of the languages to each other: by way of English."""
    others = [code for code in dict.fromkeys(languages) if code != PIVOT]
    return [pair for code in others for pair in (f"{code}-{PIVOT}", f"{PIVOT}-{code}")]
