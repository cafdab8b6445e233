"""A word to those who come, when a date is not what it was: enqueued with the decision, mailed by the worker."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from dorfplatz.events.facts import DatesChanged
from dorfplatz.events.models import Coming, Event
from dorfplatz.jobs.queue import enqueue
from dorfplatz.kernel.facts import announce


def tell_of(event: Event, change: str, *, on: date | None, word: str, today: date, now: datetime) -> None:
    """Tell whoever cares, and by mail those who come on that day, or on any day that is to come."""
    announce(DatesChanged(event.pk, change, on))
    some = Coming.objects.filter(event=event, **({"on": on} if on else {"on__gte": today}))
    for pk in some.order_by("pk").values_list("pk", flat=True):
        enqueue(
            "dorfplatz.events.tasks.tell_one_who_comes", coming_id=pk, change=change, word=word, said=now.isoformat()
        )


def forget_lost(event: Event, kept: Iterable[date], *, today: date) -> None:
    """Nobody comes on days that are none of the event's any more. Who came in the past is left to the clock."""
    Coming.objects.filter(event=event, on__gte=today).exclude(on__in=list(kept)).delete()
