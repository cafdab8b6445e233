"""What somebody should look at again: long unconfirmed, or no longer in its source."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from dorfplatz.entries.enums import BY_HAND, State
from dorfplatz.entries.models import Entry
from dorfplatz.kernel.actor import VISITOR, Actor
from dorfplatz.places.enums import PlaceKind, Status
from dorfplatz.places.models import Keeper, Listing
from dorfplatz.villages.models import Area
from dorfplatz.villages.prepared import prepared_for

# Who keeps an entry is asked first; for so long it is nobody else's.
KEEPERS_FIRST = timedelta(days=28)
# What stands on the list for the telephone: it is printed for a quarter.
AHEAD, MOST_TO_RING = timedelta(days=60), 120


def due_places(areas: Collection[int], viewer: Actor, *, now: datetime, most: int) -> list[Listing]:
    """What waits for those who look after these areas, the longest first. Two queries.

    What an import keeps is confirmed by the next one: it is due only when it has vanished from its source. What has
    a keeper waits for her first.
    """
    return _due(frozenset(areas), viewer, most)(now, now - KEEPERS_FIRST)


def _due_question(
    areas: frozenset[int], viewer: Actor, most: int, now: datetime, with_keepers: datetime
) -> QuerySet[Listing]:
    kept = Keeper.objects.filter(listing=OuterRef("pk"), ended_at=None)
    here = Entry.objects.filter(kind__in=PlaceKind.values, state=State.PUBLISHED).in_areas(areas)
    seen = here.visible_to(viewer, now=now).values("pk")
    overdue = Q(entry__check_due_at__lte=now) & (Q(entry__check_due_at__lte=with_keepers) | ~Exists(kept))
    by_hand = Q(entry__origin__in=BY_HAND) | Exists(kept)
    gone = Q(missing_since__isnull=False)
    found = Listing.objects.filter(Q(by_hand, overdue) | gone, pk__in=seen, shown_with=None)
    open_still = found.exclude(status=Status.CLOSED).select_related("entry", "category")
    ordered = open_still.prefetch_related("keepers")
    return ordered.order_by("entry__check_due_at", "pk")[:most]


_due = prepared_for(_due_question, datetime, datetime)


def without_picture(areas: Collection[int], viewer: Actor, *, now: datetime, most: int) -> list[Listing]:
    """What people here have entered and nobody has shown yet, the newest first. One query."""
    return _bare(frozenset(areas), viewer, most)(now)


def _bare_question(areas: frozenset[int], viewer: Actor, most: int, now: datetime) -> QuerySet[Listing]:
    here = Entry.objects.filter(kind__in=PlaceKind.values, state=State.PUBLISHED, origin__in=BY_HAND)
    seen = here.in_areas(areas).visible_to(viewer, now=now).values("pk")
    bare = Listing.objects.filter(pk__in=seen, shown_with=None, photos=None).exclude(status=Status.CLOSED)
    return bare.select_related("entry").order_by("-entry__published_at", "-pk")[:most]


_bare = prepared_for(_bare_question, datetime)


def to_ring_about(area: Area, viewer: Actor, *, now: datetime) -> list[int]:
    """Ids of what stands on a village's phone list: due already or soon, the longest waiting first. One query."""
    open_still = Entry.objects.filter(kind__in=PlaceKind.values).exclude(listing__status=Status.CLOSED)
    due = open_still.filter(check_due_at__lt=now + AHEAD)
    here = due.in_areas(frozenset({area.pk})).visible_to(viewer, now=now).order_by("check_due_at", "pk")
    return list(here.values_list("pk", flat=True)[:MOST_TO_RING])


def phone_list(area: Area, viewer: Actor, *, now: datetime) -> list[Listing]:
    """The same rows in the same order, to be typed in. What strangers may not read stands on no paper. Five queries."""
    ids = to_ring_about(area, VISITOR, now=now)
    seen = Entry.objects.filter(pk__in=ids).visible_to(viewer, now=now).values("pk")
    found = Listing.objects.filter(pk__in=seen).select_related("entry")
    by_id = {listing.pk: listing for listing in found.prefetch_related("entry__placements__area", "keepers")}
    return [by_id[pk] for pk in ids if pk in by_id]
