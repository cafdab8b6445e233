"""How the work is going."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, QuerySet

from dorfplatz.jobs.enums import JobState
from dorfplatz.jobs.job import conduct_of, task_named
from dorfplatz.jobs.models import SILENCE, Job, Worker
from dorfplatz.kernel.actor import Actor

SEE = "jobs.see"


@dataclass(frozen=True)
class WorkerState:
    """Whether somebody works, since when, and how long the oldest due job has been waiting."""

    is_alive: bool
    alive_since: datetime | None
    waiting_count: int
    oldest_waiting: timedelta
    parked_count: int


def is_anybody_working(now: datetime) -> bool:
    """Whether a worker has shown itself lately; a system query, it tells nothing about persons."""
    return Worker.objects.filter(beat_at__gte=now - SILENCE).exists()


def worker_state(now: datetime) -> WorkerState:
    """The state of the work, for /readyz and `dorfplatz check`; a system query, it tells nothing about persons."""
    since = Worker.objects.filter(beat_at__gte=now - SILENCE).aggregate(since=Min("started_at"))["since"]
    due = Job.objects.due(now).aggregate(oldest=Min("run_after"), count=Count("pk"))
    return WorkerState(
        is_alive=since is not None,
        alive_since=since,
        waiting_count=due["count"],
        oldest_waiting=now - due["oldest"] if due["oldest"] else timedelta(0),
        parked_count=Job.objects.filter(state=JobState.PARKED).count(),
    )


def parked_jobs(viewer: Actor) -> QuerySet[Job]:
    """Jobs that failed too often, latest first, for administrators; for others none."""
    if not viewer.holds_anywhere(SEE):
        return Job.objects.none()
    return Job.objects.parked().select_related("result").order_by("-changed_at")


def task_label(path: str) -> str:
    """What a task does, in the reader's language; a task that no longer exists is called by its dotted name."""
    try:
        task_named(path)
    except LookupError:
        return path
    return str(conduct_of(path).label) or path
