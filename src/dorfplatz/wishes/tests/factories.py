"""Wishes for tests, made through the action."""

from __future__ import annotations

from datetime import datetime

from dorfplatz.entries.actions import Draft
from dorfplatz.entries.enums import Audience
from dorfplatz.kernel.geo import Point
from dorfplatz.members.models import Identity
from dorfplatz.villages.models import Area
from dorfplatz.wishes.actions import write_wish
from dorfplatz.wishes.drafts import WishDraft
from dorfplatz.wishes.enums import Mood
from dorfplatz.wishes.models import Wish
from tests.fixtures.kranenburg import INSTALLER, NOW


def wish_draft(
    *areas: Area,
    title: str = "Eine Bank auf dem Dorfplatz",
    body: str = "",
    mood: Mood = Mood.WISH,
    language: str = "de",
    audience: Audience = Audience.PUBLIC,
    point: Point | None = None,
    author: Identity | None = None,
    on_paper: int = 0,
) -> WishDraft:
    words = Draft(
        title=title, body=body, language=language, areas=areas, audience=audience, point=point,
        author_id=author.pk if author else None,
    )  # fmt: skip
    return WishDraft(mood, words, on_paper)


def wish(
    *areas: Area, now: datetime = NOW, mood: Mood = Mood.WISH, author: Identity | None = None, **said: object
) -> Wish:
    """One that stands on the square, written by the installation in somebody's name."""
    return write_wish(wish_draft(*areas, mood=mood, author=author, **said), by=INSTALLER, now=now)  # type: ignore[arg-type]  # those of wish_draft
