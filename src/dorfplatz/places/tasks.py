"""What the worker does for the social map."""

from __future__ import annotations

from django.utils import timezone

from dorfplatz.jobs.job import job
from dorfplatz.kernel.actor import system
from dorfplatz.places.actions import ask_keepers, forget_old_claims, tell_of_waiting_claims


@job()
def look_after_claims() -> None:
    """Asks the connectors where keepers were silent for a week, and forgets what is long over."""
    by, now = system("claims"), timezone.now()
    tell_of_waiting_claims(by=by, now=now)
    forget_old_claims(by=by, now=now)


@job()
def ask_who_keeps_what() -> None:
    """Asks keepers whether what they keep is still right."""
    ask_keepers(by=system("freshness"), now=timezone.now())
