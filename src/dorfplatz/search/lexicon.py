"""What words mean together: groups of German, Dutch and dialect words, and the themes they lead to. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from dorfplatz.search.words import allowed_slips, distance, fold, forms, slips, words

FOLDER = Path(__file__).parent / "vocabulary"
LONGEST_PHRASE = 3


@dataclass(frozen=True)
class Concept:
    """Words that stand for one another, each a tuple of the words of a phrase, and the themes that answer them.

    Those of a loose one lead to the same themes without meaning the same: shelf and stairs, to the joiner.
    """

    german: tuple[tuple[str, ...], ...]
    dutch: tuple[tuple[str, ...], ...]
    themes: tuple[str, ...]
    is_loose: bool = False

    @property
    def phrases(self) -> Iterator[tuple[str, ...]]:
        yield from self.german
        yield from self.dutch

    @property
    def single_words(self) -> Iterator[str]:
        return (phrase[0] for phrase in self.phrases if len(phrase) == 1 and not self.is_loose)


class Lexicon:
    """All concepts, looked up by the words of a question."""

    def __init__(
        self,
        concepts: Iterable[Concept],
        stop_words: frozenset[str],
        opaque: frozenset[str],
        weak: frozenset[str] = frozenset(),
        turns: Mapping[str, str] | None = None,
    ) -> None:
        self.concepts = tuple(concepts)
        self.stop_words = stop_words
        self.opaque = opaque
        self.weak = weak
        self.turns = turns or {}

    @cached_property
    def parts(self) -> frozenset[str]:
        """Words a compound may be made of."""
        found = {fold(word) for concept in self.concepts for phrase in concept.phrases for word in phrase}
        return frozenset(word for word in found if len(word) > 2 and word not in self.stop_words)

    @cached_property
    def _by_words(self) -> Mapping[frozenset[str], list[Concept]]:
        found: dict[frozenset[str], list[Concept]] = {}
        for concept in self.concepts:
            for phrase in concept.phrases:
                keys = {frozenset(key_of(word, n) for word in phrase) for n in (0, 1, 2)}
                for key in keys:
                    known = found.setdefault(key, [])
                    if concept not in known:
                        known.append(concept)
        return found

    @cached_property
    def _slips(self) -> Mapping[str, set[str]]:
        found: dict[str, set[str]] = {}
        for word in self.parts:
            for key in slips(word) if len(word) > 3 else ():
                found.setdefault(key, set()).add(word)
        return found

    def prepare(self) -> None:
        """Work out now what is otherwise worked out when the first reader asks."""
        _ = self.parts, self._by_words, self._slips

    def meant_by(self, *some: str) -> list[Concept]:
        """The concepts one word, or several words together, stand for; inflected forms count as the word."""
        found: dict[int, Concept] = {}
        for n in (0, 1, 2):
            for concept in self._by_words.get(frozenset(key_of(word, n) for word in some), ()):
                found[id(concept)] = concept
        return list(found.values())

    def meant_by_turns(self, text: str) -> list[str]:
        """The words that turns of phrase in a text stand for."""
        said = f" {_plain(text)} "
        return list(dict.fromkeys(word for turn, word in self.turns.items() if f" {turn} " in said))

    def nearest(self, word: str) -> list[str]:
        """Known words that differ by a slip, the nearest only."""
        written = fold(word)
        most = allowed_slips(written)
        if not most:
            return []
        near = {known for key in slips(written) for known in self._slips.get(key, ())}
        found = sorted((distance(written, known, most), known) for known in near)
        return [known for steps, known in found if steps <= most and steps == found[0][0]][:4]


def key_of(word: str, form: int) -> str:
    """A word in one of its forms: as written, German stem, Dutch stem."""
    some = forms(word)
    return some[min(form, len(some) - 1)]


@cache
def lexicon() -> Lexicon:
    """The list of the release, read once a process."""
    stop_words = frozenset(fold(word) for word in _tokens("stop_words.txt"))
    opaque = frozenset(fold(word) for word in _tokens("opaque.txt"))
    concepts = [read_concept(line, stop_words) for line in _lines("concepts.txt")]
    weak = frozenset(fold(word) for word in _tokens("weak_words.txt"))
    return Lexicon(concepts, stop_words, opaque, weak, dict(_turns()))


def _turns() -> Iterator[tuple[str, str]]:
    """Turns of phrase, each as its folded words with one space between, and what they stand for."""
    for line in _lines("turns.txt"):
        word, _, said = line.partition(":")
        for turn in said.split(","):
            yield _plain(turn), word


def _plain(text: str) -> str:
    return " ".join(fold(word) for word in words(text))


def _lines(name: str) -> Iterator[str]:
    for line in (FOLDER / name).read_text("utf-8").splitlines():
        said = line.partition("//")[0].strip()
        if said:
            yield said


def _tokens(name: str) -> Iterator[str]:
    return (word for line in _lines(name) for word in line.split())


def read_concept(line: str, stop_words: frozenset[str]) -> Concept:
    """One line of the list: German words | Dutch words | themes, “~” before a loose one.

    Raises ValueError for another shape.
    """
    german, dutch, themes = (part.strip() for part in line.removeprefix("~").split("|"))
    said = _phrases(german, stop_words), _phrases(dutch, stop_words)
    return Concept(*said, tuple(themes.split()), is_loose=line.startswith("~"))


def _phrases(text: str, stop_words: frozenset[str]) -> tuple[tuple[str, ...], ...]:
    found = (tuple(w for w in words(part) if fold(w) not in stop_words) for part in text.split(","))
    return tuple(dict.fromkeys(phrase for phrase in found if 0 < len(phrase) <= LONGEST_PHRASE))
