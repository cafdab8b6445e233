"""What the worker does for the spine."""

from __future__ import annotations

import logging

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dorfplatz.entries import actions, translating
from dorfplatz.jobs.enums import JobState
from dorfplatz.jobs.job import Conduct, job
from dorfplatz.jobs.models import Job
from dorfplatz.jobs.queue import enqueue
from dorfplatz.kernel.actor import system
from dorfplatz.translation.engines.protocol import EngineAway
from dorfplatz.villages.models import Municipality

log = logging.getLogger(__name__)
MACHINE = system("translation")


@job()
def erase_removed() -> None:
    actions.erase_removed_entries(by=system("retention"), now=timezone.now())


@job()
def publish_due() -> None:
    """What was to appear by now. What is over a single run's measure comes with the next."""
    actions.publish_due_entries(by=system("calendar"), now=timezone.now())


@job()
def forget_chosen() -> None:
    actions.forget_chosen(by=system("retention"), now=timezone.now())


@job(Conduct(_("Translating entries"), outside=True))
def translate_awaited(turn: int = 0) -> None:
    """In turns, one lane at most: after each, whatever is more urgent goes first."""
    if Job.objects.filter(result__task_path=translating.TASK, state=JobState.RUNNING).count() > 1:
        return
    if _did_some(is_asked=False):
        after = 1 - turn
        key = f"entries.translate.{after}"
        enqueue(translating.TASK, key=key, priority=translating.BEHIND_ALL, turn=after)


@job(Conduct(_("Translating what a reader asked for"), outside=True))
def translate_asked() -> None:
    while _did_some(is_asked=True):
        pass


@job(Conduct(_("Looking for what is not translated yet")))
def await_missing() -> None:
    translating.await_missing()


@job(Conduct(_("Translating anew what says a word of the place")))
def await_words(municipality_id: int, words: list[str]) -> None:
    for municipality in Municipality.objects.filter(pk=municipality_id):
        translating.await_entries_saying(words, municipality)


def _did_some(*, is_asked: bool) -> bool:
    """Whether more is waiting. With an engine that is away, what is awaited stays, and is tried again later."""
    try:
        return translating.translate_awaited(is_asked=is_asked, by=MACHINE, now=timezone.now())
    except EngineAway as away:
        log.warning("translation: %s", away)
        return False
