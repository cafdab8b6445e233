"""Who asks to keep which entry, and to whom entries are about to be handed over."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from dorfplatz.entries.models import Entry
from dorfplatz.entries.queries import areas_of_entries
from dorfplatz.kernel.actor import VISITOR, Actor
from dorfplatz.members.models import Identity
from dorfplatz.members.queries import actor_of_identity, connectors_of
from dorfplatz.places.enums import EDIT, ClaimState
from dorfplatz.places.models import Claim, HandOver, Keeper, Listing
from dorfplatz.villages.models import Area, Municipality
from dorfplatz.villages.prepared import prepared_for


def own_claim(listing: Listing, viewer: Actor) -> Claim | None:
    """What the viewer has asked last for this entry, and what became of it."""
    mine = Claim.objects.filter(listing=listing, identity=viewer.identity_id or 0)
    return mine.exclude(state=ClaimState.WITHDRAWN).order_by("-asked_at", "-pk").first()


def open_claims(listing: Listing, viewer: Actor) -> list[Claim]:
    """Who waits for an answer about this entry; the caller asks the policy. Never for visitors."""
    if not viewer.is_member:
        return []
    waiting = Claim.objects.filter(listing=listing, state=ClaimState.OPEN).exclude(identity=viewer.identity_id)
    waiting = waiting.exclude(identity__in=viewer.apart_from)
    return list(waiting.select_related("identity").order_by("asked_at", "pk"))


def claims_for(municipality: Municipality, viewer: Actor, *, now: datetime) -> QuerySet[Claim]:
    """What the viewer may decide now in the municipality, the longest waiting first: as a keeper, or by her role."""
    near = Q(pk__in=[])
    for path in viewer.paths_with(EDIT):
        near |= Q(listing__entry__placements__area__path__startswith=path)
    kept = Q(listing__keepers__identity=viewer.identity_id or 0, listing__keepers__ended_at__isnull=True)
    is_kept = Q(listing__keepers__isnull=False, listing__keepers__ended_at__isnull=True)
    asked_first = Claim.objects.filter(is_kept, keepers_until__gt=now).values("pk")
    mine = Claim.objects.filter(kept).values("pk")
    here = Entry.objects.visible_to(viewer, now=now).filter(placements__area__path__startswith=municipality.path)
    # Of the few claims each entry is looked up, not the claims among all that may be seen.
    waiting = Claim.objects.filter(Exists(here.filter(pk=OuterRef("listing_id"))), state=ClaimState.OPEN)
    found = waiting.filter(Q(pk__in=mine) | (near & ~Q(pk__in=asked_first))).exclude(identity=viewer.identity_id or 0)
    found = found.exclude(identity__in=viewer.apart_from)
    return found.select_related("listing__entry", "identity").distinct().order_by("asked_at", "pk")


def claims_in(areas: Collection[int], viewer: Actor, *, now: datetime, most: int) -> list[Claim]:
    """What waits for those who look after these areas, the longest first; present keepers have their week before.

    The caller has asked the policy. One query.
    """
    return _claims(frozenset(areas), viewer, most)(now)


def _claims_question(areas: frozenset[int], viewer: Actor, most: int, now: datetime) -> QuerySet[Claim]:
    here = Entry.objects.in_areas(areas).visible_to(viewer, now=now).values("pk")
    waiting = Claim.objects.filter(state=ClaimState.OPEN, listing__entry__in=here)
    kept = Keeper.objects.filter(listing=OuterRef("listing"), ended_at=None)
    mine = waiting.filter(Q(keepers_until__lte=now) | ~Exists(kept)).exclude(identity=viewer.identity_id or 0)
    found = mine.exclude(identity__in=viewer.apart_from).select_related("listing__entry", "identity")
    return found.order_by("asked_at", "pk")[:most]


_claims = prepared_for(_claims_question, datetime)


def asked_to_decide(claim: Claim, *, now: datetime) -> list[Identity]:
    """Who is asked about it: the present keepers, the connectors where there is none, both after a week.

    Not who asks, nor whom a block keeps apart from her. A system query, for mails and notes to these very people.
    """
    kept = Keeper.objects.filter(listing=claim.listing_id, ended_at=None).values_list("identity_id", flat=True)
    keepers = set(kept)
    people = set(keepers)
    if not keepers or now >= claim.keepers_until:
        areas = Area.objects.filter(pk__in=areas_of_entries([claim.listing_id]))
        people |= {face.identity_id for face in connectors_of(areas, VISITOR)}
    people -= {claim.identity_id, *actor_of_identity(claim.identity).apart_from}
    return list(Identity.objects.filter(pk__in=people).select_related("login").order_by("pk"))


def open_hand_over(listing: Listing, viewer: Actor, *, now: datetime) -> HandOver | None:
    """The successor who was asked and has not said yes; for those who may hand the entry over: the caller asks."""
    if not viewer.is_member:
        return None
    waiting = HandOver.objects.filter(listing=listing, done_at__isnull=True, invitation__expires_at__gt=now)
    open_ones = waiting.filter(invitation__used_at__isnull=True, invitation__withdrawn_at__isnull=True)
    return open_ones.select_related("invitation").order_by("-pk").first()


def what_is_handed_over(hand_over_id: int) -> str:
    """For a mail and a page: what the successor is asked to do."""
    title = HandOver.objects.filter(pk=hand_over_id).values_list("listing__entry__title", flat=True).first()
    return _("keeping the entry “%(title)s”") % {"title": title or ""}
