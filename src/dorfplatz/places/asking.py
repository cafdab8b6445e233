"""Links by which a keeper answers from a mail, without a login: still right, changed, gone.

Each is signed for one answer about one entry by one keeper, as the entry is now: a confirmation, a change or the end
of her keeping makes all of them worthless.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.core import signing
from django.utils.translation import gettext_lazy as _

from dorfplatz.places.enums import Status
from dorfplatz.places.models import Keeper, Listing

SALT = "places.fresh"
LINK_WORKS_S = 60 * 24 * 3600
RIGHT, CHANGED, GONE = "right", "changed", "gone"
ANSWERS = {RIGHT: _("It is still right"), CHANGED: _("Something has changed"), GONE: _("It is gone")}


@dataclass(frozen=True)
class Asked:
    """What a link is good for; `version` is that of the entry it was made for."""

    listing_id: int
    keeper_id: int
    answer: str
    version: str


def version_of(listing: Listing) -> str:
    """Another one after each change, each confirmation, and its end."""
    entry = listing.entry
    said = (entry.pk, entry.changed_at, entry.check_due_at, listing.assured_on, listing.assured_by, listing.status)
    return hashlib.blake2b(repr(said).encode(), digest_size=9).hexdigest()


def fresh_token(keeper: Keeper, answer: str) -> str:
    said = [keeper.listing_id, keeper.pk, answer, version_of(keeper.listing)]
    return signing.dumps(said, salt=SALT)


def read_fresh_token(token: str) -> Asked | None:
    """None for what we never wrote, or wrote too long ago. Whether it is still good, `keeper_of_link` says."""
    try:
        listing_id, keeper_id, answer, version = signing.loads(token, salt=SALT, max_age=LINK_WORKS_S)
        asked = Asked(int(listing_id), int(keeper_id), str(answer), str(version))
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return asked if asked.answer in ANSWERS else None


def is_good(asked: Asked, keeper: Keeper) -> bool:
    """Whether the entry is as it was when the link was made, and she still keeps it."""
    listing = keeper.listing
    still_kept = keeper.ended_at is None and not keeper.identity.is_blocked and listing.pk == asked.listing_id
    return still_kept and listing.status != Status.CLOSED and version_of(listing) == asked.version
