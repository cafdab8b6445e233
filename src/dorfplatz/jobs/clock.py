"""Enqueues what recurs, each slot once."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from dorfplatz.jobs.models import Slot
from dorfplatz.jobs.queue import enqueue
from dorfplatz.jobs.sockets import Periodic, periodic


def tick(now: datetime) -> int:
    """Enqueue every periodic job whose present slot nobody has taken; returns how many. Reads only, mostly."""
    taken = set(Slot.objects.values_list("name", "begins_at"))
    return sum(_take(name, thing, now) for name, thing in periodic.items() if (name, thing.slot_at(now)) not in taken)


def _take(name: str, thing: Periodic, now: datetime) -> bool:
    begins_at = thing.slot_at(now)
    try:
        with transaction.atomic():
            Slot.objects.create(name=name, begins_at=begins_at)
            Slot.objects.filter(name=name, begins_at__lt=begins_at).delete()
            enqueue(thing.task, key=f"periodic:{name}", run_after=now, **thing.kwargs)
    except IntegrityError:  # another worker took it a moment ago
        return False
    return True
