"""Tasks for the tests. Their effects are lines of the journal, so that what is undone is seen to be undone."""

from datetime import timedelta

from django.utils import timezone

from dorfplatz.jobs.job import Conduct, job
from dorfplatz.journal.actions import record_act
from dorfplatz.journal.models import Act
from dorfplatz.kernel.actor import system

TRIES = Conduct("a chore", attempts=3, first_wait=timedelta(minutes=1), longest_wait=timedelta(minutes=3))
OUTSIDE = Conduct("a chore outside", attempts=3, first_wait=timedelta(minutes=1), outside=True)


def sweep(room: str) -> None:
    record_act("sweep", by=system("chores"), now=timezone.now(), thing=f"room:{room}")


def swept() -> list[str]:
    return list(Act.objects.filter(verb="sweep").values_list("thing", flat=True))


@job(TRIES)
def sweep_room(room: str) -> None:
    sweep(room)


@job(TRIES)
def sweep_and_fall(room: str) -> None:
    sweep(room)
    raise RuntimeError("anna@example.org stood in the way")


@job(OUTSIDE)
def sweep_outside_and_fall(room: str) -> None:
    sweep(room)
    raise SystemExit(3)


@job()
def sweep_plainly() -> None:
    sweep("hall")


def no_task() -> None:
    """Not declared."""
