"""Which entry answers best. Pure: postings in, scores out, the same on every database."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from dorfplatz.search.question import Slot

# As many entries a municipality is taken to have; a constant, so that results do not shift with each new entry.
USUAL_ENTRIES = 2000
# What an entry has of the best one's score at least, to be shown.
LEAST_SHARE = 0.22
# Part of the score that depends on how much of the question is answered.
WHOLE = 0.6


def rarity(entries: int) -> float:
    """How much a term tells: the fewer entries have it, the more."""
    return math.log(1 + USUAL_ENTRIES / max(entries, 1))


def scores(slots: Sequence[Slot], postings: Iterable[tuple[str, int, float]]) -> dict[int, float]:
    """By entry, how well it answers. `postings` are (term, entry, weight)."""
    by_term: dict[str, list[tuple[int, float]]] = {}
    for term, entry, weight in postings:
        by_term.setdefault(term, []).append((entry, weight))
    telling = {term: rarity(len(found)) for term, found in by_term.items()}
    total = sum(slot.weight for slot in slots) or 1.0
    sums: dict[int, float] = {}
    answered: dict[int, float] = {}
    for slot in slots:
        for entry, score in _best(slot, by_term, telling).items():
            sums[entry] = sums.get(entry, 0.0) + score * slot.weight
            answered[entry] = answered.get(entry, 0.0) + slot.weight
    return {entry: round(score * (1 - WHOLE + WHOLE * answered[entry] / total), 6) for entry, score in sums.items()}


def _best(
    slot: Slot, by_term: Mapping[str, Sequence[tuple[int, float]]], telling: Mapping[str, float]
) -> dict[int, float]:
    """By entry, what its best term counts for this word, and a little of the others."""
    best: dict[int, float] = {}
    for term, counts in slot.answers.items():
        for entry, weight in by_term.get(term, ()):
            score = counts * weight * telling[term]
            known = best.get(entry, 0.0)
            best[entry] = max(known, score) + 0.15 * min(known, score)
    return best


def ordered(found: Mapping[int, float]) -> list[int]:
    """Entries that answer well enough, the best first."""
    if not found:
        return []
    least = max(found.values()) * LEAST_SHARE
    return sorted((pk for pk, score in found.items() if score >= least), key=lambda pk: (-found[pk], pk))
