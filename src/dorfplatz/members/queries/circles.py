"""Circles of readers, from the narrowest to the widest."""

from __future__ import annotations

from dorfplatz.members.enums import SeenBy

# Whoever stands at one of them reads what is meant for it and for all after it.
CIRCLES = (SeenBy.ME, SeenBy.CONNECTORS, SeenBy.VILLAGES, SeenBy.MEMBERS, SeenBy.PUBLIC)
CLOSE = (SeenBy.ME, SeenBy.CONNECTORS)  # these read a page also when it was taken off
WIDEST_UNDER_16 = SeenBy.VILLAGES


def is_within(nearness: SeenBy, widest: SeenBy) -> bool:
    """Whether who stands so near reads what is meant for this circle."""
    return CIRCLES.index(nearness) <= CIRCLES.index(widest)


def as_minor(widest: SeenBy) -> SeenBy:
    """The same circle, as narrow as it must be for somebody under 16."""
    return min(widest, WIDEST_UNDER_16, key=CIRCLES.index)
