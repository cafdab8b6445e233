"""How much is seeded: a few municipalities and many, of the same size each, so that their costs can be compared."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Size:
    """`few` and `many` municipalities with so many `villages` and `entries` each; how often each page is asked."""

    few: int
    many: int
    villages: int
    entries: int
    asked: int
    loop_s: float
    throughput_s: float


SIZES = {
    "smoke": Size(few=1, many=2, villages=3, entries=20, asked=2, loop_s=0.4, throughput_s=0.2),
    "small": Size(few=2, many=8, villages=9, entries=300, asked=40, loop_s=6, throughput_s=2),
    "full": Size(few=5, many=50, villages=9, entries=2000, asked=200, loop_s=30, throughput_s=4),
}


def fingerprint(municipalities: int, size: Size) -> str:
    """Changes with the tables, with what is seeded and with how much of it: what is seeded already is used again."""
    digest = hashlib.sha256(f"{municipalities} {size.villages} {size.entries}".encode())
    sources = [*ROOT.glob("src/dorfplatz/*/migrations/*.py"), *ROOT.glob("src/dorfplatz/places/taxonomy_data/*.toml")]
    for path in sorted([*sources, *Path(__file__).parent.glob("seed*/*.py"), Path(__file__).parent / "seed.py"]):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
