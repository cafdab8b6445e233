"""What somebody asks: each word with all that would answer it. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from dorfplatz.search.lexicon import Concept, Lexicon
from dorfplatz.search.words import LEAST_PREFIX, allowed_slips, distance, fold, forms, parts, spellings, words

LONGEST_QUESTION = 200
MOST_WORDS = 12
# What an answer counts that is not the word itself.
AS_WRITTEN, STEM, PART, SYNONYM, THEME, WIDE_THEME, STARTS_SO, SLIP = 1.5, 0.9, 0.55, 0.75, 0.9, 0.6, 0.5, 0.75
VILLAGE, STOP_WORD = 0.8, 0.25
# The themes of a concept in the order of the list.
LIKELY = (1.0, 0.8, 0.65)
# Words that colour a question but do not say what is looked for; alone, and as a part of a compound.
WEAK, WEAK_PART = 0.4, 0.5
# Several words that mean something together; and the parts of a compound that is known as a whole.
TOGETHER, KNOWN_WHOLE = 1.8, 0.4


@dataclass
class Slot:
    """One word of the question: terms that answer it, each with what it counts."""

    word: str
    answers: dict[str, float] = field(default_factory=dict)
    weight: float = 1.0
    is_village: bool = False
    is_known: bool = False

    def take(self, term: str, counts: float) -> None:
        self.answers[term] = max(self.answers.get(term, 0.0), counts)


@dataclass(frozen=True)
class Question:
    """The slots in the order of the words; `village_ids` are villages that were named."""

    slots: tuple[Slot, ...]
    village_ids: tuple[int, ...] = ()

    @property
    def terms(self) -> set[str]:
        return {term for slot in self.slots for term in slot.answers}


class ThemeNames:
    """The names of themes, as words and phrases that lead to them."""

    def __init__(self, named: Mapping[str, Sequence[str]], stop_words: Collection[str]) -> None:
        self._by_form: dict[str, set[str]] = {}
        for key, names in named.items():
            for word in {w for name in names for w in words(name) if fold(w) not in stop_words and len(w) > 2}:
                for form in forms(word):
                    self._by_form.setdefault(form, set()).add(key)

    def led_to_by(self, word: str) -> set[str]:
        return {key for form in forms(word) for key in self._by_form.get(form, ())}


def read_question(
    text: str, lexicon: Lexicon, *, villages: Mapping[str, int] | None = None, names: ThemeNames | None = None
) -> Question:
    """The question as slots. `villages` maps folded names to areas: a village is found though its name is an ordinary
    word. Where only words without meaning are left, they are looked for after all."""
    asked = [*words(text[:LONGEST_QUESTION]), *lexicon.meant_by_turns(text[:LONGEST_QUESTION])]
    original = text.split()
    places = villages or {}
    known = [w for w in asked if fold(w) in places or fold(w) not in lexicon.stop_words][:MOST_WORDS]
    plain = known or asked[:MOST_WORDS]
    slots = [_slot(word, lexicon, names) for word in dict.fromkeys(plain)]
    found: list[int] = []
    for slot in slots:
        area = places.get(fold(slot.word))
        if area is not None:
            found.append(area)
            slot.is_village = slot.is_known = True
            slot.take(f"@{area}", VILLAGE)
            if fold(slot.word) in lexicon.stop_words and not _is_name(slot.word, original):
                slot.weight = STOP_WORD
        if fold(slot.word) in lexicon.weak and not slot.is_village:
            slot.weight = WEAK
    _mean_together(slots, lexicon)
    return Question(tuple(slots), tuple(dict.fromkeys(found)))


def _is_name(word: str, original: Sequence[str]) -> bool:
    """Whether an ordinary word is meant as a village's name: alone, with a capital, or after a word of place."""
    if len(original) <= 1:
        return True
    for before, said in zip(["", *original], original, strict=False):
        bare = said.strip(".,;:!?„“”‘’\"'()")
        if bare.lower() == word and (
            bare[:1].isupper() or before.lower() in {"in", "nach", "aus", "naar", "uit", "bei"}
        ):
            return True
    return False


def _slot(word: str, lexicon: Lexicon, names: ThemeNames | None) -> Slot:
    slot = Slot(word)
    for number, form in enumerate(forms(word)):
        slot.take(form, AS_WRITTEN if number == 0 else STEM)
    concepts = lexicon.meant_by(word)
    _mean(slot, concepts, 1.0)
    _lead(slot, word, names, THEME)
    slot.is_known = bool(concepts)
    split = () if fold(word) in lexicon.opaque else parts(word, lexicon.parts)
    for number, part in enumerate(sorted(split, key=lambda part: part in lexicon.weak)):
        counts = (PART if number == 0 else PART * 0.8) * (KNOWN_WHOLE if concepts else 1.0)
        counts *= WEAK_PART if part in lexicon.weak else 1.0
        for form in forms(part):
            slot.take(form, counts)
        if not concepts:
            _mean(slot, lexicon.meant_by(part), counts)
            _lead(slot, part, names, counts * THEME)
    return slot


def _lead(slot: Slot, word: str, names: ThemeNames | None, counts: float) -> None:
    for key in names.led_to_by(word) if names else ():
        slot.take(f"#{key}", counts)


def _mean(slot: Slot, concepts: Sequence[Concept], counts: float) -> None:
    for concept in concepts:
        for word in concept.single_words:
            for number, form in enumerate(forms(word)):
                slot.take(form, counts * SYNONYM * (1.0 if number == 0 else STEM))
        for place, theme in enumerate(concept.themes):
            slot.take(f"#{theme}", counts * THEME * LIKELY[min(place, len(LIKELY) - 1)])


def _mean_together(slots: list[Slot], lexicon: Lexicon) -> None:
    """What several words mean together counts for each of them, and more than what they mean alone."""
    for many in (2, 3):
        for some in combinations(slots, many):
            concepts = lexicon.meant_by(*(slot.word for slot in some))
            for slot in some if concepts else ():
                _mean(slot, concepts, TOGETHER)
                slot.is_known, slot.weight = True, 1.0


def corrected(slot: Slot, lexicon: Lexicon, names: ThemeNames | None) -> None:
    """Take a word nobody knows for the known ones it differs from by a slip."""
    for word in dict.fromkeys(near for typed in spellings(slot.word) for near in lexicon.nearest(typed)):
        for form in forms(word):
            slot.take(form, SLIP)
        _mean(slot, lexicon.meant_by(word), SLIP)
        _lead(slot, word, names, SLIP * THEME)


def similar(slot: Slot, candidates: Collection[str]) -> Iterator[tuple[str, float]]:
    """Of the candidates, those that begin like the word, or differ by a slip, with what they count."""
    written = fold(slot.word)
    most = allowed_slips(written)
    for term in candidates:
        if term != written and len(written) >= LEAST_PREFIX and term.startswith(written):
            yield term, STARTS_SO
        elif most and not slot.is_known and term[:1] not in {"#", "@"}:
            steps = min(distance(typed, term, most) for typed in spellings(slot.word))
            if 0 <= steps <= most and term != written:
                yield term, SLIP / max(steps, 1)
