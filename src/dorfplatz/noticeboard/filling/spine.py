"""What all sections ask of the spine: entries that everybody may read, with their words."""

from __future__ import annotations

from collections.abc import Collection

from dorfplatz.entries.enums import Audience, State
from dorfplatz.entries.models import Entry, EntryQuerySet
from dorfplatz.entries.queries import Reading, reading, with_words
from dorfplatz.kernel.actor import VISITOR
from dorfplatz.noticeboard.filling.issue import Asked


def public_entries(asked: Asked) -> EntryQuerySet:
    """What a stranger could read at that moment and still stands: nothing else is ever printed."""
    found = Entry.objects.filter(state=State.PUBLISHED, audience=Audience.PUBLIC, published_at__lte=asked.now)
    return found.visible_to(VISITOR, now=asked.now)


def entries_by_id(ids: Collection[int], asked: Asked) -> dict[int, Entry]:
    """Those of them that may be printed. Three queries."""
    found = with_words(public_entries(asked).filter(pk__in=list(ids)))
    return {entry.pk: entry for entry in found}


def words_of(entry: Entry, language: str) -> Reading:
    """The entry's words for that language, its own where nobody has written it so."""
    return reading(entry, language)
