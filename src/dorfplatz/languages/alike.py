"""Words of the place that say the same. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dorfplatz.languages.enums import Treatment
from dorfplatz.languages.models import LocalWord
from dorfplatz.translation.glossary import Term


def terms_of(words: Iterable[LocalWord], source: str, target: str) -> list[Term]:
    """For translating from one language to another: the words of the first, and those that stand for a second's."""
    found: list[Term] = []
    for word in words:
        said = str(word.says.get(target, "")) if word.treatment != Treatment.KEPT else ""
        if word.language == source:
            found.append(Term(word.word, said, explains=bool(said) and word.treatment == Treatment.EXPLAINED))
        elif word.treatment == Treatment.REPLACED and word.says.get(source):
            back = word.word if word.language == target else said
            found.append(Term(str(word.says[source]), back))
        else:
            found.append(Term(word.word))
    return found


def alike(text: str, words: Iterable[LocalWord]) -> Iterator[str]:
    """What else the words in a text are called, in any language."""
    for word in words:
        there = {form for form in word.forms if next(Term(form).found_in(text), None)}
        if there:
            yield from (form for form in word.forms if form not in there)
