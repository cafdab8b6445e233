"""What letters offers: besides people, one can write to a desk: an organisation, and those who keep it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.registry import Registry


@dataclass(frozen=True)
class Addressee:
    """An organisation as letters name it."""

    id: int
    name: str
    url: str
    area_ids: tuple[int, ...]


@dataclass(frozen=True)
class Desk:
    """Those who can be written to without being a person. Several people read there, and answer in one name.

    `find` turns the key of an address into the id of one that this viewer may see and that somebody keeps. `show` names
    those that are (still) there. `kept_by` gives the ids of those for which a person answers, as a query that is asked
    anew each time; `keepers` are the people who answer for one.
    """

    find: Callable[[str, Actor], int | None]
    show: Callable[[Collection[int]], Mapping[int, Addressee]]
    kept_by: Callable[[int], QuerySet[Any, Any]]
    keepers: Callable[[int], Collection[int]]


desks: Registry[Desk] = Registry("desks that letters are written to")


def addressee(desk: str, desk_id: int | None) -> Addressee | None:
    """Who that is; None where it is gone, or the thread is between two people."""
    known = desks.get(desk)
    return known.show([desk_id]).get(desk_id) if known and desk_id is not None else None


def keepers_of(desk: str, desk_id: int | None) -> frozenset[int]:
    known = desks.get(desk)
    return frozenset(known.keepers(desk_id)) if known and desk_id is not None else frozenset()
