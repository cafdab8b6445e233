"""What the worker does for ask and offer."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dorfplatz.exchange.actions import ask_about_renewals, erase_bygone, tell_unanswered
from dorfplatz.jobs.job import Conduct, job
from dorfplatz.kernel.actor import system


@job()
def tell_of_unanswered_asks() -> None:
    tell_unanswered(by=system("exchange"), now=timezone.now())


@job(Conduct(_("Asking whether asks and offers still hold"), outside=True))
def ask_for_renewals() -> None:
    """Each portion in a transaction of its own; begun again, it finds whom it has written to."""
    now, after = timezone.now(), 0
    while (last := ask_about_renewals(after=after, by=system("exchange"), now=now)) is not None:
        after = last


@job()
def erase_long_over() -> None:
    erase_bygone(by=system("retention"), now=timezone.now())
