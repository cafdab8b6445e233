"""What the worker does for desks."""

from __future__ import annotations

from django.utils import timezone

from dorfplatz.desk.actions import count_desk, count_freshness, forget_old
from dorfplatz.desk.queries import connectors_to_count
from dorfplatz.jobs.job import job
from dorfplatz.kernel.actor import system


@job()
def count_desks() -> None:
    """Each in a transaction of its own, so that no one is held up by many."""
    for person in connectors_to_count().iterator():
        count_desk(person, by=system("desk"), now=timezone.now())


@job()
def forget_old_notes() -> None:
    forget_old(by=system("retention"), now=timezone.now())


@job()
def note_freshness() -> None:
    count_freshness(by=system("desk"), now=timezone.now())
