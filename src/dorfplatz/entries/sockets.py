"""What the spine offers: kinds answer in their own words, gates hold back what needs a look first."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise

from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.registry import Registry


@dataclass(frozen=True)
class Kind:
    """How one kind of entry presents itself.

    `is_exact` is for kinds whose point is a house that is open to others; all else is told to a grid of 150 m only.
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
    is_exact: bool = False


@dataclass(frozen=True)
class Sprout:
    """What can come of an entry of another room: “Make an ask of it”.

    `url` leads from the entry's code to a form that begins with its words; whoever sends it calls
    `actions.note_sprout`. `available` says whether this actor may. It belongs to a `room`, as kinds do.
    """

    label: str | Promise
    icon: str
    room: str
    url: Callable[[str], str]
    available: Callable[[Actor], bool]


class Gate(Protocol):
    """Says why an entry must wait for a look before it is published, or nothing."""

    def __call__(self, entry: Any, by: Actor) -> str: ...


# Gets ids of removed entries whose time has come; answers with those that must not be erased yet.
Hold = Callable[[Collection[int]], set[int]]

# Gets an entry; answers with names that stay as they are when its text is translated: of clubs, streets, people.
Names = Callable[[Any], Iterable[str]]

# Texts of another app that hang on an entry, as comments do: translated with it by the worker, outside a transaction.
# Gets the entry, the language and the moment; says whether it has stored anything new. May raise EngineAway.
Companion = Callable[[Any, str, datetime], bool]

# Gets ids of entries that nobody with an account wrote; answers who keeps them, by id: she is told what is decided.
Answerable = Callable[[Collection[int]], Mapping[int, int]]

holds: Registry[Hold] = Registry("holds on removed entries")
answerable: Registry[Answerable] = Registry("who is told what is decided about an entry")
kinds: Registry[Kind] = Registry("kinds of entries")
names: Registry[Names] = Registry("names that are not translated")
companions: Registry[Companion] = Registry("texts that are translated with an entry")
sprouts: Registry[Sprout] = Registry("what can come of an entry")
gates: Registry[Gate] = Registry("gates before publication")
