"""What people say is wrong, and who keeps an entry. For those who may change it: the caller asks the policy."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet

from dorfplatz.entries.models import Entry
from dorfplatz.kernel.actor import Actor
from dorfplatz.places.enums import CorrectionState
from dorfplatz.places.models import Correction, Keeper, Listing
from dorfplatz.villages.prepared import prepared_for


def open_corrections(listing: Listing, viewer: Actor) -> list[Correction]:
    """Open notes about an entry, oldest first; never for visitors."""
    if not (viewer.is_member or viewer.is_system):
        return []
    return list(listing.corrections.filter(state=CorrectionState.OPEN).order_by("said_at"))


def present_keepers(listing: Listing, viewer: Actor) -> list[Keeper]:
    """Who keeps an entry now, with the rows to end it; never for visitors."""
    if not (viewer.is_member or viewer.is_system):
        return []
    return list(listing.keepers.filter(ended_at=None).select_related("identity").order_by("since"))


def corrections_in(areas: Collection[int], viewer: Actor, *, now: datetime, most: int) -> list[Correction]:
    """Open notes about what stands in these areas, the longest waiting first. The caller has asked the policy."""
    return _corrections(frozenset(areas), viewer, most)(now)


def _corrections_question(areas: frozenset[int], viewer: Actor, most: int, now: datetime) -> QuerySet[Correction]:
    here = Entry.objects.in_areas(areas).visible_to(viewer, now=now)
    waiting = Correction.objects.filter(state=CorrectionState.OPEN, listing__entry__in=here.values("pk"))
    with_entry = waiting.select_related("listing__entry")
    return with_entry.order_by("said_at", "pk")[:most]


_corrections = prepared_for(_corrections_question, datetime)
