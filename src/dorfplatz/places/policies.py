"""Who may add, change and confirm entries of the social map."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from dorfplatz.entries.enums import State
from dorfplatz.entries.policies import WITH_A_REASON, area_paths, can_hide_entry, holds_in_one
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.verdict import ALLOWED, Verdict, allowed_if, refused
from dorfplatz.places.enums import ADD, EDIT, TAXONOMY, ClaimState
from dorfplatz.places.models import Claim, Listing
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


def can_withdraw_place(actor: Actor, listing: Listing) -> Verdict:
    """Take it off the map without a word, or put it back: those in charge, unless somebody is to be told why."""
    entry = listing.entry
    verdict = can_hide_entry(actor, entry)
    if not verdict or entry.state == State.HIDDEN:
        return verdict
    people = {entry.author_id, *(keeper.identity_id for keeper in listing.keepers.all() if keeper.ended_at is None)}
    return allowed_if(people <= {None, actor.identity_id}, str(WITH_A_REASON))


def can_claim_place(actor: Actor, listing: Listing) -> Verdict:
    """A member of age whom neighbours know says that this is hers; for herself, not by another's hand."""
    entry = listing.entry
    if not actor.is_member:
        return refused(str(_("Please log in first.")))
    if not actor.is_known or actor.is_minor or actor.curbs or actor.hand_id is not None:
        return refused(str(_("Entries are kept by neighbours of age whom others know.")))
    if is_keeper(actor, listing):
        return refused(str(_("You keep this entry already.")))
    return allowed_if(entry.state == State.PUBLISHED, str(_("This entry is not on the map at the moment.")))


def can_decide_claim(actor: Actor, claim: Claim, *, now: datetime) -> Verdict:
    """Its present keepers; those who name keepers where there are none, or these have let a week pass."""
    listing = claim.listing
    if actor.is_system:
        return ALLOWED
    if claim.state != ClaimState.OPEN or claim.identity_id == actor.identity_id:
        return refused(str(_("There is nothing to decide (any more).")))
    if is_keeper(actor, listing):
        return ALLOWED
    if not can_name_keeper(actor, listing):
        return can_name_keeper(actor, listing)
    are_asked = now < claim.keepers_until and any(keeper.ended_at is None for keeper in listing.keepers.all())
    return allowed_if(not are_asked, str(_("Those who keep the entry are asked first. After a week it is up to you.")))


def can_hand_over_place(actor: Actor, listing: Listing) -> Verdict:
    """Who keeps it, and those who name keepers."""
    return can_change_place(actor, listing)


def can_edit_taxonomy(actor: Actor, municipality: Municipality) -> Verdict:
    return allowed_if(
        actor.holds(TAXONOMY, municipality.path), str(_("Only the municipality’s admins may change the categories."))
    )


def can_write_standard_taxonomy(actor: Actor) -> Verdict:
    return allowed_if(actor.is_system, str(_("The standard categories come with the product.")))
