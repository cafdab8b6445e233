"""Sections of the home pages: what a room has to say there, in which order, and what the municipality leaves out.

A section is built from what a page knows already; one that has nothing to say builds None and does not show.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from dorfplatz.kernel.registry import Registry
from dorfplatz.portal.queries import Glance, HomePage
from dorfplatz.villages.filter import VillageFilter
from dorfplatz.villages.models import Municipality

Context = Mapping[str, Any]


@dataclass(frozen=True)
class Visit:
    """Somebody looks at a home page: whose glance, at what, and which villages that means in an address."""

    look: Glance
    page: HomePage
    name: str
    villages: VillageFilter
    is_village: bool


@dataclass(frozen=True)
class Section:
    """`template` is given the built context as `s`, and the `visit`. It is closed with its `room`, the label of an app.

    `is_beside` puts it beside the others on a wide screen, and below them on a narrow one.
    """

    label: str | Promise
    template: str
    build: Callable[[Visit], Context | None]
    is_beside: bool = False
    room: str = ""


@dataclass(frozen=True)
class Shown:
    """A section that has something to say."""

    key: str
    template: str
    s: Context
    is_beside: bool


sections: Registry[Section] = Registry("sections of the home pages")


def arranged(municipality: Municipality) -> list[tuple[str, Section]]:
    """All sections of open rooms in the municipality's order; those it has never moved come last."""
    place = {key: number for number, key in enumerate(municipality.home_order)}
    known = [
        (key, section) for key, section in sections.items() if not section.room or municipality.has_room(section.room)
    ]
    if not place:
        return known
    last = len(place)
    return sorted(known, key=lambda pair: place.get(pair[0], last))


def shown(municipality: Municipality, visit: Visit) -> list[Shown]:
    """What the page says, in order."""
    off = set(municipality.home_off)
    built = ((key, section, section.build(visit)) for key, section in arranged(municipality) if key not in off)
    return [Shown(key, section.template, s, section.is_beside) for key, section, s in built if s is not None]


def rearranged(municipality: Municipality, wish: str) -> tuple[list[str], list[str]] | None:
    """Order and what is left out after a wish like “up:map”, “down:map”, “off:map”, “on:map”; None for any other.

    What stands beside moves among its like.
    """
    verb, _colon, key = wish.partition(":")
    known = arranged(municipality)
    if key not in dict(known) or verb not in ("up", "down", "off", "on"):
        return None
    is_beside = dict(known)[key].is_beside
    like = [name for name, section in known if section.is_beside == is_beside]
    others = [name for name, section in known if section.is_beside != is_beside]
    if verb in ("up", "down"):
        like = moved(like, key, by=-1 if verb == "up" else 1)
    off = set(municipality.home_off) - {key} | ({key} if verb == "off" else set())
    return [*like, *others] if not is_beside else [*others, *like], sorted(off)


def moved(order: Sequence[str], key: str, *, by: int) -> list[str]:
    """The order with one key moved up or down; what is at the end already stays."""
    found = list(order)
    here = found.index(key)
    there = min(max(here + by, 0), len(found) - 1)
    found.insert(there, found.pop(here))
    return found
