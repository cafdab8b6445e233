"""Asks and offers as the spine knows them."""

from __future__ import annotations

from dorfplatz.entries.sockets import Kind, kinds
from dorfplatz.exchange.enums import Direction
from dorfplatz.exchange.queries import cards_of
from dorfplatz.exchange.room import ROOM
from dorfplatz.exchange.views.entry import entry_page

KIND_ICONS = {Direction.ASK: "hand", Direction.OFFER: "hand-heart"}


def plug_kinds() -> None:
    """Let the spine show asks and offers."""
    for kind in Direction:
        kinds.plug(
            kind.value,
            Kind(
                key=kind.value,
                label=kind.label,
                icon=KIND_ICONS[kind],
                room=ROOM,
                card_template="ui/parts/card.html",
                load_many=cards_of,
                page=entry_page,
            ),
        )
