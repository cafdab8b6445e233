"""What people do with jobs, and how old ones are forgotten."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from dorfplatz.jobs.claims import NOTHING
from dorfplatz.jobs.enums import LIVE, OVER, JobState
from dorfplatz.jobs.models import Job
from dorfplatz.jobs.policies import can_settle_job
from dorfplatz.journal.actions import record_act
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.verdict import Problem

KEPT = timedelta(days=7)
BATCH = 2000


@transaction.atomic
def release_job(job_id: Any, *, by: Actor, now: datetime) -> Job:
    """Have a parked job tried again, with all its attempts. Raises Problem when it is not parked any more.

    When the same work has been enqueued anew meanwhile, the parked job is dropped instead.
    """
    can_settle_job(by).require()
    job = _parked_job(job_id)
    is_doubled = job.key is not None and Job.objects.filter(key=job.key, state__in=LIVE).exists()
    if is_doubled:
        return _settle(job, JobState.DROPPED, TaskResultStatus.FAILED, by=by, now=now)
    return _settle(job, JobState.WAITING, TaskResultStatus.READY, by=by, now=now)


@transaction.atomic
def drop_job(job_id: Any, *, by: Actor, now: datetime) -> Job:
    """Give a parked job up. Raises Problem when it is not parked any more."""
    can_settle_job(by).require()
    return _settle(_parked_job(job_id), JobState.DROPPED, TaskResultStatus.FAILED, by=by, now=now)


def _parked_job(job_id: Any) -> Job:
    job = Job.objects.select_for_update().filter(pk=job_id, state=JobState.PARKED).first()
    if job is None:
        raise Problem(_("Somebody has settled this already."))
    return job


def _settle(job: Job, state: JobState, status: TaskResultStatus, *, by: Actor, now: datetime) -> Job:
    job.state, job.run_after, job.changed_at = state, now, now
    job.attempt = 0 if state == JobState.WAITING else job.attempt
    job.save()
    is_over = state in OVER
    result = DBTaskResult.objects.filter(pk=job.pk)
    if is_over:
        result.update(status=status, finished_at=now, args_kwargs=NOTHING)
    else:
        result.update(status=status, finished_at=None, run_after=now)
    verb = "drop_job" if is_over else "release_job"
    record_act(verb, by=by, now=now, thing=f"job:{job.pk}", details={"task": job.result.task_path})
    return job


def forget_jobs(*, now: datetime) -> int:
    """Remove jobs that ended a week ago, in portions that hold nobody up; returns how many."""
    forgotten = 0
    while True:
        old = Job.objects.filter(state__in=OVER, changed_at__lt=now - KEPT).values_list("pk", flat=True)[:BATCH]
        with transaction.atomic():
            portion = list(old)
            DBTaskResult.objects.filter(pk__in=portion).delete()
        forgotten += len(portion)
        if len(portion) < BATCH:
            return forgotten
