"""Asks and offers in words: what it is, when it is needed, how to go on. Pure."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dorfplatz.exchange.enums import Direction, Sort
from dorfplatz.exchange.models import Exchange
from dorfplatz.ui.said import said_day


def sort_in_words(direction: str, sort: str) -> str:
    """What one looks for or offers: “A ride”, “Something to borrow”."""
    if direction == Direction.ASK:
        own = {
            Sort.LEND: _("Something to borrow"),
            Sort.GIVE: _("Something to be given"),
            Sort.VOLUNTEER: _("Volunteers"),
            Sort.SKILL: _("Somebody who knows how"),
        }
    else:
        own = {
            Sort.LEND: _("Something to lend"),
            Sort.GIVE: _("Something to give away"),
            Sort.VOLUNTEER: _("Time to volunteer"),
            Sort.SKILL: _("Something I know how to do"),
        }
    return own.get(Sort(sort), str(Sort(sort).label))


def kicker(exchange: Exchange) -> str:
    """“Looking for: A ride”."""
    what = sort_in_words(exchange.entry.kind, exchange.sort)
    if exchange.entry.kind == Direction.ASK:
        return _("Looking for: %(what)s") % {"what": what}
    return _("Offering: %(what)s") % {"what": what}


def when_in_words(exchange: Exchange, *, now: datetime, language: str) -> str:
    """“on Sunday, 6 December · in the morning”, “again and again · on Tuesdays”; "" when nothing is said."""
    today = timezone.localtime(now).date()
    parts = []
    if exchange.needed_on:
        parts.append(said_day(exchange.needed_on, today=today, language=language))
    if exchange.is_regular:
        parts.append(pgettext("rhythm", "regularly"))
    if exchange.when_words:
        parts.append(exchange.when_words)
    return " · ".join(parts)


def route_in_words(exchange: Exchange) -> str:
    """“Niel → Kleve”, "" when neither end is said."""
    return " → ".join(word for word in (exchange.from_words, exchange.to_words) if word)
