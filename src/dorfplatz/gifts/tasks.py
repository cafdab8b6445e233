"""What the worker does for conversations."""

from __future__ import annotations

from django.utils import timezone

from dorfplatz.gifts.actions import erase_ended
from dorfplatz.jobs.job import job
from dorfplatz.kernel.actor import system


@job()
def erase_ended_conversations() -> None:
    """As long as there are any, each hundred in a transaction of its own."""
    while erase_ended(by=system("retention"), now=timezone.now()):
        pass
