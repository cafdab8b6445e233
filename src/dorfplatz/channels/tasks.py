"""What the worker does for the channels."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dorfplatz.channels import actions
from dorfplatz.jobs.job import Conduct, job
from dorfplatz.kernel.actor import system

CHANNELS = system("channels")


@job(Conduct(_("Telling those who wanted to hear of it")))
def tell_watchers(entry_ids: Collection[int]) -> None:
    actions.tell_watchers(entry_ids, by=CHANNELS, now=timezone.now())


@job(Conduct(_("Telling people that what they translated has changed")))
def tell_translators(entry_id: int) -> None:
    actions.tell_translators(entry_id, by=CHANNELS, now=timezone.now())


@job(Conduct(_("Telling members what their municipality has decided")))
def tell_of_outside_translation(municipality_id: int) -> None:
    actions.tell_of_outside_translation(municipality_id, by=CHANNELS, now=timezone.now())


@job(Conduct(_("Writing a mail about something new")))
def carry_note(note_id: int) -> None:
    actions.carry_note(note_id, by=CHANNELS, now=timezone.now())


@job(Conduct(_("Beginning the letters")))
def begin_letters() -> None:
    actions.begin_letters(by=CHANNELS, now=timezone.now())


@job(Conduct(_("Writing the letters"), outside=True))
def write_letters(run_id: int, after: int) -> None:
    actions.write_letters(run_id, after=after, by=CHANNELS, now=timezone.now())


@job(Conduct(_("Showing a note on a device"), outside=True, attempts=6, first_wait=timedelta(minutes=1)))
def push_note(note_id: int, subscription_id: int) -> None:
    actions.push_note(note_id, subscription_id=subscription_id, by=CHANNELS, now=timezone.now())


@job(Conduct(_("Forgetting old notes")))
def forget_old_notes() -> None:
    actions.forget_old_notes(by=CHANNELS, now=timezone.now())
