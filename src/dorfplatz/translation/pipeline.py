"""From a text to its translation: taken apart, protected, translated sentence by sentence, checked, put together. Pure:
the engine is given."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from hashlib import sha256

from dorfplatz.translation.glossary import Term, at_work, fingerprint
from dorfplatz.translation.protecting import EMPHASIS, Masked, Piece, all_kept, mask, pieces_of, trimmed
from dorfplatz.translation.structure import is_said, parts

Translate = Callable[[Sequence[str]], Sequence[str]]


@dataclass(frozen=True)
class Wish:
    """What is to be translated, and what has a say in it. `address` is the form of address: “formal”, “informal”."""

    text: str
    source: str
    target: str
    names: Sequence[str] = ()
    terms: Sequence[Term] = ()
    address: str = ""


@dataclass(frozen=True)
class Sentence:
    """One sentence translated. One whose protected pieces got lost keeps its original words."""

    source_hash: str
    fingerprint: str
    words: str
    is_kept: bool


@dataclass(frozen=True)
class Translated:
    """A text in another language, with the sentences it is made of, by hash; `new` are those the engine was asked."""

    words: str
    fingerprint: str
    sentences: Mapping[str, Sentence] = field(default_factory=dict)
    new: Sequence[Sentence] = ()

    @property
    def is_translated(self) -> bool:
        """Whether anything at all was said in the other language."""
        return any(not sentence.is_kept for sentence in self.sentences.values())


def hash_of(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def fingerprint_of(wish: Wish) -> str:
    """The fingerprint of glossary, names and form of address for a whole text."""
    names, terms = at_work(wish.text, wish.names, wish.terms)
    return fingerprint(names, terms, wish.address)


def key_of(sentence: str, wish: Wish) -> tuple[str, str]:
    names, terms = at_work(sentence, wish.names, wish.terms)
    return hash_of(sentence), fingerprint(names, terms, wish.address)


def sentence_keys(wish: Wish) -> set[tuple[str, str]]:
    """Under which keys the sentences of a text are known."""
    return {key_of(part.text, wish) for part in parts(wish.text) if part.is_words}


def translate(wish: Wish, engine: Translate, known: Mapping[tuple[str, str], str] | None = None) -> Translated:
    """The text in the other language, with the layout it had.

    `known` are sentences that were translated before, by hash and fingerprint; only others go to the engine, each
    once. Whatever the engine does to a protected piece, the piece comes out once and in its form.
    """
    known = known or {}
    some_names, some_terms = at_work(wish.text, wish.names, wish.terms)
    wish = replace(wish, names=some_names, terms=some_terms)
    taken_apart = [*parts(wish.text)]
    keys = {part.text: key_of(part.text, wish) for part in taken_apart if part.is_words}
    unknown = [text for text, key in keys.items() if key not in known]
    fresh = dict(zip(unknown, _translated(unknown, wish, engine), strict=True))
    done: dict[str, Sentence] = {}
    for text, (text_hash, print_) in keys.items():
        words = known.get((text_hash, print_)) if text not in fresh else fresh[text]
        done[text] = Sentence(text_hash, print_, text if words is None else words, is_kept=words in (None, text))
    words = "".join(done[part.text].words if part.is_words else part.text for part in taken_apart)
    by_hash = {sentence.source_hash: sentence for sentence in done.values()}
    return Translated(words, fingerprint_of(wish), by_hash, [done[text] for text in fresh])


def _translated(texts: Sequence[str], wish: Wish, engine: Translate) -> list[str | None]:
    """Each sentence translated, or None where its pieces did not come through in any way."""
    found = [_Attempt(text, wish) for text in texts]
    for way in Way:
        open_ones = [one for one in found if one.result is None and one.is_worth(way)]
        asked = [one.masked(way).text for one in open_ones]
        if asked:
            for one, answer in zip(open_ones, engine(asked), strict=True):
                one.take(answer, way)
    return [one.result for one in found]


class Way(Enum):
    """How a sentence is shown to the engine: with its numbers and names, with marks for them, without emphasis."""

    SEEN = 1
    HIDDEN = 2
    PLAIN = 3


class _Attempt:
    """One sentence on its way through the engine."""

    def __init__(self, text: str, wish: Wish) -> None:
        self._names, self._terms = at_work(text, wish.names, wish.terms)
        pieces = pieces_of(text, self._names, self._terms)
        begin, end = trimmed(text, pieces)
        self.before, self.behind, self.core = text[:begin], text[end:], text[begin:end]
        self.pieces = [_moved(piece, begin) for piece in pieces if piece.start >= begin and piece.end <= end]
        self.result: str | None = None if is_said(self.core) else text

    def is_worth(self, way: Way) -> bool:
        if way is Way.HIDDEN:
            return any(not piece.is_hidden for piece in self.pieces)
        return way is Way.SEEN or bool(EMPHASIS.search(self.core))

    def masked(self, way: Way) -> Masked:
        if way is Way.PLAIN:
            core = EMPHASIS.sub("", self.core)
            return mask(core, pieces_of(core, self._names, self._terms))
        return mask(self.core, [piece for piece in self.pieces if way is Way.HIDDEN or piece.is_hidden])

    def take(self, answer: str, way: Way) -> None:
        """Accepts the engine's answer when all that must be there is there once, and something is said."""
        answer = " ".join(answer.split())
        seen = [piece for piece in self.pieces if not piece.is_hidden] if way is Way.SEEN else []
        back = self.masked(way).restore(answer)
        if back and is_said(back) and all_kept(answer, seen):
            self.result = self.before + back + self.behind


def _moved(piece: Piece, by: int) -> Piece:
    return Piece(piece.start - by, piece.end - by, piece.text, piece.restored, piece.is_hidden)
