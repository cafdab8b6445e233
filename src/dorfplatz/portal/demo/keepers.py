"""A choir with two who keep its page, and a church that somebody would like to keep."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction

from dorfplatz.members.models import Identity
from dorfplatz.members.queries import actor_of_identity
from dorfplatz.places.actions import claim_place, decide_claim
from dorfplatz.places.models import Claim, Listing

SHARED = ("demo:niel/choir", "dirk", "Ik zing sinds kort bas en zorg voor de Nederlandse tekst.", "anna")
ASKED = ("demo:niel/church", "anna", "Ich schließe die Kirche morgens auf und abends zu, seit sieben Jahren.")


@transaction.atomic
def put_keepers(people: Mapping[str, Identity], *, now: datetime) -> None:
    """Have both there; whoever has decided in between is left alone."""
    uri, nickname, words, keeper = SHARED
    claim = _claimed(uri, people[nickname], words, now - timedelta(days=20))
    if claim:
        decide_claim(claim, is_given=True, by=actor_of_identity(people[keeper]), now=now - timedelta(days=19))
    uri, nickname, words = ASKED
    _claimed(uri, people[nickname], words, now - timedelta(days=1))


def _claimed(uri: str, person: Identity, words: str, then: datetime) -> Claim | None:
    """None where it was asked before, or there is no such entry any more."""
    listing = Listing.objects.filter(entry__uri=uri).select_related("entry").first()
    if listing is None or Claim.objects.filter(listing=listing, identity=person).exists():
        return None
    return claim_place(listing, words=words, by=actor_of_identity(person), now=then)
