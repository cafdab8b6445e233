"""What the worker does for the search."""

from __future__ import annotations

from dorfplatz.jobs.job import job
from dorfplatz.search.actions import drop_lost_words, index_missing


@job()
def catch_up() -> None:
    """Entries that were there before the search came, or that were restored without its index, get their words."""
    index_missing()


@job()
def drop_words() -> None:
    """What was erased leaves no word behind."""
    drop_lost_words()
