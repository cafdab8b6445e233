"""Gifts of people of the world, and conversations that a connector has written down."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from dorfplatz.gifts.models import Conversation, Gift
from dorfplatz.members.enums import SeenBy
from tests.fixtures.kranenburg import NOW

# What stands in rules.csv: whose, for whom.
GIFTS = {
    "gift": ("r", SeenBy.VILLAGES), "minor gift": ("m", SeenBy.PUBLIC), "weeze gift": ("o", SeenBy.PUBLIC),
}  # fmt: skip
# With whom: "" needs no account; the other stands under the letter.
CONVERSATIONS = {"conversation": "", "conversation with resident": "r"}


def told(world: Any) -> dict[tuple[str, str], Any]:
    """Numbers of gifts and conversations, by route and by what they are called."""
    found: dict[tuple[str, str], Any] = {}
    for thing, (letter, seen_by) in GIFTS.items():
        found["gift", thing] = Gift.objects.create(
            owner=world.people[letter], part="hands", words="Hecken schneiden", language="de", seen_by=seen_by,
            added_at=NOW,
        ).pk  # fmt: skip
    for thing, letter in CONVERSATIONS.items():
        conversation = Conversation.objects.create(
            area=world.area("niel"), identity=world.people.get(letter), name="" if letter else "Frau B.",
            phone="02826 0", recorded_by=world.people["C"], recorded_at=NOW, consent_by="table", consent_words="Ja.",
            purpose="Nachbarn", until=NOW + timedelta(days=90), notes="Mag Musik.", next_steps="Anrufen.",
            form_key=thing,
        )  # fmt: skip
        words = {"words": "Platt küren", "language": "de"}
        inside = Gift.objects.create(conversation=conversation, part="teach", **words, added_at=NOW)
        found |= {("conversation", thing): conversation.pk, ("gift", f"told in {thing}"): inside.pk}
    return {
        (f"gifts:{route}", thing): pk
        for (sort, thing), pk in found.items()
        for route in (("edit", "take_back") if sort == "gift" else ("conversation", "withdraw"))
    }
