"""What the worker does for wishes."""

from __future__ import annotations

from django.utils import timezone

from dorfplatz.jobs.job import job
from dorfplatz.kernel.actor import system
from dorfplatz.wishes.actions import erase_old_photos as erase


@job()
def erase_old_photos() -> None:
    erase(by=system("retention"), now=timezone.now())
