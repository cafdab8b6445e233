"""Gifts and conversations for tests."""

from __future__ import annotations

from typing import Any

from dorfplatz.gifts.actions import Agreed, GiftDraft, Told, record_conversation
from dorfplatz.gifts.enums import ConsentBy, GiftPart
from dorfplatz.gifts.models import Conversation, Gift
from dorfplatz.members.models import Identity
from dorfplatz.villages.models import Area
from tests.fixtures.kranenburg import NOW
from tests.fixtures.people import actor

AGREED = Agreed(ConsentBy.TABLE, "Das darf ein Jahr aufgeschrieben bleiben.", "Nachbarn finden", 365)


def gift(owner: Identity, skill: str = "hedge", **values: Any) -> Gift:
    said = {"part": GiftPart.HANDS, "skill": skill, "added_at": NOW}
    return Gift.objects.create(owner=owner, **{**said, **values})


def conversation(
    area: Area, by: Identity, *, skills: tuple[str, ...] = ("hedge",), form_key: str = "a form of this test",
    consent: Agreed = AGREED, **told: Any,
) -> Conversation:  # fmt: skip
    said = Told(consent, **(told if "person" in told else {"name": "Gerda Jansen", "phone": "02826 111", **told}))
    drafts = [GiftDraft(GiftPart.HANDS, skill) for skill in skills]
    return record_conversation(said, area=area, drafts=drafts, form_key=form_key, by=actor(by), now=NOW)
