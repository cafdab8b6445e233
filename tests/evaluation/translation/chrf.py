"""chrF++: how alike a translation and its reference are, from 0 to 100. Popović 2017: letters in runs of up to six,
words in runs of up to two, recall counts twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

LETTERS, WORDS, BETA = 6, 2, 2.0
_SIGNS = ".,;:!?\"“”„'()"


def chrf(pairs: Iterable[tuple[str, str]]) -> float:
    """Of (translation, reference) pairs, as one text each."""
    found, said, wanted = Counter[int](), Counter[int](), Counter[int]()
    for translation, reference in pairs:
        for order, (one, other) in enumerate(zip(_runs(translation), _runs(reference), strict=True)):
            found[order] += (one & other).total()
            said[order] += one.total()
            wanted[order] += other.total()
    scores = [_f(found[order], said[order], wanted[order]) for order in wanted if wanted[order]]
    return 100 * sum(scores) / len(scores) if scores else 0.0


def _f(found: int, said: int, wanted: int) -> float:
    precision, recall = found / said if said else 0.0, found / wanted
    if not precision + recall:
        return 0.0
    return (1 + BETA**2) * precision * recall / (BETA**2 * precision + recall)


def _runs(text: str) -> Iterator[Counter[Sequence[str]]]:
    letters = "".join(text.split())
    for length in range(1, LETTERS + 1):
        yield Counter(letters[at : at + length] for at in range(len(letters) - length + 1))
    words = [part for word in text.split() for part in _parted(word)]
    for length in range(1, WORDS + 1):
        yield Counter(tuple(words[at : at + length]) for at in range(len(words) - length + 1))


def _parted(word: str) -> list[str]:
    """A word, and the sign at its end or beginning for itself."""
    if len(word) > 1 and word[-1] in _SIGNS:
        return [word[:-1], word[-1]]
    if len(word) > 1 and word[0] in _SIGNS:
        return [word[0], word[1:]]
    return [word]
