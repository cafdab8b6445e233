"""A job's way through a worker: claimed, then done, put off, parked or given back. Each step is one transaction.

A claim is worth something only while the job still carries its number; whoever was buried meanwhile finds that the
job is no longer theirs, and what they did in the job's transaction is undone.
"""

from __future__ import annotations

import random
import traceback
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from dorfplatz.jobs.enums import JobState
from dorfplatz.jobs.facts import JobParked
from dorfplatz.jobs.job import conduct_of
from dorfplatz.jobs.models import Job, Worker
from dorfplatz.kernel.facts import announce

DIED = "worker died"
# Arguments may name a person; once the work is done nobody needs them.
NOTHING: dict[str, Any] = {"args": [], "kwargs": {}}
_chance = random.SystemRandom()


class ClaimLost(Exception):
    """The job was given to somebody else meanwhile."""


@dataclass(frozen=True)
class Claim:
    """One attempt at one job."""

    job_id: Any
    number: int
    task: str
    kwargs: dict[str, Any]


def claim_next(worker: Worker, now: datetime) -> Claim | None:
    """Take the most urgent job that is due, or nothing. Asking costs no write."""
    if not Job.objects.due(now).exists():
        return None
    with transaction.atomic():
        job = Job.objects.due(now).select_for_update(skip_locked=True).first()
        if job is None:
            return None
        job.state = JobState.RUNNING
        job.worker = worker
        job.attempt += 1
        job.changed_at = now
        job.save()
        result = job.result
        result.status = TaskResultStatus.RUNNING
        result.started_at = now
        result.worker_ids = [*result.worker_ids[-9:], worker.pk]
        result.save(update_fields=["status", "started_at", "worker_ids"])
    return Claim(job.pk, job.attempt, result.task_path, result.args_kwargs["kwargs"])


def claimed_job(claim: Claim) -> Job:
    """The claimed job, locked until the transaction ends. Raises ClaimLost."""
    job = Job.objects.select_for_update().filter(pk=claim.job_id, state=JobState.RUNNING, attempt=claim.number).first()
    if job is None:
        raise ClaimLost
    return job


@transaction.atomic
def mark_done(claim: Claim, now: datetime) -> None:
    """Raises ClaimLost."""
    job = claimed_job(claim)
    _leave_worker(job, JobState.DONE, now)
    DBTaskResult.objects.filter(pk=job.pk).update(
        status=TaskResultStatus.SUCCESSFUL,
        finished_at=now,
        exception_class_path="",
        traceback="",
        args_kwargs=NOTHING,
    )


@transaction.atomic
def mark_failed(claim: Claim, error: BaseException, now: datetime) -> JobState:
    """Put the job off until its next attempt, or park it after the last. Raises ClaimLost.

    What is kept of the error is its kind and place. Its message is not: it may quote a person's address or words.
    """
    job = claimed_job(claim)
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    place = "".join(traceback.format_tb(error.__traceback__))
    DBTaskResult.objects.filter(pk=job.pk).update(exception_class_path=kind, traceback=place)
    return _put_off(job, kind, now)


@transaction.atomic
def give_back_jobs_of(worker: Worker, now: datetime) -> int | None:
    """Free the jobs a dead worker held and forget the worker; how many there were, None when somebody was quicker."""
    # The worker's row is the lock: of two who find it dead, one gives back and the other finds nothing.
    if Worker.objects.select_for_update().filter(pk=worker.pk, beat_at=worker.beat_at).first() is None:
        return None
    jobs = list(Job.objects.select_for_update().filter(worker=worker, state=JobState.RUNNING))
    for job in jobs:
        _put_off(job, DIED, now)
    Worker.objects.filter(pk=worker.pk).delete()
    return len(jobs)


def _put_off(job: Job, fault: str, now: datetime) -> JobState:
    conduct = conduct_of(job.result.task_path)
    job.fault = fault[:200]
    is_last = job.attempt >= conduct.attempts
    # A job that lost its worker has done nothing wrong: it comes next.
    job.run_after = now if fault == DIED else now + conduct.wait_after(job.attempt, _chance)
    _leave_worker(job, JobState.PARKED if is_last else JobState.WAITING, now)
    DBTaskResult.objects.filter(pk=job.pk).update(
        status=TaskResultStatus.FAILED if is_last else TaskResultStatus.READY,
        run_after=job.run_after,
        finished_at=now if is_last else None,
    )
    if is_last:
        announce(JobParked(str(job.pk), job.result.task_path, now))
    return JobState(job.state)


def _leave_worker(job: Job, state: JobState, now: datetime) -> None:
    job.state = state
    job.worker = None
    job.changed_at = now
    job.save()
