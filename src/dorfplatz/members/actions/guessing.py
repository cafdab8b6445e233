"""Somebody guesses codes of cards and invitations: those who give roles hear of it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from dorfplatz.jobs.queue import enqueue
from dorfplatz.journal.actions import record_act
from dorfplatz.kernel.actor import Actor
from dorfplatz.villages.models import Municipality


@transaction.atomic
def note_guessing(municipality: Municipality, *, by: Actor, now: datetime) -> None:
    """Write it down, and have it told by mail; once for each hour."""
    record_act("members.codes_guessed", by=by, now=now, thing=f"area:{municipality.pk}", area_id=municipality.pk)
    enqueue(
        "dorfplatz.members.tasks.mail_guessing", key=f"guessing:{municipality.pk}:{now:%Y-%m-%d-%H}",
        municipality_id=municipality.pk, at=now.isoformat(),
    )  # fmt: skip
