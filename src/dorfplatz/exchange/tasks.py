"""What the worker does for ask and offer."""

from __future__ import annotations

from django.utils import timezone

from dorfplatz.exchange.actions import ask_about_renewals, erase_bygone, tell_unanswered
from dorfplatz.jobs.job import job
from dorfplatz.kernel.actor import system


@job()
def tell_of_unanswered_asks() -> None:
    tell_unanswered(by=system("exchange"), now=timezone.now())


@job()
def ask_for_renewals() -> None:
    ask_about_renewals(by=system("exchange"), now=timezone.now())


@job()
def erase_long_over() -> None:
    erase_bygone(by=system("retention"), now=timezone.now())
