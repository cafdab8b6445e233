"""An entry as terms with what they count. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from dorfplatz.search.lexicon import Lexicon
from dorfplatz.search.sockets import Said
from dorfplatz.search.words import fold, forms, parts, words

TITLE, TRANSLATED_TITLE, BODY, OWN_WORDS, THEME, WIDE_THEME, AREA = 3.0, 2.7, 1.0, 0.8, 2.0, 0.7, 1.0
MADE_TITLE, MADE_BODY = 1.8, 0.5
STEM, PART = 0.9, 0.55
MOST_TERMS = 1500


@dataclass
class Document:
    """What is known of one entry."""

    title: str
    body: str
    texts: Sequence[tuple[str, str]] = ()
    made: Sequence[tuple[str, str]] = ()  # by machine: they find it, and count less than what people wrote
    area_ids: Sequence[int] = ()
    said: Said = field(default_factory=Said)


@dataclass
class Terms:
    """Terms with their weights; `written` are those that somebody could type."""

    weights: dict[str, float] = field(default_factory=dict)
    written: set[str] = field(default_factory=set)

    def take(self, term: str, weight: float) -> None:
        if len(self.weights) < MOST_TERMS or term in self.weights:
            self.weights[term] = max(self.weights.get(term, 0.0), weight)


def terms_of(document: Document, lexicon: Lexicon) -> Terms:
    """All terms of an entry. A word counts most where it counts most, and a little more when it comes often."""
    found = Terms()
    _say(found, [document.title], TITLE, lexicon)
    _say(found, [title for title, _ in document.texts], TRANSLATED_TITLE, lexicon)
    _say(found, [document.body], BODY, lexicon)
    _say(found, [body for _, body in document.texts], BODY * 0.95, lexicon)
    _say(found, [title for title, _ in document.made], MADE_TITLE, lexicon)
    _say(found, [body for _, body in document.made], MADE_BODY, lexicon)
    _say(found, document.said.words, OWN_WORDS, lexicon)
    for key in document.said.wide_themes:
        found.take(f"#{key}", WIDE_THEME)
    for key in document.said.themes:
        found.take(f"#{key}", THEME)
    for area in document.area_ids:
        found.take(f"@{area}", AREA)
    return found


def _say(found: Terms, texts: Iterable[str], weight: float, lexicon: Lexicon) -> None:
    counts: dict[str, int] = {}
    for text in texts:
        for word in words(text):
            counts[word] = counts.get(word, 0) + 1
    for word, times in counts.items():
        written = fold(word)
        if written in lexicon.stop_words and weight < TRANSLATED_TITLE:
            continue
        counted = weight * (1 + 0.25 * math.log(times))
        for number, form in enumerate(forms(word)):
            found.take(form, counted if number == 0 else counted * STEM)
        found.written.add(written)
        for part in () if written in lexicon.opaque else parts(word, lexicon.parts):
            for form in forms(part):
                found.take(form, counted * PART)
