"""Workers, and what our layer knows about each task of django-tasks: key, lease, attempts, state."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django_tasks_db.models import DBTaskResult

from dorfplatz.jobs.enums import LIVE, JobState

# A worker on another machine that has been silent for this long is dead; on this machine its file lock tells at once.
SILENCE = timedelta(seconds=60)


def new_worker_id() -> str:
    return secrets.token_hex(16)


class Worker(models.Model):
    """A worker process from its start to its end. Who dies without saying so is found by lock or silence."""

    id = models.CharField(primary_key=True, max_length=32, default=new_worker_id)
    started_at = models.DateTimeField()
    beat_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["beat_at"], name="jobs_worker_beat")]

    def __str__(self) -> str:
        return self.id

    def is_silent(self, now: datetime) -> bool:
        return now - self.beat_at > SILENCE


class JobQuerySet(models.QuerySet["Job"]):
    def due(self, now: datetime) -> JobQuerySet:
        return self.filter(state=JobState.WAITING, run_after__lte=now)

    def parked(self) -> JobQuerySet:
        return self.filter(state=JobState.PARKED)


class Job(models.Model):
    """One task to be done. `result` carries the task's name and arguments, this row what happens with it.

    While a job waits or runs nobody else may enqueue its `key`. `attempt` counts the claims and fences them: only
    the claim with the current number may finish the job. `fault` names the last error without its message, which
    could hold an address.
    """

    result = models.OneToOneField(DBTaskResult, on_delete=models.CASCADE, primary_key=True, related_name="job")
    key = models.CharField(max_length=200, null=True)
    state = models.CharField(max_length=8, choices=JobState.choices, default=JobState.WAITING)
    priority = models.SmallIntegerField(default=0)
    run_after = models.DateTimeField()
    attempt = models.PositiveIntegerField(default=0)
    worker = models.ForeignKey(Worker, on_delete=models.RESTRICT, null=True, related_name="jobs")
    fault = models.CharField(max_length=200, blank=True)
    changed_at = models.DateTimeField()

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ("-priority", "run_after", "pk")
        indexes = [
            models.Index(
                "state", models.F("priority").desc(), "run_after", name="jobs_job_due", condition=Q(state="waiting")
            ),
            models.Index(fields=["state", "changed_at"], name="jobs_job_changed"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=Q(state__in=LIVE), name="jobs_job_key_once_while_live"),
            models.CheckConstraint(
                condition=Q(state="running", worker__isnull=False) | (~Q(state="running") & Q(worker__isnull=True)),
                name="jobs_job_runs_at_a_worker",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.result.task_path} {self.state}"


class Slot(models.Model):
    """A slot of a periodic job that has been enqueued, so that no second worker does it again."""

    name = models.CharField(max_length=100)
    begins_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "begins_at"], name="jobs_slot_once")]

    def __str__(self) -> str:
        return f"{self.name} {self.begins_at:%Y-%m-%d %H:%M}"
