"""The lines of an embed, of whatever room: public things only, whoever asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.formats import date_format

from dorfplatz.embeds.asked import Asked
from dorfplatz.embeds.enums import What
from dorfplatz.events.queries import DateLine, agenda
from dorfplatz.events.queries.lines import Reader
from dorfplatz.events.room import ROOM as CALENDAR
from dorfplatz.exchange import asked as exchange
from dorfplatz.exchange.queries.board import board
from dorfplatz.exchange.queries.cards import cards as exchange_cards
from dorfplatz.exchange.room import ROOM as EXCHANGE
from dorfplatz.kernel.actor import VISITOR
from dorfplatz.places.queries import Terms, cards, social_map
from dorfplatz.places.room import ROOM as MAP
from dorfplatz.ui.parts import Card

ROOMS = {What.DATES: CALENDAR, What.PLACES: MAP, What.ASKS: EXCHANGE}
PAGES = {What.DATES: "events:calendar", What.PLACES: "places:map", What.ASKS: "exchange:list"}
DAY = {"de": "D, j. M", "nl": "D j b", "en": "D j M"}


@dataclass(frozen=True)
class Item:
    """`lines` stand below the title."""

    title: str
    path: str
    kicker: str
    lines: tuple[str, ...]
    language: str


def page_behind(asked: Asked) -> str:
    """The room itself under the same filters."""
    query = urlencode(asked.filters)
    base = reverse(PAGES[asked.what])
    return f"{base}?{query}" if query else base


def items_of(asked: Asked, terms: Terms, language: str, *, now: datetime) -> list[Item]:
    """In the room's own order, as a stranger would find them there."""
    if asked.what == What.DATES:
        return _dates(asked, terms, language, now)
    if asked.what == What.PLACES:
        return _places(asked, terms, language, now)
    question = exchange.Asked(direction=asked.direction)
    ids = board(asked.villages, question, viewer=VISITOR, now=now).ids[: asked.most]
    return [_of_card(card, language) for card in exchange_cards(ids, language=language, viewer=VISITOR, now=now)]


def _dates(asked: Asked, terms: Terms, language: str, now: datetime) -> list[Item]:
    today = now.astimezone(ZoneInfo(asked.villages.site.municipality.timezone)).date()
    reader = Reader(terms, language, VISITOR, now)
    found = agenda(asked.villages.area_ids, asked.dates, reader, since=today, until=None)
    lines = [line for day in found.days for line in day.lines if not line.is_over(now)]
    return [_of_date(line, language) for line in lines[: asked.most]]


def _of_date(line: DateLine, language: str) -> Item:
    day = date_format(line.day, DAY.get(language, "D j M"))
    where = ", ".join(filter(None, [line.place, *(village.name for village in line.villages[:2])]))
    kicker = " · ".join(filter(None, [day, line.hours]))
    return Item(line.title, line.url, kicker, tuple(filter(None, [line.state_words, where])), line.language or language)


def _places(asked: Asked, terms: Terms, language: str, now: datetime) -> list[Item]:
    site = asked.villages.site
    found = social_map(asked.villages, asked.places, terms, viewer=VISITOR, now=now, with_counts=False)
    some = cards(found.ids[: asked.most], site=site, terms=terms, language=language, viewer=VISITOR, now=now)
    return [_of_card(card, language) for card in some]


def _of_card(card: Card, language: str) -> Item:
    where = ", ".join(village.name for village in card.villages[:3])
    lines = (card.open.words if card.open else "", *(str(fact) for fact in card.facts), where, card.lead)
    return Item(card.title, card.url, card.category, tuple(filter(None, lines)), card.language or language)
