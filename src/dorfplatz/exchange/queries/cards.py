"""Asks and offers as cards: what, when and where, in words, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dorfplatz.entries.enums import State
from dorfplatz.entries.models import Entry
from dorfplatz.entries.queries import reading, with_words
from dorfplatz.exchange.enums import DONE, ICONS, Direction, Sort, Step
from dorfplatz.exchange.models import Exchange
from dorfplatz.exchange.words import kicker, when_in_words
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.geo import Point
from dorfplatz.kernel.text import excerpt, plain
from dorfplatz.places.queries.cards import chip
from dorfplatz.ui.parts import Card

LEAD_LENGTH = 140


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

    go without saying. Three queries.
    """
    visible = Entry.objects.filter(pk__in=list(ids)).visible_to(viewer, now=now)
    found = {entry.pk: entry for entry in with_words(visible).select_related("exchange")}
    return [_card(found[pk], language, near, besides, now) for pk in ids if pk in found]


def _card(entry: Entry, language: str, near: Point | None, besides: Collection[int], now: datetime) -> Card:
    exchange: Exchange = entry.exchange
    exchange.entry = entry
    words = reading(entry, language)
    is_ask = entry.kind == Direction.ASK
    is_done = exchange.step in DONE
    areas = [placement.area for placement in entry.placements.all() if placement.area_id not in besides]
    return Card(
        id=str(entry.pk),
        title=words.title,
        url=reverse("entries:entry", kwargs={"code": entry.code, "words": entry.title_words}),
        icon="check" if is_done else ICONS[Sort(exchange.sort)],
        shape="circle" if is_ask else "square",
        colour="slate" if is_done else ("brick" if is_ask else "meadow"),
        category=kicker(exchange),
        lead=excerpt(plain(words.body), LEAD_LENGTH),
        facts=_facts(exchange, now, language),
        villages=[chip(area, near, language) for area in areas],
        language="" if words.language == language else words.language,
        source=_("Example") if entry.origin == "demo" else "",
    )


def _facts(exchange: Exchange, now: datetime, language: str) -> list[str]:
    entry = exchange.entry
    state = [] if entry.state == State.PUBLISHED else [str(State(entry.state).label)]
    step = [] if exchange.step == Step.OPEN else [str(Step(exchange.step).label)]
    return [fact for fact in (when_in_words(exchange, now=now, language=language), *state, *step) if fact]


def cards_of(ids: Collection[int], viewer: Actor) -> Mapping[int, Card]:
    """Cards by entry id, for feeds that show all kinds. Three queries."""
    found = cards(list(ids), language=get_language() or "de", viewer=viewer, now=timezone.now())
    return {int(card.id): card for card in found}
