"""The page on which administrators see what got stuck, and settle it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dorfplatz.jobs.actions import drop_job, release_job
from dorfplatz.jobs.enums import JobState
from dorfplatz.jobs.models import Job
from dorfplatz.jobs.queries import SEE, is_anybody_working, parked_jobs, task_label
from dorfplatz.kernel.access import needs
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.verdict import Problem

PER_PAGE = 30


class JobsRequest(HttpRequest):
    """A request after the middleware has said who looks."""

    viewer: Actor


@dataclass(frozen=True)
class Row:
    """A parked job as the page tells it."""

    id: UUID
    label: str
    task: str
    fault: str
    attempt: int
    enqueued_at: datetime
    parked_at: datetime


def _row(job: Job) -> Row:
    result = job.result
    return Row(
        id=job.pk,
        label=task_label(result.task_path),
        task=result.task_path,
        fault=job.fault,
        attempt=job.attempt,
        enqueued_at=result.enqueued_at,
        parked_at=job.changed_at,
    )


@needs(SEE)
@require_safe
def parked(request: JobsRequest) -> HttpResponse:
    page = Paginator(parked_jobs(request.viewer), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": [_row(job) for job in page], "is_worked": is_anybody_working(timezone.now())}
    return render(request, "jobs/parked.html", context)


@needs(SEE)
@require_POST
def release(request: JobsRequest, job_id: UUID) -> HttpResponse:
    return _settled(request, job_id, release_job)


@needs(SEE)
@require_POST
def drop(request: JobsRequest, job_id: UUID) -> HttpResponse:
    return _settled(request, job_id, drop_job)


def _settled(request: JobsRequest, job_id: UUID, settle: Callable[..., Job]) -> HttpResponse:
    try:
        job = settle(job_id, by=request.viewer, now=timezone.now())
    except Problem as problem:
        messages.warning(request, str(problem))
    else:
        is_waiting = job.state == JobState.WAITING
        messages.success(request, _("It will be tried again at once.") if is_waiting else _("It has been given up."))
    return redirect("jobs:parked")
