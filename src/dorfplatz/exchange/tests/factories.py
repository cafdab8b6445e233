"""Asks and offers for tests, made through the action."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from dorfplatz.entries.actions import Draft
from dorfplatz.entries.enums import Audience
from dorfplatz.exchange.actions import set_out
from dorfplatz.exchange.drafts import ExchangeDraft, Wanted
from dorfplatz.exchange.enums import Direction, Sort
from dorfplatz.exchange.models import Exchange
from dorfplatz.members.models import Identity
from dorfplatz.villages.models import Area
from tests.fixtures.kranenburg import INSTALLER, NOW


def draft(
    *areas: Area,
    title: str = "Wer nimmt mich mit?",
    body: str = "",
    direction: Direction = Direction.ASK,
    sort: Sort = Sort.RIDE,
    language: str = "de",
    audience: Audience = Audience.PUBLIC,
    **wanted: Any,
) -> ExchangeDraft:
    words = Draft(title=title, body=body, language=language, areas=areas, audience=audience)
    return ExchangeDraft(direction, words, Wanted(sort=sort, **wanted))


def exchange(*areas: Area, author: Identity | None = None, now: datetime = NOW, **said: Any) -> Exchange:
    """One that stands on the square, written by the installation in somebody's name."""
    said_by = draft(*areas, **said)
    words = replace(said_by.words, author_id=author.pk if author else None)
    return set_out(replace(said_by, words=words), by=INSTALLER, now=now)
