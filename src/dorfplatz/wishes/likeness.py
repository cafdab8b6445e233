"""How alike what people wish is: words by their stems, across languages by what they mean, rare ones above all. Pure.

Two texts are compared by the cosine of their features, each weighed by how few of all texts have it (tf-idf). A
feature is a stem, or a group of words that stand for one another in German, Dutch and the dialects
(`search.lexicon`): so “Bank” and “bankje” meet. Without translation this reaches as far as these words do.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from dorfplatz.search.lexicon import Lexicon
from dorfplatz.search.words import fold, forms, parts, words

TITLE, BODY = 2.0, 1.0
# What is meant counts more than how it is written; a part of a compound less than the whole.
MEANING, STEM, PART, WEAK = 1.3, 1.0, 0.6, 0.35
LEAST_LETTERS = 3
# Words of wishes that the search needs no groups for.
COMMON = (
    ("platz", "dorfplatz", "plein", "dorpsplein", "brink"), ("gemeinsam", "zusammen", "samen", "gezamenlijk"),
    ("dorfhaus", "dorfgemeinschaftshaus", "dorpshuis", "gemeenschapshuis"), ("schatten", "schaduw"),
    ("schnell", "rasen", "hard", "snel", "tempo"),
    ("sitzen", "sitzgelegenheit", "bank", "sitzbank", "bankje", "zitten", "zitbank"),
    ("hauptstraße", "durchgangsstraße", "hoofdstraat", "doorgaande"), ("licht", "laterne", "verlichting", "lantaarn"),
    ("müll", "abfall", "dreck", "afval", "rommel", "zwerfafval"), ("ruhig", "stille", "rustig", "stilte"),
    ("eingang", "ortseingang", "ingang", "dorpsentree"), ("lärm", "laut", "lawaai", "herrie"),
)  # fmt: skip


@dataclass(frozen=True)
class Text:
    """One text, by a key of the caller's."""

    key: int
    title: str
    body: str = ""


@dataclass(frozen=True)
class Like:
    """One that is alike: how much (0 to 1), and the words of it that say so, the most telling first."""

    key: int
    score: float
    words: tuple[str, ...]


@dataclass
class _Said:
    weights: dict[str, float] = field(default_factory=dict)
    told_by: dict[str, str] = field(default_factory=dict)  # of each feature, the word as written

    def take(self, feature: str, weight: float, word: str) -> None:
        self.weights[feature] = self.weights.get(feature, 0.0) + weight
        self.told_by.setdefault(feature, word)


class Likeness:
    """Compares texts with one another. `alike` are further groups of words that mean the same: those of a place."""

    def __init__(self, texts: Sequence[Text], lexicon: Lexicon, alike: Iterable[Collection[str]] = ()) -> None:
        self._lexicon = lexicon
        self._groups: dict[str, set[str]] = {}
        for number, group in enumerate((*COMMON, *alike)):
            for word in group:
                for form in forms(fold(word)):
                    self._groups.setdefault(form, set()).add(f"+{number}")
        self._concepts: dict[int, str] = {id(one): f"#{number}" for number, one in enumerate(lexicon.concepts)}
        said = {text.key: self._features(text) for text in texts}
        seen = Counter(feature for one in said.values() for feature in one.weights)
        self._told = {key: one.told_by for key, one in said.items()}
        self._vectors = {key: _unit(one.weights, seen, len(said)) for key, one in said.items()}

    def between(self, one: int, other: int) -> float:
        """From 0, nothing in common, to 1."""
        return min(1.0, sum(self._shared(one, other).values()))

    def nearest(self, to: Collection[int], *, among: Collection[int], least: float, most: int) -> list[Like]:
        """Of `among`, those that are alike to one of these, the most alike first."""
        found = []
        for key in among:
            if key in to or key not in self._vectors:
                continue
            best = max((self._shared(one, key) for one in to if one in self._vectors), key=_total, default={})
            if _total(best) >= least:
                found.append(Like(key, min(1.0, _total(best)), self._telling(key, best)))
        return sorted(found, key=lambda like: (-like.score, like.key))[:most]

    def groups(self, keys: Sequence[int], *, least: float, most: int) -> list[list[int]]:
        """Heaps of two and more that are alike to the first of each; nobody is in two. The largest first."""
        left = [key for key in keys if key in self._vectors]
        found = []
        while left:
            heaps = [[one, *(other for other in left if other != one and self.between(one, other) >= least)]
                     for one in left]  # fmt: skip
            best = max(heaps, key=len)
            if best == best[:1]:
                break
            found.append(best)
            left = [key for key in left if key not in best]
        return found[:most]

    def _shared(self, one: int, other: int) -> dict[str, float]:
        a, b = self._vectors.get(one, {}), self._vectors.get(other, {})
        return {feature: weight * b[feature] for feature, weight in a.items() if feature in b}

    def _telling(self, key: int, shared: Mapping[str, float]) -> tuple[str, ...]:
        ordered = sorted(shared, key=lambda feature: (-shared[feature], feature))
        return tuple(dict.fromkeys(self._told[key][feature] for feature in ordered))[:3]

    def _features(self, text: Text) -> _Said:
        found = _Said()
        for words_of, weight in ((text.title, TITLE), (text.body, BODY)):
            for word in words(words_of):
                written = fold(word)
                if written in self._lexicon.stop_words or len(written) < LEAST_LETTERS:
                    continue
                colour = WEAK if written in self._lexicon.weak else 1.0
                self._take(found, word, weight * colour, word)
                for part in () if written in self._lexicon.opaque else parts(word, self._lexicon.parts):
                    self._take(found, part, weight * colour * PART, word)
        return found

    def _take(self, found: _Said, word: str, weight: float, told_by: str) -> None:
        meanings = {self._concepts[id(one)] for one in self._lexicon.meant_by(word) if not one.is_loose}
        for form in forms(word):
            meanings |= self._groups.get(form, set())
        for meaning in meanings:
            found.take(meaning, weight * MEANING / math.sqrt(len(meanings)), told_by)
        stems = forms(word)
        for stem in stems:
            found.take(stem, weight * STEM / len(stems), told_by)


def _total(shared: Mapping[str, float]) -> float:
    return sum(shared.values())


def _unit(weights: Mapping[str, float], seen: Mapping[str, int], count: int) -> dict[str, float]:
    weighed = {
        feature: (1 + math.log(1 + weight)) * weight / (1 + weight) * math.log(1 + count / seen[feature])
        for feature, weight in weights.items()
    }
    length = math.sqrt(sum(value * value for value in weighed.values()))
    return {feature: value / length for feature, value in weighed.items()} if length else {}
