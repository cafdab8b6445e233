"""Keeping the index: what an entry says is written down anew whenever it changes. It can always be made again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TypeVar

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from dorfplatz.entries.enums import State
from dorfplatz.entries.models import Entry
from dorfplatz.entries.queries import machine_words
from dorfplatz.languages.alike import alike
from dorfplatz.languages.models import LocalWord
from dorfplatz.languages.queries import words_around, words_by_path
from dorfplatz.search.document import Document, Terms, terms_of
from dorfplatz.search.lexicon import lexicon
from dorfplatz.search.models import LONGEST_TERM, Posting, Spelling, Word
from dorfplatz.search.sockets import Said, sources
from dorfplatz.search.words import spelling_keys
from dorfplatz.villages.enums import AreaKind

BATCH = 500
T = TypeVar("T")


@transaction.atomic
def index_entries(ids: Collection[int]) -> int:
    """Write the terms of those entries that are published, and forget those of the others; how many were written.

    The number of queries does not grow with each entry, only with every 500.
    """
    written = 0
    for some in _portions(sorted(set(ids))):
        forget_entries(some)
        entries = list(
            Entry.objects.filter(pk__in=some, state=State.PUBLISHED)
            .order_by("pk")
            .prefetch_related("texts", "placements__area")
        )
        _write([(entry, terms_of(document, lexicon())) for entry, document in _documents(entries)])
        written += len(entries)
    return written


def index_missing() -> int:
    """Write the terms of published entries that have none yet, 500 at a time; how many were written."""
    missing = Entry.objects.filter(~Exists(Posting.objects.filter(entry=OuterRef("pk"))), state=State.PUBLISHED)
    return sum(index_entries(some) for some in _portions(missing.order_by("pk").values_list("pk", flat=True)))


@transaction.atomic
def forget_entries(ids: Collection[int]) -> None:
    """Take entries out of the index."""
    Posting.objects.filter(entry_id__in=list(ids)).delete()


def drop_lost_words() -> int:
    """Forget words that no entry has any more, 500 at a time; how many."""
    lost = Word.objects.filter(~Exists(Posting.objects.filter(word=OuterRef("pk"))))
    return sum(_drop(lost.filter(pk__in=some)) for some in _portions(lost.order_by("pk").values_list("pk", flat=True)))


@transaction.atomic
def _drop(lost: QuerySet[Word]) -> int:
    """Asked once more: an entry may have got the word since."""
    ids = list(lost.select_for_update().values_list("pk", flat=True))
    Word.objects.filter(pk__in=ids).delete()
    return len(ids)


def _documents(entries: Sequence[Entry]) -> Iterator[tuple[Entry, Document]]:
    said: dict[int, Said] = {}
    for kind, source in sources.items():
        own = [entry.pk for entry in entries if entry.kind == kind]
        said |= source.words(own) if own else {}
    known = words_by_path()
    for entry in entries:
        yield (
            entry,
            Document(
                title=entry.title,
                body=entry.body,
                texts=[(text.title, text.body) for text in entry.texts_by_people],
                made=[*machine_words(entry), *_alike(entry, known)],
                area_ids=[placement.area_id for placement in entry.placements.all()],
                said=said.get(entry.pk, Said()),
            ),
        )


def _alike(entry: Entry, known: Sequence[tuple[str, LocalWord]]) -> Iterator[tuple[str, str]]:
    """What the words of the place in an entry are called on the other side."""
    around = words_around([str(placement.area.path) for placement in entry.placements.all()], known)
    if around:
        yield " ".join(alike(entry.title, around)), " ".join(alike(entry.body, around))


def _write(found: Sequence[tuple[Entry, Terms]]) -> None:
    all_terms = {term[:LONGEST_TERM] for _, terms in found for term in terms.weights}
    written = {term for _, terms in found for term in terms.written}
    ids = _word_ids(all_terms, written)
    rows = [
        Posting(word_id=ids[term[:LONGEST_TERM]], scope=scope, entry=entry, weight=round(weight, 4))
        for entry, terms in found
        for scope in _scopes(entry)
        for term, weight in terms.weights.items()
    ]
    Posting.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)


def _scopes(entry: Entry) -> set[int]:
    """The municipalities an entry is set out in, by their areas."""
    areas = [placement.area for placement in entry.placements.all()]
    return {area.parent_id if area.kind == AreaKind.VILLAGE and area.parent_id else area.pk for area in areas}


def _word_ids(terms: Collection[str], written: Collection[str]) -> dict[str, int]:
    ids = _present(terms)
    missing = sorted(set(terms) - set(ids))
    # Two at the same moment may write the same word: the second finds it there.
    Word.objects.bulk_create([Word(text=text) for text in missing], batch_size=BATCH, ignore_conflicts=True)
    ids |= _present(missing)
    keys = [Spelling(key=key, word_id=ids[text]) for text in missing if text in written for key in spelling_keys(text)]
    Spelling.objects.bulk_create(keys, batch_size=BATCH, ignore_conflicts=True)
    return ids


def _present(terms: Collection[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for some in _portions(sorted(terms)):
        found |= dict(Word.objects.filter(text__in=some).values_list("text", "pk"))
    return found


def _portions(things: Iterable[T]) -> Iterator[list[T]]:
    some = list(things)
    return (some[start : start + BATCH] for start in range(0, len(some), BATCH))
