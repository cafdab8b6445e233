"""What the worker does for the call list."""

from __future__ import annotations

from django.utils import timezone

from dorfplatz.intake.actions import forget_told
from dorfplatz.jobs.job import job
from dorfplatz.kernel.actor import system


@job()
def forget_what_was_told() -> None:
    forget_told(by=system("intake"), now=timezone.now())
