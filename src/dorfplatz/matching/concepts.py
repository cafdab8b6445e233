"""From words to what they are about, alike in German and Dutch. Pure.

Three sorts of terms: “drive”, a concept of our own list, or “drive.taxi”, a finer one of it; “~12”, a group of the
search's words; “=fahrrad”, a word.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any

from dorfplatz.search.lexicon import lexicon
from dorfplatz.search.words import fold, forms, words

FOLDER = Path(__file__).parent / "vocabulary"
# What is said counts 1 for the concept it stands for; less the last part of a compound, another part, a phrase.
LAST_PART, OTHER_PART, PHRASE = 0.85, 0.5, 0.9
OF_THE_SEARCH, WORD, WEAK_WORD = 0.5, 0.42, 0.12
PARENT = 0.7  # what a finer concept counts for the wider one it belongs to
AROUND = 0.3  # what a word counts that is said around a thing and does not name it
LEAST_WORD, LEAST_STEM, LEAST_PIECE = 3, 4, 4
LANGUAGES = ("de", "nl")
KEY_LENGTH = 40
# Told apart by an umlaut only, which stems do not show: kitchen and cake.
WHOLE = frozenset({"kuche", "kuchen"})
# Ends of compounds that are short and still say what it is.
SHORT_ENDS = frozenset({"les", "rad", "bus", "rit"})


Phrases = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Concept:
    """One thing neighbours have or need, with its names and words by language, and what leads to it.

    A wide one says little. `kind` is “thing” or “room”, where it is one. `parent` is the wider one a finer belongs to.
    """

    key: str
    names: Mapping[str, str] = field(hash=False)
    words: Mapping[str, Phrases] = field(hash=False)
    topics: tuple[str, ...] = ()
    is_wide: bool = False
    kind: str = ""
    parent: str = ""
    around: Mapping[str, Phrases] = field(hash=False, default_factory=dict)


class Vocabulary:
    """The list of the release, looked up by words in any of their forms, in each language for itself."""

    def __init__(self, concepts: tuple[Concept, ...]) -> None:
        self.concepts = {concept.key: concept for concept in concepts}
        self._words: dict[tuple[str, str], dict[str, float]] = {}
        self._phrases: dict[tuple[str, str], list[tuple[frozenset[str], str, float]]] = {}
        self.by_topic: dict[str, list[str]] = {}
        for concept in concepts:
            for topic in concept.topics:
                self.by_topic.setdefault(topic, []).append(concept.key)
            for language in LANGUAGES:
                for phrase in concept.words.get(language, ()):
                    self._take(phrase, language, concept.key, 1.0)
                for phrase in concept.around.get(language, ()):
                    if len(phrase) > 1 or fold(phrase[0]) not in lexicon().weak:
                        self._take(phrase, language, concept.key, AROUND)

    def _take(self, phrase: tuple[str, ...], language: str, key: str, counts: float) -> None:
        if len(phrase) == 1:
            for form in forms_in(phrase[0], language):
                known = self._words.setdefault((language, form), {})
                known[key] = max(known.get(key, 0.0), counts)
            return
        whole = frozenset(forms_in(word, language)[-1] for word in phrase)
        for form in whole:
            self._phrases.setdefault((language, form), []).append((whole, key, counts))

    @cached_property
    def known(self) -> Mapping[str, frozenset[str]]:
        """Words a compound may be made of, by language."""
        return {code: frozenset(word for language, word in self._words if language == code) for code in LANGUAGES}

    def meant_by(self, word: str, language: str) -> dict[str, float]:
        """What a word stands for, each with what it counts for it."""
        found: dict[str, float] = {}
        for form in forms_in(word, language):
            for key, counts in self._words.get((language, form), {}).items():
                found[key] = max(found.get(key, 0.0), counts)
        return found

    def meant_by_phrases(self, said: frozenset[str], language: str) -> dict[str, float]:
        found: dict[str, float] = {}
        for form in said:
            for whole, key, counts in self._phrases.get((language, form), ()):
                if whole <= said:
                    found[key] = max(found.get(key, 0.0), counts)
        return found


@cache
def vocabulary() -> Vocabulary:
    """Read once a process."""
    stated = tomllib.loads((FOLDER / "concepts.toml").read_text("utf-8"))["concept"]
    wider = {row["key"]: _concept(row) for row in stated}
    lines = (FOLDER / "things.txt").read_text("utf-8").splitlines()
    finer = {one.key: one for one in (_finer(line, wider) for line in lines if line and not line.startswith("//"))}
    return Vocabulary(tuple(_with_around({**wider, **finer})))


def _with_around(concepts: Mapping[str, Concept]) -> Iterator[Concept]:
    """The same, each with what is said around it."""
    by_name = {one.names["de"]: one.key for one in concepts.values() if one.parent} | {key: key for key in concepts}
    said = {}
    for line in (FOLDER / "around.txt").read_text("utf-8").splitlines():
        if not line.startswith("//"):
            name, _colon, text = line.partition(":")
            said[by_name[name]] = _phrases(text)
    yield from (replace(one, around=said.get(one.key, {})) for one in concepts.values())


def _phrases(text: str) -> dict[str, Phrases]:
    """“eins, zwei drei | een, twee drie” by language."""
    sides = dict(zip(LANGUAGES, text.split("|"), strict=True))
    return {code: tuple(tuple(words(phrase)) for phrase in side.split(",")) for code, side in sides.items()}


def _finer(line: str, wider: Mapping[str, Concept]) -> Concept:
    """“bench: Sitzbank, … | Zitbank, …”, “tools (thing): …”."""
    head, _colon, text = line.partition(":")
    parent, _space, kind = head.partition(" ")
    names = {code: side.partition(",")[0].strip() for code, side in zip(LANGUAGES, text.split("|"), strict=True)} | {
        "en": wider[parent].names["en"]
    }
    key = f"{parent}.{fold(names['de'])}"[:KEY_LENGTH]
    return Concept(key, names, _phrases(text), kind=kind.strip("()"), parent=parent)


def _concept(row: Mapping[str, Any]) -> Concept:
    return Concept(
        row["key"],
        row["names"],
        _phrases(row["words"]),
        tuple(row.get("topics", ())),
        row.get("wide", False),
        row.get("kind", ""),
    )


# “Bänkchen”, “laddertje”, “boompje”: small ones; “aufzuhängen”, “gemäht”, “meegereden”: the verb they are of.
_SMALL = {"de": re.compile(r"(?<=.{3})(?:chen|lein)s?$"), "nl": re.compile(r"(?<=.{3})(?:etje|tje|pje|kje|je)s?$")}
_VERB = re.compile(
    r"^(|auf|ab|an|aus|ein|mit|vor|um|weg|hin|her|nach|bei|op|af|aan|uit|in|mee|voor|langs|bij)(?:zu|ge)(?=.{4})"
)
_END_OF_SMALL = re.compile(r"([bdfgklmnprst])\1$")


def plainer(word: str, language: str) -> Iterator[str]:
    """What a word may be an inflection of that stems do not show; for words that are not known themselves."""
    whole = fold(word)
    small = _SMALL[language].sub("", whole)
    if small != whole:
        yield small
        yield _END_OF_SMALL.sub(r"\1", small)
    verb = _VERB.sub(r"\1", whole)
    if verb != whole:
        yield verb


def forms_in(word: str, language: str) -> tuple[str, ...]:
    """As written, and its stem in that language where the stem still says something."""
    some = forms(word)
    if some[0] in WHOLE:
        return some[:1]
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
    found.update(_meant(word, language))
    split = () if plain in listed.opaque or 1.0 in found.values() else pieces(word, language)
    for number, piece in enumerate(split):
        for key, counts in vocabulary().meant_by(piece, language).items():
            found[key] = max(found.get(key, 0.0), counts * (OTHER_PART if number else LAST_PART))
    _widen(found)
    for concept in listed.meant_by(word):
        if not concept.is_loose:
            found[f"~{listed.concepts.index(concept)}"] = OF_THE_SEARCH
    found[f"={forms_in(word, language)[-1]}"] = WEAK_WORD if plain in listed.weak else WORD
    return found


def _meant(word: str, language: str) -> dict[str, float]:
    tried = (word, *plainer(word, language))
    return next((meant for some in tried if (meant := vocabulary().meant_by(some, language))), {})


def _widen(found: dict[str, float]) -> None:
    """What is about a finer concept is about the wider one, too, by less."""
    for key, counts in list(found.items()):
        parent = vocabulary().concepts[key].parent
        if parent:
            found[parent] = max(found.get(parent, 0.0), counts * PARENT)


def terms_of_text(text: str, language: str) -> Mapping[str, float]:
    """All that a text is about: of each term the most it counts anywhere."""
    found: dict[str, float] = {}
    language = language if language in LANGUAGES else LANGUAGES[0]
    said = list(words(text))
    for word in said:
        for term, counts in terms_of_word(word, language).items():
            found[term] = max(found.get(term, 0.0), counts)
    forms_said = frozenset(forms_in(word, language)[-1] for word in said)
    meant = {key: counts * PHRASE for key, counts in vocabulary().meant_by_phrases(forms_said, language).items()}
    _widen(meant)
    for key, counts in meant.items():
        found[key] = max(found.get(key, 0.0), counts)
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


def without_wider(terms: Iterable[str]) -> list[str]:
    """Those of a list that no finer one of it says better."""
    said = list(terms)
    known = vocabulary().concepts
    wider = {known[term].parent for term in said if term in known}
    return [term for term in said if term not in wider]


def kinds_of(text: str, language: str) -> frozenset[str]:
    """Whether a text is about things or rooms: the kinds of what it says most; a finer word for it counts alone."""
    found = {term: counts for term, counts in terms_of_text(text, language).items() if term in vocabulary().concepts}
    best = max(found.values(), default=0.0)
    most = [vocabulary().concepts[term] for term, counts in found.items() if counts == best]
    said = {concept.kind for concept in [one for one in most if one.parent] or most}
    return frozenset(said - {""}) if "" not in said or "room" in said else frozenset()
