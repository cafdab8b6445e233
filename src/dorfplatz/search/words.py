"""From text to terms, alike in German and Dutch: case, umlauts, ij, inflection, compounds. Pure."""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

import Stemmer

LONGEST_WORD = 40
LEAST_PART = 4
LEAST_PREFIX = 4
SHORT = 6
# Slips are looked for in the beginning of a word only.
SPELLED = 12
_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")
_LINKS = ("", "s", "n", "en", "e", "es", "er")
_stemmers = threading.local()


def words(text: str) -> Iterator[str]:
    """The words as written, in lower case."""
    for match in _WORD.finditer(unicodedata.normalize("NFKC", text.replace("\x00", " "))):
        yield match[0].lower()[:LONGEST_WORD]


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """Without what people leave out or write in two ways: accents, umlauts, ß, apostrophes, Dutch ij."""
    spelled = word.lower().replace("ß", "ss").replace("’", "").replace("'", "")
    plain = "".join(c for c in unicodedata.normalize("NFKD", spelled) if not unicodedata.combining(c))
    return plain.replace("ij", "y")[:LONGEST_WORD]


def _stem(language: str, word: str) -> str:
    stemmer = getattr(_stemmers, language, None)
    if stemmer is None:  # one for each thread: they keep notes while they work
        stemmer = Stemmer.Stemmer(language, 0)
        setattr(_stemmers, language, stemmer)
    return str(stemmer.stemWord(word))


@lru_cache(maxsize=65536)
def forms(word: str) -> tuple[str, ...]:
    """The terms one word is found under: as written, and its German and Dutch stems; the first is as written."""
    found = [fold(word)]
    if not word.isdigit():
        found += [fold(_stem("german", word)), fold(_stem("dutch", word))]
        if any(letter in word for letter in "äöü"):
            spelled = word.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue")
            found.append(fold(spelled))
    return tuple(dict.fromkeys(form for form in found if len(form) > 1)) or (found[0],)


def parts(word: str, known: frozenset[str]) -> tuple[str, ...]:
    """What a compound is made of: the parts that are known words, and what is left where it is long enough.

    The last part comes first: it says what the thing is.
    """
    whole = fold(word)
    if len(whole) < 2 * LEAST_PART:
        return ()
    tails = [at for at in range(3, len(whole) - 2) if len(whole) - at >= 3 and _is_known(whole[at:], known)]
    for at in tails:
        for link in _LINKS:
            head = whole[: at - len(link)] if whole[:at].endswith(link) else ""
            if len(head) >= 3 and _is_known(head, known):
                return tuple(dict.fromkeys((whole[at:], head, *parts(head, known))))
    tails = [at for at in tails if len(whole) - at >= LEAST_PART and at >= LEAST_PART]
    if tails:
        return (whole[tails[0] :], whole[: tails[0]])
    heads = [at for at in range(len(whole) - LEAST_PART, LEAST_PART, -1) if whole[:at] in known]
    return (whole[: heads[0]],) if heads else ()


def _is_known(text: str, known: frozenset[str]) -> bool:
    return text in known or (len(text) > LEAST_PART and any(form in known for form in forms(text)[1:]))


def spellings(word: str) -> tuple[str, ...]:
    """A word as typed, and as it would be were its “ae”, “oe” and “ue” umlauts."""
    written = fold(word)
    plain = written.replace("ae", "a").replace("oe", "o").replace("ue", "u")
    return (written,) if plain == written else (written, plain)


def slips(term: str) -> set[str]:
    """Keys a word and a slip of it have in common: the beginning of the word with up to one letter left out."""
    some = term[:SPELLED]
    return {some, *(some[:at] + some[at + 1 :] for at in range(len(some)))}


def spelling_keys(term: str) -> set[str]:
    """All keys under which a word is looked for: its slips, and “^” with its beginning."""
    if len(term) < LEAST_PREFIX or term.isdigit():
        return set()
    return {f"^{term[:LEAST_PREFIX]}", *slips(term)}


def allowed_slips(term: str) -> int:
    """How many letters may be wrong: none in short words, one, two in long ones."""
    return 0 if len(term) < 4 or any(c.isdigit() for c in term) else 1 if len(term) < 8 else 2


def distance(one: str, other: str, most: int) -> int:
    """Letters changed, added, left out or swapped with their neighbour; `most` + 1 where it is more than that.

    Short words must begin alike, or swap their first two letters: “veur” is no slip of “feuer”.
    """
    if len(one) < SHORT and one[:1] != other[:1] and one[:2] != other[1::-1]:
        return most + 1
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        last, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                best = min(best, last[j - 2] + 1)
            row.append(best)
        if min(row) > most:
            return most + 1
    return row[-1]
