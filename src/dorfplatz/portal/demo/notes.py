"""What Anna was told: so that her list and her letter show how it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from dorfplatz.channels.actions import Telling, add_watch, tell_people
from dorfplatz.channels.enums import Way
from dorfplatz.channels.queries import own_watches
from dorfplatz.entries.enums import State
from dorfplatz.entries.models import Entry
from dorfplatz.kernel.actor import Actor
from dorfplatz.members.models import Identity
from dorfplatz.members.queries import actor_of_identity
from dorfplatz.villages.models import Area

FEW = 3
WATCHED = ("niel", "zyfflich")


def put_notes(areas: Mapping[str, Area], cast: Mapping[str, Identity], *, by: Actor, now: datetime) -> int:
    """Have Anna watch two villages and be told of a few things there; returns how many were new."""
    anna = cast.get("anna")
    if anna is None:
        return 0
    viewer = actor_of_identity(anna)
    if not own_watches(viewer).exists():
        for slug in WATCHED:
            add_watch(anna, area=areas[slug], section="", words="", way=Way.LIST, by=viewer, now=now)
    here = frozenset(areas[slug].pk for slug in WATCHED)
    new = Entry.objects.filter(state=State.PUBLISHED).visible_to(viewer, now=now).in_areas(here).order_by("pk")[:FEW]
    return sum(
        tell_people([anna.pk], telling=Telling("watch", f"new:{entry.pk}", entry.pk, entry.author_id), by=by, now=now)
        for entry in new
    )
