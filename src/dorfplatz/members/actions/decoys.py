"""A machine reads the list of neighbours: it gets nothing more, and those who keep the rules hear of it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from dorfplatz.jobs.queue import enqueue
from dorfplatz.journal.actions import record_act
from dorfplatz.kernel.actor import Actor
from dorfplatz.members import limits
from dorfplatz.villages.models import Municipality


@transaction.atomic
def note_decoy(municipality: Municipality, *, by: Actor, now: datetime) -> None:
    """Whoever asked for the page of the resident who does not exist reads no more pages of people this week.

    Told once a day for each person; for visitors once a day.
    """
    if by.is_member:
        limits.exhaust(limits.PAGES_READ, str(by.identity_id), now=now)
    record_act("members.decoy_asked", by=by, now=now, thing=f"area:{municipality.pk}", area_id=municipality.pk)
    enqueue(
        "dorfplatz.members.tasks.mail_decoy", key=f"decoy:{municipality.pk}:{by.identity_id}:{now.date()}",
        municipality_id=municipality.pk, identity_id=by.identity_id, at=now.isoformat(),
    )  # fmt: skip
