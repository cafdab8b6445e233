"""How many members' pages somebody reads: so many in a week are no neighbour's interest, but a machine's."""

from __future__ import annotations

from datetime import datetime

from dorfplatz.kernel.actor import Actor
from dorfplatz.members import limits
from dorfplatz.members.models import Identity
from dorfplatz.members.queries import looks_after


def within_budget(viewer: Actor, person: Identity, *, now: datetime) -> bool:
    """Whether the viewer has not read too many pages in a week; counts this one.

    Those who look after the village read what they must; who looked is written down there.
    """
    if not viewer.is_member or person.pk == viewer.identity_id or looks_after(person, viewer):
        return True
    if not limits.count_attempt(limits.PAGE_READ_ONCE, f"{viewer.identity_id}:{person.pk}", now=now):
        return True  # read before: costs nothing again
    return limits.count_attempt(limits.PAGES_READ, str(viewer.identity_id), now=now)
