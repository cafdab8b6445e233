"""What the worker does for introductions."""

from __future__ import annotations

from django.utils import timezone

from dorfplatz.jobs.job import job
from dorfplatz.kernel.actor import system
from dorfplatz.matching import actions, queries


@job()
def end_waiting_introductions() -> None:
    actions.end_waiting(by=system("matching"), now=timezone.now())


@job()
def erase_introductions_long_over() -> None:
    actions.erase_long_over(by=system("retention"), now=timezone.now())


@job()
def count_all_standing() -> None:
    """Each in a transaction of its own, so that no one is held up by many."""
    for person in queries.connectors_to_suggest_to():
        actions.count_standing(person, by=system("matching"), now=timezone.now())
