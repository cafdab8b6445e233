"""Counting anew what might fit, so that a desk need not work it out."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from dorfplatz.kernel.actor import Actor
from dorfplatz.matching.models import Standing
from dorfplatz.matching.policies import can_keep_introductions
from dorfplatz.matching.queries import Proposal, squares_of, standing_reasons, suggestions_for
from dorfplatz.members.models import Identity
from dorfplatz.members.queries import actor_of_identity
from dorfplatz.villages.queries import site_of

MOST_STANDING = 20


@transaction.atomic
def count_standing(connector: Identity, *, by: Actor, now: datetime) -> int:
    """Have what fits best for this connector stand, and nothing else. Done again it changes nothing."""
    can_keep_introductions(by).require()
    viewer = actor_of_identity(connector)
    found = {
        one.key: one
        for municipality in squares_of(connector)
        for one in suggestions_for(site_of(municipality), viewer, now=now, most=MOST_STANDING)
        if one.is_between_people
    }
    Standing.objects.filter(connector=connector).exclude(pair__in=found).delete()
    for key, one in found.items():
        told = {"area": one.area, "score": round(one.suggestion.score, 3), "reasons": standing_reasons(one)}
        Standing.objects.update_or_create(
            connector=connector, pair=key, defaults=told, create_defaults={**told, **_things(one), "since": now}
        )
    return len(found)


def _things(one: Proposal) -> dict[str, object]:
    is_entry = bool(one.has.entry_id)
    return {
        "needs_id": one.needs.entry_id,
        "has_id": one.has.entry_id if is_entry else None,
        "gift_id": None if is_entry else one.has.side.id,
    }
