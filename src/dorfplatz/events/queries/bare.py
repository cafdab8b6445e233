"""Dates that nobody has shown a picture of yet."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from dorfplatz.entries.enums import BY_HAND, State
from dorfplatz.entries.models import Entry
from dorfplatz.events.enums import KIND, Status
from dorfplatz.events.models import Event
from dorfplatz.kernel.actor import Actor
from dorfplatz.villages.prepared import prepared_for

# A picture that comes later helps nobody any more.
AHEAD = timedelta(days=28)
MOST = 8


def dates_without_picture(areas: Collection[int], viewer: Actor, *, now: datetime, most: int) -> list[Event]:
    """What people here have set out once, not every week, for the coming weeks; the next first. One query."""
    return _bare(frozenset(areas), viewer)(now, now.date(), now.date() + AHEAD)[:most]


def _bare_question(areas: frozenset[int], viewer: Actor, now: datetime, first: date, last: date) -> QuerySet[Event]:
    here = Entry.objects.filter(kind=KIND, state=State.PUBLISHED, origin__in=BY_HAND, pictures=None)
    seen = here.in_areas(areas).visible_to(viewer, now=now).values("pk")
    soon = Event.objects.filter(pk__in=seen, rule="", starts_on__gte=first, starts_on__lte=last)
    found = soon.exclude(status=Status.CANCELLED).select_related("entry")
    return found.order_by("starts_on", "pk")[:MOST]


_bare = prepared_for(_bare_question, datetime, date, date)
