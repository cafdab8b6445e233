"""What the worker does for the search."""

from __future__ import annotations

from dorfplatz.entries.queries import entries_saying
from dorfplatz.jobs.job import Conduct, job
from dorfplatz.search.actions import drop_lost_words, index_entries, index_missing
from dorfplatz.villages.models import Municipality

# They look through all there is, which takes its time: nobody shall wait with a form until it is done. What they write
# they write in portions, and may do so again.
LOOKS_THROUGH_ALL = Conduct(outside=True)


@job(LOOKS_THROUGH_ALL)
def catch_up() -> None:
    """Entries that were there before the search came, or that were restored without its index, get their words."""
    index_missing()


@job()
def index_words(municipality_id: int, words: list[str]) -> None:
    """Words of the place have changed: what says one of them is found otherwise."""
    for municipality in Municipality.objects.filter(pk=municipality_id):
        index_entries(entries_saying(words, municipality))


@job(LOOKS_THROUGH_ALL)
def drop_words() -> None:
    """What was erased leaves no word behind."""
    drop_lost_words()
