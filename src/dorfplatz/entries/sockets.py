"""What the spine offers: kinds answer in their own words, gates hold back what needs a look first."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise

from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.registry import Registry


@dataclass(frozen=True)
class Kind:
    """How one kind of entry presents itself.

    `room` is the key under which a municipality switches it off. `load_many` maps entry ids to whatever the card
    template wants, in a fixed number of queries. `page` answers the entry's own address.
    """

    key: str
    label: str | Promise
    icon: str
    room: str
    card_template: str
    load_many: Callable[[Collection[int], Actor], Mapping[int, Any]]
    page: Callable[[HttpRequest, Any], HttpResponse]


class Gate(Protocol):
    """Says why an entry must wait for a look before it is published, or nothing."""

    def __call__(self, entry: Any, by: Actor) -> str: ...


# Gets ids of removed entries whose time has come; answers with those that must not be erased yet.
Hold = Callable[[Collection[int]], set[int]]

holds: Registry[Hold] = Registry("holds on removed entries")
kinds: Registry[Kind] = Registry("kinds of entries")
gates: Registry[Gate] = Registry("gates before publication")
