"""Putting work off: one function for all who decide something now and have it done later."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

from dorfplatz.jobs.enums import LIVE
from dorfplatz.jobs.job import task_named
from dorfplatz.jobs.models import Job

BATCH = 200


def enqueue(
    task: str | Task[..., Any],
    *,
    key: str | None = None,
    run_after: datetime | None = None,
    priority: int = 0,
    **kwargs: Any,
) -> Job:
    """Have a task done later with these arguments; with the current transaction it stands or falls.

    `task` is a task or its dotted name ("dorfplatz.mail.tasks.deliver_mail"). While a job with the same `key` waits or
    runs, that job is returned and nothing is added. Arguments must be plain JSON: ids, not rows.
    """
    found = task_named(task) if isinstance(task, str) else task
    while True:
        if key is not None and (known := Job.objects.filter(key=key, state__in=LIVE).first()):
            return known
        try:
            with transaction.atomic():
                return _stored(found, key, run_after, priority, kwargs)
        except IntegrityError:
            # Somebody else was quicker with this key; what they stored is visible now, unless it is over already.
            if key is None:
                raise


@transaction.atomic
def enqueue_many(task: str | Task[..., Any], orders: Mapping[str, Mapping[str, Any]], *, priority: int = 0) -> None:
    """The same task many times, by key with its arguments; in a fixed number of queries for any few hundred.

    For keys that no job can have yet: one that waits or runs already is an IntegrityError, and nothing is added.
    """
    found = task_named(task) if isinstance(task, str) else task
    now = timezone.now()
    results = {key: _result(found, now, priority, dict(told)) for key, told in orders.items()}
    DBTaskResult.objects.bulk_create(results.values(), batch_size=BATCH)
    Job.objects.bulk_create(
        [Job(result=row, key=key, priority=priority, run_after=now, changed_at=now) for key, row in results.items()],
        batch_size=BATCH,
    )


def _result(task: Task[..., Any], due: datetime, priority: int, kwargs: dict[str, Any]) -> DBTaskResult[Any, Any]:
    return DBTaskResult(
        id=uuid.uuid4(),
        args_kwargs={"args": [], "kwargs": kwargs},
        priority=priority,
        task_path=task.module_path,
        queue_name=task.queue_name,
        backend_name=task.backend,
        run_after=due,
    )


def _stored(
    task: Task[..., Any], key: str | None, run_after: datetime | None, priority: int, kwargs: dict[str, Any]
) -> Job:
    now = timezone.now()
    due = run_after or now
    result = _result(task, due, priority, kwargs)
    result.save(force_insert=True)
    return Job.objects.create(result=result, key=key, priority=priority, run_after=due, changed_at=now)
