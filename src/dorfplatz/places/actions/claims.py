"""“This is ours”: a member asks to keep an entry, and is told yes or no."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from dorfplatz.journal.actions import record_act
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.facts import announce
from dorfplatz.kernel.spelling import typed
from dorfplatz.kernel.verdict import Problem, allowed_if
from dorfplatz.members.models import Identity
from dorfplatz.places import post
from dorfplatz.places.enums import ClaimState
from dorfplatz.places.facts import ClaimDecided, ClaimWaits, ClaimWithdrawn, PlaceClaimed
from dorfplatz.places.models import Claim, HandOver, Keeper, Listing
from dorfplatz.places.policies import can_claim_place, can_decide_claim

KEEPERS_HAVE = timedelta(days=7)
TOLD_FOR = timedelta(days=3)  # so long a worker may have stood still without anybody being forgotten
CLAIMS_KEPT = timedelta(days=182)
MOST_OPEN = 5
LONGEST_WORDS = 300


@transaction.atomic
def claim_place(listing: Listing, *, words: str, by: Actor, now: datetime) -> Claim:
    """Ask to keep an entry. Asked twice it counts once. Keepers there are, else the connectors, get a mail.

    Raises Problem for no words, and for too many entries at a time.
    """
    can_claim_place(by, listing).require()
    said = " ".join(words.split())
    if not said or len(said) > LONGEST_WORDS:
        raise Problem(_("Please say in a sentence what you are there: “I am the new secretary.”"))
    Listing.objects.select_for_update().get(pk=listing.pk)
    asker = Identity.objects.get(pk=by.identity_id or 0)
    mine = Claim.objects.filter(identity=asker, state=ClaimState.OPEN)
    known = mine.filter(listing=listing).first()
    if known:
        return known
    if mine.count() >= MOST_OPEN:
        raise Problem(_("Please wait until your other entries are decided."))
    kept = Keeper.objects.filter(listing=listing, ended_at__isnull=True).exists()
    claim = Claim.objects.create(
        listing=listing, identity=asker, words=said, asked_at=now,
        keepers_until=now + KEEPERS_HAVE if kept else now,
    )  # fmt: skip
    record_act("place.claimed", by=by, now=now, thing=f"claim:{claim.pk}", details={"entry": listing.pk})
    post.tell_of_claim(claim, now=now)
    announce(PlaceClaimed(claim.pk, listing.pk))
    return claim


@transaction.atomic
def decide_claim(claim: Claim, *, is_given: bool, reason: str = "", by: Actor, now: datetime) -> bool:
    """Say yes, and she keeps the entry from now on beside those who do; or no, with a reason. Whether it was open."""
    can_decide_claim(by, claim, now=now).require()
    why = " ".join(typed(reason).split())[:LONGEST_WORDS]
    if not is_given and not why:
        raise Problem(_("Please say why not: the person reads it."))
    locked = Claim.objects.select_for_update().get(pk=claim.pk)
    if locked.state != ClaimState.OPEN:
        return False
    claim.state = ClaimState.GIVEN if is_given else ClaimState.DECLINED
    claim.decided_by_id, claim.decided_at, claim.reason = by.identity_id, now, "" if is_given else why
    claim.save(update_fields=["state", "decided_by", "decided_at", "reason"])
    if is_given:
        begin_keeping(claim.listing, identity=claim.identity, by=by, now=now)
    details = {"entry": claim.listing_id, "state": str(claim.state)}
    record_act("place.claim_decided", by=by, now=now, thing=f"claim:{claim.pk}", details=details)
    post.tell_of_decision(claim, now=now)
    announce(ClaimDecided(claim.pk, claim.listing_id))
    return True


@transaction.atomic
def tell_of_waiting_claims(*, by: Actor, now: datetime) -> int:
    """Ask the connectors as well where keepers had their week and said nothing; returns how many questions wait."""
    allowed_if(by.is_system, _("This is done by the machine.")).require()
    open_ones = Claim.objects.filter(state=ClaimState.OPEN, keepers_until__gt=F("asked_at"))
    lately = open_ones.filter(keepers_until__lte=now, keepers_until__gt=now - TOLD_FOR)
    waiting = list(lately.select_related("listing__entry", "identity"))
    for claim in waiting:
        post.ask_to_decide(claim, now=now)
        announce(ClaimWaits(claim.pk, claim.listing_id))
    return len(waiting)


@transaction.atomic
def forget_old_claims(*, by: Actor, now: datetime) -> int:
    """Erase what was asked, decided or handed over half a year ago; returns how much. Who keeps an entry stays so.

    A question that nobody has answered in that time goes as well.
    """
    allowed_if(by.is_system, _("This is done by the machine.")).require()
    claims = Claim.objects.annotate(over_at=Coalesce("decided_at", "asked_at")).filter(over_at__lt=now - CLAIMS_KEPT)
    passed_on = HandOver.objects.annotate(over_at=Coalesce("done_at", "asked_at"))
    return claims.delete()[0] + passed_on.filter(over_at__lt=now - CLAIMS_KEPT).delete()[0]


@transaction.atomic
def withdraw_claim(claim: Claim, *, by: Actor, now: datetime) -> bool:
    """Take one's own question back; whether it was open."""
    allowed_if(by.is_member and by.identity_id == claim.identity_id, _("Only who asked takes it back.")).require()
    open_ones = Claim.objects.filter(pk=claim.pk, state=ClaimState.OPEN)
    if not open_ones.update(state=ClaimState.WITHDRAWN, decided_at=now):
        return False
    record_act("place.claim_withdrawn", by=by, now=now, thing=f"claim:{claim.pk}", details={"entry": claim.listing_id})
    announce(ClaimWithdrawn(claim.pk, claim.listing_id))
    return True


@transaction.atomic
def begin_keeping(listing: Listing, *, identity: Identity, by: Actor, now: datetime) -> Keeper:
    """Somebody keeps the entry from now on; a part of the actions that have asked a policy."""
    keeper, is_new = Keeper.objects.get_or_create(
        listing=listing, identity=identity, ended_at=None, defaults={"since": now}
    )
    if is_new:
        details = {"identity": identity.pk}
        record_act("place.keeper_named", by=by, now=now, thing=f"entry:{listing.pk}", details=details)
    return keeper
