"""The search's index of all entries: the same terms and weights as the product's own, written in bulk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db import connection, transaction

from dorfplatz.entries.enums import State
from dorfplatz.entries.models import Entry
from dorfplatz.search.document import Document, terms_of
from dorfplatz.search.lexicon import lexicon
from dorfplatz.search.models import LONGEST_TERM, Posting, Spelling, Word
from dorfplatz.search.sockets import Said, sources
from dorfplatz.search.words import spelling_keys
from dorfplatz.villages.enums import AreaKind

BATCH = 2_000
CACHE_KB = 6_000_000
Row = tuple[int, int, int, float]  # word, scope, entry, weight


class Words:
    """Numbers of words, given as they come."""

    def __init__(self) -> None:
        self.ids: dict[str, int] = {}
        self.written: set[str] = set()

    def number(self, term: str) -> int:
        return self.ids.setdefault(term[:LONGEST_TERM], len(self.ids) + 1)

    def save(self) -> None:
        Word.objects.bulk_create([Word(pk=pk, text=text) for text, pk in self.ids.items()], batch_size=BATCH)
        keys = [
            Spelling(key=key, word_id=self.ids[text])
            for text in sorted(self.written & set(self.ids))
            for key in sorted(spelling_keys(text))
        ]
        Spelling.objects.bulk_create(keys, batch_size=BATCH, ignore_conflicts=True)


def index_all() -> int:
    """Writes the index of a database that has none yet; how many postings."""
    ids = list(Entry.objects.filter(state=State.PUBLISHED).order_by("pk").values_list("pk", flat=True))
    words = Words()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            # Three trees grow at random places: in memory it takes minutes, through a small cache hours.
            cursor.execute(f"PRAGMA cache_size = -{CACHE_KB}")
    with transaction.atomic():
        for start in range(0, len(ids), BATCH):
            _insert(list(_rows(ids[start : start + BATCH], words)))
        words.save()  # the database looks at foreign keys at the end
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT setval(pg_get_serial_sequence('search_word', 'id'), max(id)) FROM search_word")
    return Posting.objects.count()


def _rows(ids: Sequence[int], words: Words) -> Iterator[Row]:
    found = list(Entry.objects.filter(pk__in=ids).prefetch_related("texts", "placements__area"))
    said: dict[int, Said] = {}
    for kind, source in sources.items():
        own = [entry.pk for entry in found if entry.kind == kind]
        said |= source.words(own) if own else {}
    for entry in found:
        areas = [placement.area for placement in entry.placements.all()]
        document = Document(
            title=entry.title,
            body=entry.body,
            texts=[(text.title, text.body) for text in entry.texts.all()],
            area_ids=[area.pk for area in areas],
            said=said.get(entry.pk, Said()),
        )
        terms = terms_of(document, lexicon())
        words.written |= {term[:LONGEST_TERM] for term in terms.written}
        numbered = {words.number(term): round(weight, 4) for term, weight in terms.weights.items()}
        for scope in {area.parent_id if area.kind == AreaKind.VILLAGE else area.pk for area in areas}:
            for word, weight in numbered.items():
                yield word, scope or 0, entry.pk, weight


def _insert(rows: list[Row]) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            copying = cursor.cursor.copy("COPY search_posting (word_id, scope, entry_id, weight) FROM STDIN")
            with copying as copy:
                for row in rows:
                    copy.write_row(row)
        return
    with connection.cursor() as cursor:
        statement = "INSERT INTO search_posting (word_id, scope, entry_id, weight) VALUES (%s, %s, %s, %s)"
        cursor.executemany(statement, rows)
