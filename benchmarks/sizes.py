"""How much is seeded: a few municipalities and many, of the same size each, so that their costs can be compared."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Size:
    """`few` and `many` municipalities with so many `villages` and `entries` each; how often each page is asked.

    Questions come at random moments for `loop_s` seconds. `people` are in the lists of those in charge, with as many
    reports; `sentences` are translated. `life` is what each municipality has of people, posts, dates, asks, comments.
    """

    few: int
    many: int
    villages: int
    entries: int
    asked: int
    loop_s: float
    throughput_s: float
    people: int
    sentences: int
    life: tuple[int, int, int, int, int]


LIVES = {
    "smoke": (5, 30, 6, 6, 40),
    "small": (200, 600, 200, 200, 1_000),
    "full": (2_000, 6_000, 2_000, 2_000, 10_000),
}
SIZES = {
    "smoke": Size(1, 2, 3, 20, asked=2, loop_s=0.4, throughput_s=0.2, people=100, sentences=2, life=LIVES["smoke"]),
    "small": Size(2, 8, 9, 300, asked=40, loop_s=6, throughput_s=2, people=5_000, sentences=40, life=LIVES["small"]),
    "full": Size(
        5, 50, 9, 2000, asked=200, loop_s=600, throughput_s=4, people=100_000, sentences=120, life=LIVES["full"]
    ),
}


def fingerprint(municipalities: int, size: Size) -> str:
    """Changes with the tables, with what is seeded and with how much of it: what is seeded already is used again."""
    digest = hashlib.sha256(f"{municipalities} {size.villages} {size.entries} {size.life}".encode())
    sources = [*ROOT.glob("src/dorfplatz/*/migrations/*.py"), *ROOT.glob("src/dorfplatz/places/taxonomy_data/*.toml")]
    for path in sorted([*sources, *Path(__file__).parent.glob("seed*/*.py"), Path(__file__).parent / "seed.py"]):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
