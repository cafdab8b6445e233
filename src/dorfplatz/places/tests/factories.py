"""Entries for tests, made through the action."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from dorfplatz.entries.actions import Draft
from dorfplatz.entries.enums import Audience
from dorfplatz.kernel.geo import Point
from dorfplatz.places.actions import CHECK_AFTER, PlaceDraft, add_place
from dorfplatz.places.drafts import KindFacts, ListingFacts
from dorfplatz.places.enums import PlaceKind
from dorfplatz.places.models import Category, Listing
from dorfplatz.villages.models import Area
from tests.fixtures.kranenburg import INSTALLER, NOW

_numbers = itertools.count(1)


def category(slug: str) -> Category:
    return Category.objects.get(slug=slug, municipality=None)


def place(
    *areas: Area,
    title: str = "",
    body: str = "",
    kind: PlaceKind = PlaceKind.ORGANIZATION,
    categories: Sequence[str] = ("sports-club",),
    point: Point | None = None,
    texts: dict[str, tuple[str, str]] | None = None,
    language: str = "de",
    audience: Audience = Audience.PUBLIC,
    own: KindFacts | None = None,
    assured_by: str = "connector",
    origin: str = "",
    now: datetime = NOW,
    **facts: Any,
) -> Listing:
    """One published entry; `facts` are those of ListingFacts. Without a point it lies in its first village."""
    draft = PlaceDraft(
        kind=kind,
        words=Draft(
            title=title or f"Verein {next(_numbers):03}",
            body=body,
            language=language,
            areas=areas,
            point=point or (areas[0].point if areas else None),
            texts=texts,
            audience=audience,
            origin=origin,
            check_after=CHECK_AFTER,
        ),
        categories=[category(slug) for slug in categories],
        facts=ListingFacts(**facts),
        own=own or KindFacts(),
    )
    return add_place(draft, by=INSTALLER, now=now, assured_by=assured_by)
