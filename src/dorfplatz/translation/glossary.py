"""Words of a place that no engine knows: kept, replaced, or kept with a word of explanation. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True)
class Term:
    """One word of the glossary for one direction.

    `says` is what stands in the translation instead; empty keeps the word. With `explains`, the word stays and `says`
    follows it in brackets, the first time in a sentence.
    """

    word: str
    says: str = ""
    explains: bool = False

    def found_in(self, sentence: str) -> Iterator[re.Match[str]]:
        return re.finditer(rf"(?<![\w-]){re.escape(self.word)}(?![\w-])", sentence, re.IGNORECASE)

    def said(self, found: str, explained: set[str]) -> str:
        if not self.says:
            return found
        if not self.explains:
            return self.says
        if self.word.lower() in explained:
            return found
        explained.add(self.word.lower())
        return f"{found} ({self.says})"


def at_work(text: str, names: Iterable[str], terms: Iterable[Term]) -> tuple[Sequence[str], Sequence[Term]]:
    """Those names and terms that occur in the text; the others have no say in its translation."""
    folded = text.lower()
    some_names = sorted({name for name in names if name and name in text}, key=lambda name: (-len(name), name))
    some_terms = sorted(
        {term for term in terms if term.word and term.word.lower() in folded},
        key=lambda term: (-len(term.word), term.word, term.says),
    )
    return some_names, some_terms


def fingerprint(names: Sequence[str], terms: Sequence[Term], address: str = "") -> str:
    """What of glossary, names and form of address has a say: the same text with another one is another translation."""
    said = "\0".join([address, *names, *(f"{term.word}\1{term.says}\1{term.explains}" for term in terms)])
    return sha256(said.encode()).hexdigest()[:16]
