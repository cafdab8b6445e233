"""What people say is wrong, and who keeps an entry. For those who may change it: the caller asks the policy."""

from __future__ import annotations

from dorfplatz.kernel.actor import Actor
from dorfplatz.places.enums import CorrectionState
from dorfplatz.places.models import Correction, Keeper, Listing


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
