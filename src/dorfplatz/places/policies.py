"""Who may add, change and confirm entries of the social map."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from dorfplatz.entries.policies import area_paths, holds_in_one
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.verdict import ALLOWED, Verdict, allowed_if
from dorfplatz.places.enums import ADD, EDIT, TAXONOMY
from dorfplatz.places.models import Listing
from dorfplatz.villages.models import Area, Municipality


def can_add_place(actor: Actor, areas: Iterable[Area]) -> Verdict:
    paths = [str(area.path) for area in areas]
    return allowed_if(
        bool(paths) and all(actor.holds(ADD, path) for path in paths),
        str(_("Entries are added by the Buurtverbinder of the village.")),
    )


def is_keeper(actor: Actor, listing: Listing) -> bool:
    return actor.is_member and any(
        keeper.identity_id == actor.identity_id and keeper.ended_at is None for keeper in listing.keepers.all()
    )


def can_change_place(actor: Actor, listing: Listing) -> Verdict:
    """Its keepers, and connectors and editors of one of its villages."""
    if is_keeper(actor, listing) or holds_in_one(actor, EDIT, area_paths(listing.entry)):
        return ALLOWED
    return allowed_if(False, str(_("Only those who keep this entry may change it. You can tell them what is wrong.")))


def can_confirm_place(actor: Actor, listing: Listing) -> Verdict:
    return can_change_place(actor, listing)


def can_settle_correction(actor: Actor, listing: Listing) -> Verdict:
    return can_change_place(actor, listing)


def can_name_keeper(actor: Actor, listing: Listing) -> Verdict:
    return allowed_if(
        holds_in_one(actor, EDIT, area_paths(listing.entry)),
        str(_("Only the Buurtverbinder of the village may say who keeps an entry.")),
    )


def can_edit_taxonomy(actor: Actor, municipality: Municipality) -> Verdict:
    return allowed_if(
        actor.holds(TAXONOMY, municipality.path), str(_("Only the municipality’s admins may change the categories."))
    )


def can_write_standard_taxonomy(actor: Actor) -> Verdict:
    return allowed_if(actor.is_system, str(_("The standard categories come with the product.")))
