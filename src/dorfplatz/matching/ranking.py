"""How well two sides fit, and why. Pure. README.md says the formula in five lines; the figures were tuned on one half

of a set of pairs labelled by somebody else (tests/evaluation/matching).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log

from dorfplatz.matching.acts import act_of, go_together
from dorfplatz.matching.concepts import is_word, terms_of_text, vocabulary, without_wider
from dorfplatz.matching.days import days_in, times_in
from dorfplatz.matching.sides import Ground, Reason, Rhythm, Sense, Side, Suggestion

TITLE, TEXT, ALSO, TOPIC = 1.0, 0.55, 0.5, 0.7
WIDE = 0.35  # what a concept that says little counts
SAME_TOPIC = 0.06  # of the sort, where it is the same
LENGTH = 0.5  # how much it counts against a side that it says much else
SMALL_POOL = 10
SAME_VILLAGE, NEXT_DOOR, FAR, FAR_KM = 0.06, 0.04, -0.05, 8.0
SAME_DAY, OTHER_DAY, SAME_TIME, SAME_RHYTHM = 0.05, -0.05, 0.02, 0.01
LEAST_LIKENESS = 0.01  # below it, two sides have nothing to do with one another
GOOD = 0.30  # from here on worth a connector's look
MOST_REASONS, MOST_THEMES = 4, 2
LEAST_OF_A_REASON = 0.2  # of what the best one says
NOWHERE = Ground()


@dataclass(frozen=True)
class Read:
    """A side as it is understood: what it is about, what is wanted or done, on which days, at what time."""

    side: Side
    terms: Mapping[str, float]
    act: str
    days: frozenset[int]
    times: frozenset[str]


def read(side: Side) -> Read:
    said = f"{side.title} . {side.when} . {side.text}"
    return Read(side, terms_of(side), act_of(side), side.days or days_in(said), times_in(said))


def terms_of(side: Side) -> Mapping[str, float]:
    """What a side is about, each term with the most it counts anywhere in it."""
    found: dict[str, float] = {}
    other = "nl" if side.language == "de" else "de"
    said = [(side.title, TITLE, side.language), (side.text, TEXT, side.language)]
    for text, counts, language in (*said, *((text, ALSO, other) for text in side.also)):
        for term, weight in terms_of_text(text, language).items():
            found[term] = max(found.get(term, 0.0), counts * weight)
    for topic in side.topics:
        for key in vocabulary().by_topic.get(topic, ()):
            found[key] = max(found.get(key, 0.0), TOPIC)
    return found


@dataclass(frozen=True)
class Rarity:
    """What a term counts among these sides: the rarer, the more; all alike where there are few."""

    how_many: int
    holding: Mapping[str, int]

    def __call__(self, term: str) -> float:
        rare = log((self.how_many + SMALL_POOL) / (self.holding.get(term, 0) + 1)) / log(self.how_many + SMALL_POOL)
        concept = vocabulary().concepts.get(term)
        return rare * (WIDE if concept is not None and concept.is_wide else 1.0)


def rarity_among(sides: Sequence[Read]) -> Rarity:
    return Rarity(len(sides), Counter(term for side in sides for term in side.terms))


def score(needs: Read, has: Read, rarity: Callable[[str], float], ground: Ground) -> tuple[float, tuple[Reason, ...]]:
    """How well they fit, and why; 0 and nothing where what they are about has nothing in common."""
    shared = {
        term: needs.terms[term] * has.terms[term] * rarity(term) ** 2 for term in needs.terms.keys() & has.terms.keys()
    }
    if not shared:
        return 0.0, ()
    likeness = sum(shared.values()) / (_size(needs, rarity) * _size(has, rarity)) ** LENGTH
    likeness *= go_together(needs.act, has.act)
    if likeness < LEAST_LIKENESS:
        return 0.0, ()
    around = list(_circumstances(needs, has, ground))
    total = likeness + sum(counts for counts, _reason in around)
    if {topic for topic in needs.side.topics & has.side.topics if topic.startswith("sort-")}:
        total += SAME_TOPIC
    for_it = [reason for counts, reason in around if counts > 0 or reason.sense == Sense.KM]
    return max(total, 0.0), tuple([*_about(needs.side, shared), *for_it][:MOST_REASONS])


def _size(one: Read, rarity: Callable[[str], float]) -> float:
    return sum((weight * rarity(term)) ** 2 for term, weight in one.terms.items()) or 1.0


def _about(one: Side, shared: Mapping[str, float]) -> Iterator[Reason]:
    """The themes both are about, else the word they share, what counts most first."""
    ranked = sorted(shared.items(), key=lambda row: (-row[1], row[0]))
    best = ranked[0][1]
    themes = [term for term, counts in ranked if not is_word(term) and counts >= best * LEAST_OF_A_REASON]
    own = without_wider(term for term in themes if term in vocabulary().concepts) or themes
    yield from (Reason(Sense.THEME, term) for term in own[:MOST_THEMES])
    if not own:
        yield from (Reason(Sense.WORD, word) for word in _word_of(ranked[0][0], one))


def _word_of(term: str, side: Side) -> Iterator[str]:
    """The word as it is written there."""
    for text in (side.title, side.text, *side.also):
        for word in text.split():
            bare = word.strip(".,;:!?()„“”‘’\"'")
            if term in terms_of_text(bare, "de") or term in terms_of_text(bare, "nl"):
                yield bare
                return


def _circumstances(needs: Read, has: Read, ground: Ground) -> Iterator[tuple[float, Reason]]:
    """When and where, each with what it counts."""
    yield from _when(needs, has)
    km = ground.km(needs.side, has.side)
    if km == 0.0:
        yield SAME_VILLAGE, Reason(Sense.SAME_VILLAGE)
    elif ground.are_next_door(needs.side, has.side):
        yield NEXT_DOOR, Reason(Sense.KM, max(1, round(km))) if km is not None else Reason(Sense.NEXT_DOOR)
    elif km is not None:
        yield FAR * min(km, FAR_KM) / FAR_KM, Reason(Sense.KM, max(1, round(km)))


def _when(needs: Read, has: Read) -> Iterator[tuple[float, Reason]]:
    if needs.days and has.days:
        both = tuple(sorted(needs.days & has.days))
        yield (SAME_DAY, Reason(Sense.DAYS, both)) if both else (OTHER_DAY, Reason(Sense.DAYS))
    times = needs.times & has.times
    if times:
        yield SAME_TIME, Reason(Sense.DAYTIME, tuple(sorted(times)))
    if needs.side.rhythm == has.side.rhythm == Rhythm.REGULARLY:
        yield SAME_RHYTHM, Reason(Sense.REGULARLY)


def ranked(
    needs: Read, pool: Iterable[Read], rarity: Callable[[str], float], ground: Ground = NOWHERE
) -> list[Suggestion]:
    """What of the pool to suggest for it, best first. Nobody is suggested to herself."""
    found = []
    for has in pool:
        if has.side.key == needs.side.key or has.side.people & needs.side.people:
            continue
        value, reasons = score(needs, has, rarity, ground)
        if value > 0:
            found.append(Suggestion(needs.side.key, has.side.key, value, reasons))
    return sorted(found, key=lambda one: (-one.score, one.has))
