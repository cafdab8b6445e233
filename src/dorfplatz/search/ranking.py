"""Which entry answers best. Pure: postings in, scores out, the same on every database."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

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


def scores(slots: Sequence[Slot], postings: Mapping[str, Mapping[int, float]]) -> dict[int, float]:
    """By entry, how well it answers, of those that answer well enough. `postings` are weights by term and entry.

    There are tens of thousands of postings for common words: these loops are most of what a search costs.
    """
    total = sum(slot.weight for slot in slots) or 1.0
    sums: dict[int, float] = {}
    answered: dict[int, float] = {}
    for slot in slots:
        own = slot.weight
        for entry, score in _best(slot, postings).items():
            sums[entry] = sums.get(entry, 0.0) + score * own
            answered[entry] = answered.get(entry, 0.0) + own
    base, share = 1 - WHOLE, WHOLE / total
    whole = {entry: score * (base + share * answered[entry]) for entry, score in sums.items()}
    least = max(whole.values(), default=0.0) * LEAST_SHARE
    return {entry: round(score, 6) for entry, score in whole.items() if score >= least}


def _best(slot: Slot, postings: Mapping[str, Mapping[int, float]]) -> dict[int, float]:
    """By entry, what its best term counts for this word, and a little of the others."""
    best: dict[int, float] = {}
    for term, counts in slot.answers.items():
        found = postings.get(term)
        if not found:
            continue
        factor = counts * rarity(len(found))
        if not best:
            best = {entry: weight * factor for entry, weight in found.items()}
            continue
        for entry, weight in found.items():
            score, known = weight * factor, best.get(entry, 0.0)
            best[entry] = known + 0.15 * score if known > score else score + 0.15 * known
    return best


def ordered(found: Mapping[int, float]) -> list[int]:
    """Entries that answer well enough, the best first."""
    if not found:
        return []
    least = max(found.values()) * LEAST_SHARE
    return sorted((pk for pk, score in found.items() if score >= least), key=lambda pk: (-found[pk], pk))
