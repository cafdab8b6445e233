"""What the worker does for itself."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dorfplatz.jobs import actions
from dorfplatz.jobs.job import Conduct, job


@job(Conduct(_("Forgetting old jobs"), outside=True))
def forget_jobs() -> None:
    actions.forget_jobs(now=timezone.now())
