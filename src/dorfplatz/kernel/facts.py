"""Facts: what has happened, told by a lower floor to whoever cares above it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar


class Fact:
    """Base of all facts: frozen dataclasses named NounVerbed, holding ids and moments, never rows."""


F = TypeVar("F", bound=Fact)
_subscribers: dict[type[Fact], list[Callable[[Any], None]]] = defaultdict(list)


def subscribe(fact_type: type[F], subscriber: Callable[[F], None]) -> None:
    """Have `subscriber` called with each announced fact of that very type, in the announcing transaction.

    It must be quick and do nothing outside the database: what takes time or leaves the process is enqueued.
    """
    if subscriber not in _subscribers[fact_type]:
        _subscribers[fact_type].append(subscriber)


def announce(fact: Fact) -> None:
    """Tell all subscribers, in the order they subscribed. An error of theirs undoes the whole action."""
    for subscriber in _subscribers[type(fact)]:
        subscriber(fact)
