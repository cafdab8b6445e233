"""What somebody may be about to type: villages, themes and entries that begin so."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from dorfplatz.entries.models import Entry
from dorfplatz.entries.queries import Reading, reading, with_words
from dorfplatz.kernel.actor import Actor
from dorfplatz.search.document import TITLE
from dorfplatz.search.models import Posting
from dorfplatz.search.queries.answers import scopes_of, search
from dorfplatz.search.sockets import Theme, sources, themes
from dorfplatz.search.words import fold, forms, words
from dorfplatz.villages.filter import VillageFilter
from dorfplatz.villages.models import Area

LEAST_LETTERS = 2
MOST_ENTRIES, MOST_THEMES, MOST_VILLAGES = 5, 3, 2
# However many titles have a word that begins so, no more are looked at.
MOST_POSTINGS, MOST_LOOKED_AT = 600, 40
# Words of titles, also of those in another language, and their stems; no words of texts.
OF_A_TITLE = TITLE * 0.8
# Behind every letter that a word may go on with.
LAST = "\U0010ffff"


@dataclass(frozen=True)
class Suggested:
    """What begins as typed, the likeliest first; entries with their words in the reader's language."""

    villages: Sequence[Area] = ()
    themes: Sequence[Theme] = ()
    entries: Sequence[tuple[Entry, Reading]] = ()


def suggestions(
    text: str, villages: VillageFilter, *, language: str, kinds: Collection[str], viewer: Actor, now: datetime
) -> Suggested:
    """Villages and themes whose names have words that begin so, and entries of these kinds: first those whose titles
    have them, then those that answer the question as far as it is typed. Twenty queries at most."""
    typed = [fold(word) for word in words(text)][-8:]
    if not typed or len("".join(typed)) < LEAST_LETTERS:
        return Suggested()
    site = villages.site
    places = [a for a in (*site.listed, *site.outside) if _begin([*a.name.values(), a.slug], typed)]
    named = [t for read in themes for t in read(site.municipality) if _begin(t.names.values(), typed)]
    named.sort(key=lambda theme: (min(len(name) for name in theme.names.values()), theme.key))
    ids = _titled(typed, villages, kinds, viewer, now)
    if len(ids) < MOST_ENTRIES:
        found = search(text, villages, viewer=viewer, now=now)
        leads = {hit.lead for hit in found.hits if hit.id in ids}
        ids += [h.id for h in found.hits if h.kind in kinds and h.id not in ids and h.lead not in leads]
    some = {entry.pk: entry for entry in with_words(Entry.objects.filter(pk__in=ids[:MOST_ENTRIES]))}
    entries = [(some[pk], reading(some[pk], language)) for pk in ids if pk in some]
    return Suggested(places[:MOST_VILLAGES], named[:MOST_THEMES], entries)


def _begin(names: Iterable[str], typed: Sequence[str]) -> bool:
    """Whether one of the names has all the words typed, and one that begins with the last of them."""
    return any(_has_all([fold(word) for word in words(name)], typed) for name in names)


def _has_all(said: Collection[str], typed: Sequence[str]) -> bool:
    return all(word in said for word in typed[:-1]) and any(word.startswith(typed[-1]) for word in said)


def _titled(
    typed: Sequence[str], villages: VillageFilter, kinds: Collection[str], viewer: Actor, now: datetime
) -> list[int]:
    """Entries with a title that has the words; those with the shortest words that begin so first."""
    of_title = Posting.objects.filter(scope__in=scopes_of(villages.site), weight__gte=OF_A_TITLE)
    begun = of_title.filter(word__text__gte=typed[-1], word__text__lt=typed[-1] + LAST)
    nearest: dict[int, int] = {}
    for entry, word in begun.order_by("word__text", "entry_id").values_list("entry_id", "word__text")[:MOST_POSTINGS]:
        nearest[entry] = min(nearest.get(entry, len(word)), len(word))
    for word in typed[:-1]:
        having = of_title.filter(word__text__in=forms(word), entry_id__in=list(nearest))
        kept = set(having.values_list("entry_id", flat=True))
        nearest = {pk: length for pk, length in nearest.items() if pk in kept}
    likely = sorted(nearest, key=lambda pk: (nearest[pk], pk))[:MOST_LOOKED_AT]
    allowed = Entry.objects.filter(pk__in=likely, kind__in=kinds).in_areas(villages.area_ids)
    of_kind = dict(allowed.visible_to(viewer, now=now).values_list("pk", "kind"))
    return _one_of_each([pk for pk in likely if pk in of_kind], of_kind)


def _one_of_each(ids: Sequence[int], of_kind: Mapping[int, str]) -> list[int]:
    """Without what is shown with another one."""
    leads: dict[int, int | None] = {}
    for kind, source in sources.items():
        leads |= source.stand_ins([pk for pk in ids if of_kind[pk] == kind])
    return [pk for pk in ids if leads.get(pk, pk) == pk]
