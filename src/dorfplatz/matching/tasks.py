"""What the worker does for introductions."""

from __future__ import annotations

from django.utils import timezone

from dorfplatz.jobs.job import job
from dorfplatz.kernel.actor import system
from dorfplatz.matching import actions


@job()
def end_waiting_introductions() -> None:
    actions.end_waiting(by=system("matching"), now=timezone.now())


@job()
def erase_introductions_long_over() -> None:
    actions.erase_long_over(by=system("retention"), now=timezone.now())
