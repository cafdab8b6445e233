"""Keepers who are asked whether their entry is still right, and links by which they answer."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet

from dorfplatz.entries.enums import State
from dorfplatz.places.asking import Asked, is_good
from dorfplatz.places.enums import PlaceKind, Status
from dorfplatz.places.models import Keeper
from dorfplatz.villages.models import Municipality

# Three weeks before the day, one week before it, and a week after it.
ROUNDS = (timedelta(days=-21), timedelta(days=-7), timedelta(days=7))


def keepers_to_ask(*, now: datetime) -> QuerySet[Keeper]:
    """Who is to be asked now, each about one entry, the most overdue first: the next round is due, and not yet sent."""
    open_still = Keeper.objects.filter(ended_at=None, identity__is_blocked=False, identity__login__isnull=False)
    placed = open_still.filter(listing__entry__kind__in=PlaceKind.values, listing__entry__state=State.PUBLISHED)
    due = Q(pk__in=[])
    for number, begins in enumerate(ROUNDS):
        reached = Q(listing__entry__check_due_at__lte=now - begins)
        same = Q(reminder__due_at=F("listing__entry__check_due_at"))
        sent = Q(same, reminder__count__gt=number)
        due |= reached & ~sent if number == 0 else reached & Q(same, reminder__count=number)
    found = placed.filter(due).exclude(listing__status=Status.CLOSED)
    with_entry = found.select_related("listing__entry", "identity__login", "reminder")
    placed = with_entry.prefetch_related("listing__entry__placements__area")
    return placed.order_by("listing__entry__check_due_at", "pk")


def keeper_of_link(asked: Asked, *, municipality: Municipality) -> Keeper | None:
    """Who answers by this link, as long as it is good. The link is the permission."""
    found = Keeper.objects.filter(pk=asked.keeper_id, listing__entry__state=State.PUBLISHED)
    here = found.filter(listing__entry__areas__path__startswith=municipality.path).distinct()
    keeper = here.select_related("listing__entry", "identity__login").first()
    return keeper if keeper and is_good(asked, keeper) else None
