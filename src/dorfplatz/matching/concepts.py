"""From words to what they are about, alike in German and Dutch. Pure.

Three sorts of terms: “drive”, a concept of our own list; “~12”, a group of the search's words; “fahrrad”, a word.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any

from dorfplatz.search.lexicon import lexicon
from dorfplatz.search.words import fold, forms, words

FILE = Path(__file__).parent / "vocabulary" / "concepts.toml"
# What a word counts for the concept it stands for: itself, the last part of a compound, another part, a phrase.
ITSELF, LAST_PART, OTHER_PART, PHRASE = 1.0, 0.85, 0.5, 0.9
OF_THE_SEARCH, WORD, WEAK_WORD = 0.35, 0.42, 0.12
LEAST_WORD, LEAST_STEM, LEAST_PIECE = 3, 4, 4
LANGUAGES = ("de", "nl")
# Ends of compounds that are short and still say what it is.
SHORT_ENDS = frozenset({"les", "rad", "bus", "rit"})


@dataclass(frozen=True)
class Concept:
    """One thing neighbours have or need, with its names and words by language, and what leads to it.

    A wide one says little. `kind` is “thing” or “room”, where it is one.
    """

    key: str
    names: Mapping[str, str] = field(hash=False)
    words: Mapping[str, tuple[tuple[str, ...], ...]] = field(hash=False)
    topics: tuple[str, ...] = ()
    is_wide: bool = False
    kind: str = ""


class Vocabulary:
    """The list of the release, looked up by words in any of their forms, in each language for itself."""

    def __init__(self, concepts: tuple[Concept, ...]) -> None:
        self.concepts = {concept.key: concept for concept in concepts}
        self._words: dict[tuple[str, str], set[str]] = {}
        self._phrases: dict[tuple[str, str], list[tuple[frozenset[str], str]]] = {}
        self.by_topic: dict[str, list[str]] = {}
        for concept in concepts:
            for topic in concept.topics:
                self.by_topic.setdefault(topic, []).append(concept.key)
            for language, phrases in concept.words.items():
                for phrase in phrases:
                    self._take(phrase, language, concept.key)

    def _take(self, phrase: tuple[str, ...], language: str, key: str) -> None:
        if len(phrase) == 1:
            for form in forms_in(phrase[0], language):
                self._words.setdefault((language, form), set()).add(key)
            return
        whole = frozenset(fold(word) for word in phrase)
        for form in whole:
            self._phrases.setdefault((language, form), []).append((whole, key))

    @cached_property
    def known(self) -> Mapping[str, frozenset[str]]:
        """Words a compound may be made of, by language."""
        return {code: frozenset(word for language, word in self._words if language == code) for code in LANGUAGES}

    def meant_by(self, word: str, language: str) -> set[str]:
        return {key for form in forms_in(word, language) for key in self._words.get((language, form), ())}

    def meant_by_phrases(self, said: frozenset[str], language: str) -> Iterator[str]:
        for form in said:
            for whole, key in self._phrases.get((language, form), ()):
                if whole <= said:
                    yield key


@cache
def vocabulary() -> Vocabulary:
    """Read once a process."""
    stated = tomllib.loads(FILE.read_text("utf-8"))["concept"]
    return Vocabulary(tuple(_concept(row) for row in stated))


def _concept(row: Mapping[str, Any]) -> Concept:
    sides = dict(zip(LANGUAGES, row["words"].split("|"), strict=True))
    said = {code: tuple(tuple(words(phrase)) for phrase in text.split(",")) for code, text in sides.items()}
    return Concept(
        row["key"], row["names"], said, tuple(row.get("topics", ())), row.get("wide", False), row.get("kind", "")
    )


def forms_in(word: str, language: str) -> tuple[str, ...]:
    """As written, and its stem in that language where the stem still says something."""
    some = forms(word)
    stem = some[min(1 if language == "de" else 2, len(some) - 1)]
    return (some[0], stem) if len(stem) >= LEAST_STEM else some[:1]


def pieces(word: str, language: str) -> tuple[str, ...]:
    """The known end and the known beginning of a compound; the end says what the thing is."""
    whole, known = fold(word), vocabulary().known[language]
    ends = (whole[at:] for at in range(LEAST_WORD, len(whole) - LEAST_WORD + 1))
    end = next((some for some in ends if some in known and (len(some) >= LEAST_PIECE or some in SHORT_ENDS)), "")
    heads = (whole[:at] for at in range(len(whole) - LEAST_WORD, LEAST_WORD, -1))
    head = next((some for some in heads if some in known or some.removesuffix("s") in known), "")
    head = head if head in known else head.removesuffix("s")
    return tuple(piece for piece in (end, head if len(head) >= LEAST_PIECE else "") if piece)


@lru_cache(maxsize=20_000)
def terms_of_word(word: str, language: str) -> Mapping[str, float]:
    """All that one word stands for, each with what it counts."""
    listed, found = lexicon(), dict[str, float]()
    plain, language = fold(word), language if language in LANGUAGES else LANGUAGES[0]
    if plain in listed.stop_words or len(plain) < LEAST_WORD:
        return found
    for key in vocabulary().meant_by(word, language):
        found[key] = ITSELF
    split = () if found or plain in listed.opaque else pieces(word, language)
    for number, piece in enumerate(split):
        for key in vocabulary().meant_by(piece, language):
            found[key] = max(found.get(key, 0.0), OTHER_PART if number else LAST_PART)
    for concept in listed.meant_by(word):
        if not concept.is_loose:
            found[f"~{listed.concepts.index(concept)}"] = OF_THE_SEARCH
    found[f"={forms_in(word, language)[-1]}"] = WEAK_WORD if plain in listed.weak else WORD
    return found


def terms_of_text(text: str, language: str) -> Mapping[str, float]:
    """All that a text is about: of each term the most it counts anywhere."""
    found: dict[str, float] = {}
    language = language if language in LANGUAGES else LANGUAGES[0]
    said = list(words(text))
    for word in said:
        for term, counts in terms_of_word(word, language).items():
            found[term] = max(found.get(term, 0.0), counts)
    for key in vocabulary().meant_by_phrases(frozenset(fold(word) for word in said), language):
        found[key] = max(found.get(key, 0.0), PHRASE)
    for turn in lexicon().meant_by_turns(text):
        for term, counts in terms_of_word(turn, language).items():
            found[term] = max(found.get(term, 0.0), counts * PHRASE)
    return found


def is_word(term: str) -> bool:
    return term.startswith("=")


def name_of(term: str, language: str) -> str:
    """A theme as readers of that language call it."""
    concept = vocabulary().concepts.get(term)
    if concept is not None:
        return concept.names.get(language) or concept.names["en"]
    group = lexicon().concepts[int(term[1:])]
    return " ".join((group.dutch if language == "nl" else group.german)[0])


def kinds_of(text: str, language: str) -> frozenset[str]:
    """Whether a text is about things or rooms: the kinds of what it says most."""
    found = {term: counts for term, counts in terms_of_text(text, language).items() if term in vocabulary().concepts}
    best = max(found.values(), default=0.0)
    said = {vocabulary().concepts[term].kind for term, counts in found.items() if counts == best}
    return frozenset(said - {""}) if "" not in said or "room" in said else frozenset()
