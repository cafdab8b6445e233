"""Dates that nobody has shown a picture of yet."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from dorfplatz.entries.enums import BY_HAND, State
from dorfplatz.entries.models import Entry
from dorfplatz.events.enums import KIND, Status
from dorfplatz.events.models import Event
from dorfplatz.kernel.actor import Actor

# A picture that comes later helps nobody any more.
AHEAD = timedelta(days=28)


def dates_without_picture(areas: Collection[int], viewer: Actor, *, now: datetime, most: int) -> list[Event]:
    """What people here have set out once, not every week, for the coming weeks; the next first. One query."""
    here = Entry.objects.filter(kind=KIND, state=State.PUBLISHED, origin__in=BY_HAND, pictures=None)
    seen = here.in_areas(frozenset(areas)).visible_to(viewer, now=now).values("pk")
    soon = Event.objects.filter(pk__in=seen, rule="", starts_on__gte=now.date(), starts_on__lte=now.date() + AHEAD)
    found = soon.exclude(status=Status.CANCELLED).select_related("entry")
    return list(found.order_by("starts_on", "pk")[:most])
