"""What the worker does for the spine."""

from __future__ import annotations

from django.utils import timezone

from dorfplatz.entries.actions import erase_removed_entries
from dorfplatz.jobs.job import job
from dorfplatz.kernel.actor import system


@job()
def erase_removed() -> None:
    erase_removed_entries(by=system("retention"), now=timezone.now())
