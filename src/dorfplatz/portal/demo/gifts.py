"""What people of the demonstration can and like to share, and two conversations at Ben's kitchen table."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction

from dorfplatz.gifts.actions import Agreed, GiftDraft, Told, add_gifts, record_conversation
from dorfplatz.gifts.enums import ConsentBy, GiftPart, Often, Way
from dorfplatz.gifts.models import Conversation, Gift
from dorfplatz.gifts.skills import SKILLS
from dorfplatz.members.enums import SeenBy
from dorfplatz.members.models import Identity
from dorfplatz.members.queries import actor_of_identity, identity_of_email
from dorfplatz.villages.models import Area

STATED = Path(__file__).parent / "gifts.toml"


@transaction.atomic
def put_gifts(areas: Mapping[str, Area], cast: Mapping[str, Identity], *, now: datetime) -> None:
    """Have them there. Of whoever has any, or has been talked with, nothing is added: it may have been taken back."""
    stated = tomllib.loads(STATED.read_text(encoding="utf-8"))
    by_person: dict[str, list[dict[str, Any]]] = {}
    for row in stated["gift"]:
        by_person.setdefault(row["who"], []).append(row)
    for name, rows in by_person.items():
        person = _known(name, cast)
        if person and not Gift.objects.filter(owner=person).exists():
            drafts = [_draft(row, person.language) for row in rows]
            add_gifts(drafts, by=actor_of_identity(person), now=now - timedelta(days=3))
    if not Conversation.objects.exists():
        for row in stated["conversation"]:
            _put_conversation(row, areas, cast, now)


def _known(name: str, cast: Mapping[str, Identity]) -> Identity | None:
    """One of the cast, or a newcomer, by the first part of her address."""
    return cast.get(name) or identity_of_email(f"{name}@example.org")


def _draft(row: Mapping[str, Any], language: str) -> GiftDraft:
    return GiftDraft(
        part=GiftPart(row.get("part") or SKILLS[row["skill"]].part), skill=row["skill"], words=row.get("words", ""),
        language=language, way=Way(row.get("way", Way.OFFER)), often=Often(row.get("often", Often.ASK)),
        weekdays=tuple(row.get("weekdays", ())), seen_by=SeenBy(row.get("seen_by", SeenBy.CONNECTORS)),
    )  # fmt: skip


def _put_conversation(
    row: Mapping[str, Any], areas: Mapping[str, Area], cast: Mapping[str, Identity], now: datetime
) -> None:
    then, by = now - timedelta(days=row["days_ago"]), cast[row["by"]]
    person = _member(row.get("member", ""))
    if row.get("member") and person is None:
        return
    consent = Agreed(ConsentBy(row["consent_by"]), row["words"], row["purpose"], row["days"])
    told = Told(
        consent, person=person, name=row.get("name", ""), phone=row.get("phone", ""), notes=row["notes"],
        next_steps=row["next_steps"],
    )  # fmt: skip
    record_conversation(
        told, area=areas[row["village"]], drafts=[_draft(gift, by.language) for gift in row["gifts"]],
        form_key=f"demo:{row['village']}", by=actor_of_identity(by), now=then,
    )  # fmt: skip


def _member(name: str) -> Identity | None:
    return Identity.objects.filter(name=name, login__isnull=False).select_related("home_area").first() if name else None
