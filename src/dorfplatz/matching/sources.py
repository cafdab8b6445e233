"""What rooms have to be held against each other, each through an adapter that asks its room with the viewer."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.registry import Registry
from dorfplatz.matching.sides import Side
from dorfplatz.members.models import Identity

# What may answer what. Wishes answer each other.
ANSWERED_BY: Mapping[str, tuple[str, ...]] = {
    "ask": ("offer", "gift", "place"),
    "wish": ("wish", "gift", "place"),
}
MOST_NEEDS, MOST_HAS = 60, 200


@dataclass(frozen=True)
class Around:
    """Where a connector looks: her own areas, and with the neighbours all `near`, at this moment.

    `topics` are the categories that could answer what is needed; only places are asked for by them.
    """

    viewer: Actor
    own: frozenset[int]
    near: frozenset[int]
    now: datetime
    closed_rooms: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Thing:
    """One side as it is shown, and whose it is. A place has no `name`: nobody is introduced to it.

    `person` is None for somebody without an account. `title` is the original’s. `is_public`: everybody may know of it.
    """

    side: Side
    title: str
    url: str
    person: Identity | None = None
    name: str = ""
    is_public: bool = True
    entry_id: int = 0

    @property
    def key(self) -> str:
        return self.side.key


@dataclass(frozen=True)
class Source:
    """One sort of thing, in the hands of the adapter that asks its room.

    `find` answers what the viewer may see there now, the newest, no more than so many; `again` the same of these ids,
    wherever they are; `there` all of it as a query, for others to ask within theirs. All leave out what is settled or
    over. `room` is the one that a municipality may have closed.
    """

    label: str | Promise
    icon: str
    find: Callable[[Around, int], Sequence[Thing]]
    again: Callable[[Collection[int], Actor, datetime], Sequence[Thing]]
    there: Callable[[Actor, datetime], QuerySet[Any]]
    room: str


sources: Registry[Source] = Registry("things that may fit each other")
