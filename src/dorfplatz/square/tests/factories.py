"""Posts for tests, made through the action."""

from __future__ import annotations

import itertools
from datetime import datetime
from typing import Any

from dorfplatz.entries.actions import Draft
from dorfplatz.entries.enums import Audience
from dorfplatz.kernel.actor import Actor
from dorfplatz.square.actions import PostDraft, write_post
from dorfplatz.square.enums import Sort
from dorfplatz.square.models import Post
from dorfplatz.villages.models import Area
from tests.fixtures.kranenburg import INSTALLER, NOW

_numbers = itertools.count(1)


def post(
    *areas: Area,
    title: str = "",
    body: str = "Ein paar Worte.",
    sort: Sort = Sort.NEWS,
    by: Actor = INSTALLER,
    now: datetime = NOW,
    audience: Audience = Audience.PUBLIC,
    is_for_municipality: bool = False,
    language: str = "de",
    expires_at: datetime | None = None,
    tips: str = "",
    has_comments: bool = True,
    **how: Any,
) -> Post:
    """One published post."""
    draft = PostDraft(
        sort=sort,
        words=Draft(
            title=title or f"Beitrag {next(_numbers):03}",
            body=body,
            language=language,
            areas=areas,
            audience=audience,
            is_for_municipality=is_for_municipality,
            expires_at=expires_at,
        ),
        tips=tips,
        has_comments=has_comments,
    )
    return write_post(draft, by=by, now=now, **how)
