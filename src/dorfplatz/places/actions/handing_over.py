"""The board has changed: an entry passes to a successor, who may not be a member yet."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dorfplatz.journal.actions import record_act
from dorfplatz.kernel.actor import Actor, system
from dorfplatz.kernel.facts import announce
from dorfplatz.kernel.verdict import Problem
from dorfplatz.members.actions import Letter, invite_to_errand, withdraw_invitation
from dorfplatz.members.models import Identity
from dorfplatz.places import post
from dorfplatz.places.actions.claims import begin_keeping
from dorfplatz.places.facts import PlaceHandedOver
from dorfplatz.places.models import HandOver, Keeper, Listing
from dorfplatz.places.policies import can_hand_over_place, is_keeper

KEEPING = "keeping"
PASSING_ON = system("handing over")


@transaction.atomic
def hand_over_place(listing: Listing, *, email: str, stays: bool, letter: Letter, by: Actor, now: datetime) -> HandOver:
    """Ask a successor by mail to keep the entry, whether or not there is such a member: the mail is the same.

    Until she says yes everything stays as it is, so that somebody always keeps it. With `stays` both keep it then. Who
    was asked before and has not said yes is asked no more. Raises Problem for what is no address.
    """
    can_hand_over_place(by, listing).require()
    Listing.objects.select_for_update().get(pk=listing.pk)
    take_back_hand_over(listing, by=by, now=now)
    own = is_keeper(by, listing)
    hand_over = HandOver.objects.create(
        listing=listing, by_id=by.identity_id if own else None, stays=stays or not own, asked_at=now
    )
    area = listing.entry.placements.select_related("area").order_by("pk")[0].area
    hand_over.invitation = invite_to_errand(
        email=email, errand=f"{KEEPING}:{hand_over.pk}", area=area, letter=letter, by=by, now=now
    )
    hand_over.save(update_fields=["invitation"])
    details = {"entry": listing.pk}
    record_act("place.hand_over_asked", by=by, now=now, thing=f"handover:{hand_over.pk}", details=details)
    return hand_over


@transaction.atomic
def take_back_hand_over(listing: Listing, *, by: Actor, now: datetime) -> bool:
    """Whoever was asked to take over is asked no more; whether somebody was."""
    can_hand_over_place(by, listing).require()
    waiting = HandOver.objects.filter(listing=listing, done_at__isnull=True, invitation__isnull=False)
    asked = [one.invitation for one in waiting.select_related("invitation__area") if one.invitation]
    taken_back = [withdraw_invitation(invitation, by=PASSING_ON, now=now) for invitation in asked]
    return any(taken_back)


@transaction.atomic
def take_over_place(hand_over_id: int, *, identity_id: int, by: Actor, now: datetime) -> None:
    """The successor has said yes and keeps the entry; whoever handed it over does no more, unless both wanted it."""
    found = HandOver.objects.select_for_update().select_related("listing__entry").filter(pk=hand_over_id)
    hand_over = found.first()
    if hand_over is None or not by.is_system or hand_over.done_at:
        raise Problem(_("This entry has been handed over already, or is not there any more."))
    successor = Identity.objects.get(pk=identity_id)
    begin_keeping(hand_over.listing, identity=successor, by=by, now=now)
    if not hand_over.stays and hand_over.by_id != identity_id:
        own = Keeper.objects.filter(listing=hand_over.listing, identity=hand_over.by_id, ended_at__isnull=True)
        if own.update(ended_at=now):
            details = {"identity": hand_over.by_id}
            thing = f"entry:{hand_over.listing_id}"
            record_act("place.keeper_ended", by=by, now=now, thing=thing, details=details)
    hand_over.done_at = now
    hand_over.save(update_fields=["done_at"])
    post.tell_of_hand_over(hand_over, successor, now=now)
    announce(PlaceHandedOver(hand_over.pk, hand_over.listing_id, hand_over.by_id, identity_id))
