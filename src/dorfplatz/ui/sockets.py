"""What others plug into the look: doors of the navigation, links, and pieces of pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString

from dorfplatz.kernel.registry import Registry
from dorfplatz.ui.parts import Place

Label = Callable[[HttpRequest], str]
Piece = Callable[[HttpRequest, Mapping[str, Any]], SafeString]


@dataclass(frozen=True)
class Door:
    """One word with its icon that leads somewhere.

    `label` is a lazy translation or a function of the request, `url` a function of the request. A door that belongs
    to a room (an app label) is not shown where the municipality has switched the room off, nor when `available` says
    no. `prefix` marks the door as the current one for every address that begins with its own; else only for its own.
    """

    key: str
    label: Any
    icon: str
    url: Callable[[HttpRequest], str]
    room: str = ""
    available: Callable[[HttpRequest], bool] = lambda _request: True
    prefix: bool = True


navigation: Registry[Door] = Registry("main navigation")  # at most four: they share a phone's width with “Menu”
tools: Registry[Door] = Registry(
    "tools"
)  # after these doors on a wide screen; on a phone at the top, by its icon: the search
menu: Registry[Door] = Registry("menu")  # everything else that is worth a line in the menu
account: Registry[Door] = Registry("account")  # log in or join; one's own name, the desk, log out

# Well-known addresses that the shell needs and cannot know: "home", "look" (the municipality's stylesheet).
links: Registry[Callable[[HttpRequest], str]] = Registry("link")


class Slots:
    """Named gaps in pages. Whoever owns the page names the slot; any app above may fill it."""

    def __init__(self) -> None:
        self._slots: dict[str, Registry[Piece]] = defaultdict(lambda: Registry("slot"))

    def plug(self, slot: str, name: str, piece: Piece, *, rank: int = 100) -> None:
        """Have `piece(request, context)` shown in the slot. It returns "" where it has nothing to say."""
        self._slots[slot].plug(name, piece, rank=rank)

    def pieces(self, slot: str) -> Iterator[Piece]:
        if slot in self._slots:
            yield from self._slots[slot]


slots = Slots()

# Where the reader stands, for the masthead: the first that knows answers. `villages` plugs itself in here.
places: Registry[Callable[[HttpRequest], Place | None]] = Registry("place")

# What an app adds to the style page /ui/: its own parts in every state.
style_parts: Registry[Piece] = Registry("style part")
