"""How good the suggestions are, against pairs labelled by somebody who had not seen the ranking."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dorfplatz.matching.ranking import ranked, rarity_among, read
from dorfplatz.matching.sides import Side, Way

FOLDER = Path(__file__).parent
SETS = ("tune", "apart", "fresh")
WEEKDAYS = {"mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6}
FIVE = 5
GOALS = {"first": 0.8, "recall": 0.8, "first_across": 0.6, "recall_across": 0.6}


@dataclass(frozen=True)
class Half:
    """What is needed, what there is, and what fits what, by ids."""

    needs: Sequence[Side]
    has: Sequence[Side]
    fits: Mapping[str, frozenset[str]]
    names: Mapping[str, str]


def read_half(name: str) -> Half:
    rows = [json.loads(line) for line in (FOLDER / name / "items.jsonl").read_text("utf-8").splitlines()]
    pairs = [json.loads(line) for line in (FOLDER / name / "pairs.jsonl").read_text("utf-8").splitlines()]
    villages = {village: number for number, village in enumerate(sorted({row["village"] for row in rows}), 1)}
    sides = {row["id"]: _side(row, villages) for row in rows}
    names = {side.key: pk for pk, side in sides.items()}
    fits: dict[str, set[str]] = {}
    for pair in pairs:
        if pair["fits"]:
            fits.setdefault(sides[pair["need"]].key, set()).add(sides[pair["has"]].key)
    needs = [sides[row["id"]] for row in rows if row["side"] == "needs"]
    has = [sides[row["id"]] for row in rows if row["side"] == "has"]
    return Half(needs, has, {key: frozenset(keys) for key, keys in fits.items()}, names)


def _side(row: Mapping[str, Any], villages: Mapping[str, int]) -> Side:
    sort = "place" if row["sort"] == "asset" else row["sort"]
    way = Way(row["way"]) if row.get("way") else None
    days = frozenset(WEEKDAYS[day] for day in row["weekdays"])
    return Side(
        f"{sort}:{int(row['id'][1:])}", row["title"], row["text"], row["language"],
        villages=frozenset({villages[row["village"]]}), days=days, way=way,
    )  # fmt: skip


@dataclass(frozen=True)
class Figures:
    """Shares from 0 to 1. Across: among things in the other language only; and how many of those that fit are found."""

    first: float
    recall: float
    first_across: float
    recall_across: float
    needs: int

    def as_json(self) -> dict[str, float]:
        return {name: round(value, 3) for name, value in vars(self).items()}


def figures_of(half: Half) -> Figures:
    """The first suggestion of each need, and how many that fit are among the first five, against all there is."""
    order = dict(orders(half))
    across = {
        need.key: {has.key for has in half.has if has.language != need.language} & half.fits[need.key]
        for need in half.needs
    }
    foreign = {need.key: {has.key for has in half.has if has.language != need.language} for need in half.needs}
    firsts = [keys[:1] and keys[0] in half.fits[need] for need, keys in order.items()]
    over = [need for need, keys in across.items() if keys]
    firsts_across = [next((k for k in order[need] if k in foreign[need]), "") in across[need] for need in over]
    return Figures(
        _share(map(bool, firsts)), _recall(order, half.fits), _share(firsts_across), _recall(order, across),
        len(half.needs),
    )  # fmt: skip


def orders(half: Half) -> Iterator[tuple[str, list[str]]]:
    needs, has = [read(side) for side in half.needs], [read(side) for side in half.has]
    rarity = rarity_among([*needs, *has])
    for need in needs:
        yield need.side.key, [found.has for found in ranked(need, has, rarity)]


def _share(hits: Iterable[bool]) -> float:
    counted = list(hits)
    return sum(counted) / len(counted) if counted else 0.0


def _recall(order: Mapping[str, Sequence[str]], wanted: Mapping[str, Iterable[str]]) -> float:
    return _share(key in order[need][:FIVE] for need, keys in wanted.items() for key in keys)


def missed(figures: Mapping[str, float]) -> list[str]:
    """The goals that are not reached, each with what was."""
    return [f"{name} {figures[name]}" for name, goal in GOALS.items() if figures[name] < goal]
