"""Searching: a question, and the entries that answer it, best first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache

from dorfplatz.entries.models import Entry, EntryArea
from dorfplatz.kernel.actor import Actor
from dorfplatz.search.lexicon import lexicon
from dorfplatz.search.models import Posting, Spelling, Word
from dorfplatz.search.question import Question, Slot, ThemeNames, corrected, read_question, similar
from dorfplatz.search.ranking import ordered, scores
from dorfplatz.search.sockets import Source, Theme, sources, themes
from dorfplatz.search.words import fold, slips, spellings
from dorfplatz.villages.filter import VillageFilter
from dorfplatz.villages.models import Area
from dorfplatz.villages.queries import Site

# However common a word, no more is read for it; and no more answers are looked at.
MOST_POSTINGS, MOST_SIMILAR, MOST_FOUND, MOST_NUDGED = 20_000, 60, 240, 48
ROWS_AT_A_TIME = 2_000
SOON = timedelta(days=7)
SOON_COUNTS, OVER_COUNTS = 1.1, 0.5


@dataclass(frozen=True)
class Hit:
    """One entry that answers. `lead` is the one it is shown with on the map, mostly itself."""

    id: int
    kind: str
    score: float
    lead: int


@dataclass(frozen=True)
class Found:
    """The answer to a question: entries, villages that were named, and themes it leads to."""

    hits: tuple[Hit, ...] = ()
    villages: tuple[Area, ...] = ()
    themes: tuple[Theme, ...] = ()
    kind_counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def ids(self) -> list[int]:
        return [hit.id for hit in self.hits]

    @property
    def ranks(self) -> dict[int, int]:
        """By entry, or the one it is shown with, its place in the order."""
        return {hit.lead: place for place, hit in reversed(list(enumerate(self.hits)))}


@dataclass(frozen=True)
class Ranked:
    """What answers a question at a site by the words alone, whoever looks and wherever."""

    scores: Mapping[int, float] = field(default_factory=dict)
    villages: tuple[Area, ...] = ()
    themes: tuple[Theme, ...] = ()


def search(text: str, villages: VillageFilter, *, viewer: Actor, now: datetime) -> Found:
    """What answers the question in the chosen villages, for this viewer. The same on every database; nine queries."""
    return found_in(villages, rank(text, villages.site), viewer=viewer, now=now)


def rank(text: str, site: Site) -> Ranked:
    """What the words lead to. Four queries; it names what not everybody may see: only `found_in` may be shown."""
    all_themes = [theme for read in themes for theme in read(site.municipality)]
    question = _understood(text, site, all_themes)
    if not question.slots:
        return Ranked()
    named = tuple(site.by_id[pk] for pk in question.village_ids if pk in site.by_id)
    led = Counter[str]()
    for slot in question.slots:
        led.update({term[1:]: counts for term, counts in slot.answers.items() if term.startswith("#")})
    near = [theme for theme in all_themes if led.get(theme.key)]
    near.sort(key=lambda theme: (-led[theme.key], theme.key))
    return Ranked(scores(question.slots, _postings(question, site)), named, tuple(near[:4]))


def found_in(villages: VillageFilter, ranked: Ranked, *, viewer: Actor, now: datetime) -> Found:
    """What of it stands in the chosen villages, and the viewer may see."""
    hits = _visible(ranked.scores, villages, viewer, now)
    return Found(tuple(hits), ranked.villages, ranked.themes, Counter(hit.kind for hit in hits))


def _understood(text: str, site: Site, all_themes: Sequence[Theme]) -> Question:
    known = lexicon()
    named = {
        fold(name): area.pk
        for area in (*site.outside, *site.listed)
        for name in (*area.name.values(), area.slug)
        if " " not in name
    }
    names = _names_of(tuple((theme.key, tuple(theme.names.values())) for theme in all_themes))
    question = read_question(text, known, villages=named, names=names)
    _correct(question, names)
    return question


@lru_cache(maxsize=64)  # as many municipalities call their themes otherwise
def _names_of(themes_by_name: tuple[tuple[str, tuple[str, ...]], ...]) -> ThemeNames:
    return ThemeNames(dict(themes_by_name), lexicon().stop_words)


def _correct(question: Question, names: ThemeNames) -> None:
    """Words that begin so; and for words nobody knows, those that differ by a slip. Two queries."""
    present = set(Word.objects.filter(text__in=[fold(s.word) for s in question.slots]).values_list("text", flat=True))
    for slot in question.slots:
        slot.is_known = slot.is_known or fold(slot.word) in present
        if not slot.is_known:
            corrected(slot, lexicon(), names)
    keys = {key for slot in question.slots for key in _keys(slot)}
    found = Spelling.objects.filter(key__in=keys).values_list("key", "word__text").order_by("key", "word__text")
    by_key: dict[str, set[str]] = {}
    for key, term in found:
        by_key.setdefault(key, set()).add(term)
    for slot in question.slots:
        near = {term for key in _keys(slot) for term in by_key.get(key, ())}
        some = sorted(similar(slot, near), key=lambda pair: (-pair[1], len(pair[0]), pair[0]))
        for term, counts in some[:MOST_SIMILAR]:
            slot.take(term, counts)


def _keys(slot: Slot) -> set[str]:
    written = fold(slot.word)
    if len(written) < 4 or written.isdigit():
        return set()
    near = () if slot.is_known else {key for typed in spellings(slot.word) for key in slips(typed)}
    return {f"^{written[:4]}", *near}


def scopes_of(site: Site) -> set[int]:
    """Where its entries and those of its neighbours are written down: the areas of their municipalities."""
    return {site.municipality.area.pk, *(area.parent_id for area in site.outside if area.parent_id)}


def _postings(question: Question, site: Site) -> dict[str, dict[int, float]]:
    """Weights by term and entry; an entry that stands in two municipalities counts once."""
    scopes = scopes_of(site)
    ids = dict(Word.objects.filter(text__in=question.terms).values_list("pk", "text"))
    rows = Posting.objects.filter(scope__in=scopes, word_id__in=list(ids))
    some = rows.order_by("word_id", "entry_id").values_list("word_id", "entry_id", "weight")[:MOST_POSTINGS]
    found: dict[int, dict[int, float]] = {pk: {} for pk in ids}
    for word, entry, weight in some.iterator(chunk_size=ROWS_AT_A_TIME):
        found[word][entry] = weight
    return {ids[word]: weights for word, weights in found.items()}


def _visible(ranked: Mapping[int, float], villages: VillageFilter, viewer: Actor, now: datetime) -> list[Hit]:
    best = ordered(ranked)[:MOST_FOUND]
    here = EntryArea.objects.filter(entry_id__in=best, area_id__in=villages.area_ids).values("entry_id")
    allowed = Entry.objects.filter(pk__in=here).visible_to(viewer, now=now)
    rows = {row[0]: row[1:] for row in allowed.values_list("pk", "kind", "starts_at", "ends_at", "expires_at")}
    kept = {pk: ranked[pk] for pk in best if pk in rows}
    for pk in kept:
        kept[pk] *= _time_counts(rows[pk][1], rows[pk][2], now)
    leads = _one_of_each(kept, {pk: row[0] for pk, row in rows.items()})
    _nudge(kept, {pk: row[0] for pk, row in rows.items()}, now)
    least = max(kept.values(), default=0.0) * 0.2
    order = sorted((pk for pk, score in kept.items() if score >= least), key=lambda pk: (-round(kept[pk], 6), pk))
    return [Hit(pk, rows[pk][0], kept[pk], leads.get(pk, pk)) for pk in order]


def _time_counts(starts: datetime | None, ends: datetime | None, now: datetime) -> float:
    last = ends or starts
    if last is None:
        return 1.0
    return OVER_COUNTS if last < now else SOON_COUNTS if starts and starts < now + SOON else 1.0


def _one_of_each(kept: dict[int, float], kinds: Mapping[int, str]) -> dict[int, int]:
    """One thing is one result: of what is shown together only what answers best is kept. Maps it to its lead."""
    leads: dict[int, int] = {}
    for source, ids in _by_source(kept, kinds).items():
        for pk, lead in source.stand_ins(ids).items():
            if lead is None:
                kept.pop(pk, None)
            else:
                leads[pk] = lead
    best: dict[int, int] = {}
    for pk in sorted(kept, key=lambda pk: (-kept[pk], pk)):
        if best.setdefault(leads.get(pk, pk), pk) != pk:
            del kept[pk]
    return leads


def _by_source(ids: Iterable[int], kinds: Mapping[int, str]) -> dict[Source, list[int]]:
    """Kinds that answer with the same functions are asked together."""
    found: dict[Source, list[int]] = {}
    for pk in ids:
        source = sources.get(kinds[pk])
        if source is not None:
            found.setdefault(source, []).append(pk)
    return found


def _nudge(kept: dict[int, float], kinds: Mapping[int, str], now: datetime) -> None:
    first: Collection[int] = sorted(kept, key=lambda pk: (-kept[pk], pk))[:MOST_NUDGED]
    for source, ids in _by_source(first, kinds).items():
        for pk, factor in source.nudges(ids, now).items():
            kept[pk] *= factor
