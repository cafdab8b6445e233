"""What the worker does for the operator."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dorfplatz.jobs.job import Conduct, job
from dorfplatz.operations import actions


@job(Conduct(_("The nightly backup"), attempts=4, first_wait=timedelta(minutes=5), outside=True))
def back_up() -> None:
    actions.make_nightly_backup(now=timezone.now())


@job(Conduct(_("The weekly trial of a backup"), attempts=3, first_wait=timedelta(minutes=30), outside=True))
def try_backup() -> None:
    actions.try_newest_backup(now=timezone.now())


@job(Conduct(_("The list of what was erased"), attempts=10, first_wait=timedelta(seconds=30), outside=True))
def note_erasures() -> None:
    actions.note_erasures(now=timezone.now())


@job(Conduct(_("Emptying the database’s log"), attempts=6, first_wait=timedelta(seconds=30), outside=True))
def empty_log() -> None:
    actions.empty_log()


@job(Conduct(_("Writing the database anew"), attempts=4, first_wait=timedelta(minutes=5), outside=True))
def rewrite_database() -> None:
    actions.rewrite_database(now=timezone.now())
