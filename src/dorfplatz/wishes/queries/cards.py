"""Wishes as cards, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dorfplatz.entries.enums import State
from dorfplatz.entries.models import Entry, EntryPicture
from dorfplatz.entries.queries import first_pictures, reading, with_words
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.geo import Point
from dorfplatz.kernel.text import excerpt, in_language, plain
from dorfplatz.media.templatetags.media import picture_url
from dorfplatz.places.queries.cards import chip
from dorfplatz.ui.parts import Card, Picture, Village
from dorfplatz.villages.prepared import prepared_among
from dorfplatz.wishes.addresses import page_of
from dorfplatz.wishes.enums import COLOURS, ICONS, STATUS_ICONS, STILL_GOING, Mood, Status
from dorfplatz.wishes.models import MeToo, Wish
from dorfplatz.wishes.words import joined_in_words, status_in_words

LEAD_LENGTH = 140
PICTURE_WIDTH = 640


def counts_of(ids: Collection[int]) -> dict[int, int]:
    """How many members have joined in each; ticks on paper are the wish's own. One query."""
    return dict(_counts(ids))


_counts = prepared_among(
    lambda ids: MeToo.objects.filter(wish__in=ids).values_list("wish").annotate(Count("pk")).order_by(), int
)


def cards(
    ids: Sequence[int],
    *,
    language: str,
    viewer: Actor,
    now: datetime,
    near: Point | None = None,
    besides: Collection[int] = (),
) -> list[Card]:
    """Cards of those that the viewer may see, in the order of the ids. `near` adds distances; `besides` are areas that

    go without saying. Five queries.
    """
    visible = Entry.objects.filter(pk__in=list(ids)).visible_to(viewer, now=now)
    found = {entry.pk: entry for entry in with_words(visible).select_related("wish__theme")}
    counts, pictures = counts_of(found), first_pictures(list(found))
    return [
        _card(found[pk], counts.get(pk, 0), pictures.get(pk), _chips(found[pk], language, near, besides), language)
        for pk in ids
        if pk in found
    ]


def _chips(entry: Entry, language: str, near: Point | None, besides: Collection[int]) -> list[Village]:
    areas = [placement.area for placement in entry.placements.all() if placement.area_id not in besides]
    return [chip(area, near, language) for area in areas]


def _card(entry: Entry, count: int, picture: EntryPicture | None, villages: Sequence[Village], language: str) -> Card:
    wish: Wish = entry.wish
    words = reading(entry, language)
    mood, goes_on = Mood(wish.mood), wish.status in STILL_GOING
    return Card(
        id=str(entry.pk),
        title=words.title,
        url=page_of(entry),
        icon=ICONS[mood] if goes_on else STATUS_ICONS[Status(wish.status)],
        shape="drop",
        colour=COLOURS[mood] if goes_on else "slate",
        category=str(mood.label),
        lead=excerpt(plain(words.body), LEAD_LENGTH),
        facts=_facts(entry, wish, count, language),
        villages=villages,
        picture=_picture(picture, language),
        language="" if words.language == language else words.language,
        source=_("Example") if entry.origin == "demo" else "",
    )


def _facts(entry: Entry, wish: Wish, count: int, language: str) -> list[str]:
    state = "" if entry.state == State.PUBLISHED else str(State(entry.state).label)
    theme = in_language(wish.theme.name, language) if wish.theme else ""
    said = (state, joined_in_words(count + wish.on_paper), status_in_words(wish.mood, wish.status), theme)
    return [fact for fact in said if fact]


def _picture(row: EntryPicture | None, language: str) -> Picture | None:
    url = picture_url(row.picture, PICTURE_WIDTH) if row else None
    return Picture(url, in_language(row.picture.alt, language)) if row and url else None


def cards_of(ids: Collection[int], viewer: Actor) -> Mapping[int, Card]:
    """Cards by entry id, for feeds that show all kinds. Five queries."""
    found = cards(list(ids), language=get_language() or "de", viewer=viewer, now=timezone.now())
    return {int(card.id): card for card in found}
