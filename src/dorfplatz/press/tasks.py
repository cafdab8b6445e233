"""What the worker does with printings."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dorfplatz.jobs.job import Conduct, job
from dorfplatz.kernel.actor import system
from dorfplatz.press import actions


@job(Conduct(_("Printing a sheet"), outside=True, attempts=3, first_wait=timedelta(seconds=5)))
def make_printing(printing_id: int) -> None:
    actions.make_printing(printing_id, by=system("press"), now=timezone.now())


@job(Conduct(_("Removing a printed sheet"), outside=True))
def erase_file(path: str) -> None:
    actions.erase_file(path)


@job(Conduct(_("Forgetting old printings")))
def forget_old_printings() -> None:
    actions.forget_old_printings(by=system("press"), now=timezone.now())
