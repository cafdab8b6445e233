"""What the worker does with pictures."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dorfplatz.jobs.job import Conduct, job
from dorfplatz.kernel.actor import system
from dorfplatz.media import actions


@job(Conduct(_("Preparing a picture"), outside=True, attempts=6, first_wait=timedelta(seconds=20)))
def prepare_picture(picture_id: int) -> None:
    actions.prepare_picture(picture_id, by=system("pictures"), now=timezone.now())


@job(Conduct(_("Giving a picture another address"), outside=True))
def readdress_picture(picture_id: int) -> None:
    actions.readdress_picture(picture_id, by=system("pictures"), now=timezone.now())


@job(Conduct(_("Removing an erased picture’s files"), outside=True))
def erase_files(token: str) -> None:
    actions.erase_files(token)


@job(Conduct(_("Removing files nobody needs"), outside=True))
def sweep_files() -> None:
    actions.sweep_files(now=timezone.now())
