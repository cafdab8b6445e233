"""Whether two titles mean the same thing. Pure."""

from __future__ import annotations

from difflib import SequenceMatcher

ALIKE = 0.8


def alike(a: str, b: str) -> bool:
    """Equal but for case, one inside the other, or nearly the same letters."""
    one, other = a.casefold().strip(), b.casefold().strip()
    return one == other or one in other or other in one or SequenceMatcher(None, one, other).ratio() >= ALIKE
