"""Gathers what may stand in a paper: public things only, each weighed by how near, how soon and how much it matters."""

from __future__ import annotations

from dorfplatz.noticeboard.filling.asks import asks_and_offers
from dorfplatz.noticeboard.filling.dates import dates
from dorfplatz.noticeboard.filling.issue import Asked, Candidate, Said
from dorfplatz.noticeboard.filling.news import news
from dorfplatz.noticeboard.filling.places import place_worth_knowing
from dorfplatz.noticeboard.filling.welcome import welcome
from dorfplatz.noticeboard.filling.wishes import wishes

SECTIONS = ("dates", "exchange", "news", "wishes", "place", "welcome")

__all__ = ["SECTIONS", "Asked", "Candidate", "Said", "candidates"]


def candidates(asked: Asked) -> list[Candidate]:
    """All of them, section by section."""
    rooms = [*dates(asked), *asks_and_offers(asked), *news(asked), *wishes(asked)]
    return [*rooms, *place_worth_knowing(asked), *welcome(asked)]
