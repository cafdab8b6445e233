"""Reads of asks and offers, shaped for pages."""

from dorfplatz.exchange.queries.answers import (
    answers_for,
    answers_seen,
    calls_of,
    own_answer,
    own_answers,
    own_exchanges,
    public_thanks,
)
from dorfplatz.exchange.queries.board import Found, board, waiting_asks
from dorfplatz.exchange.queries.cards import cards, cards_of
from dorfplatz.exchange.queries.clocks import bygone, expiring, unanswered
from dorfplatz.exchange.queries.rows import exchange_of, exchange_of_link

__all__ = [
    "Found",
    "answers_for",
    "answers_seen",
    "board",
    "bygone",
    "calls_of",
    "cards",
    "cards_of",
    "exchange_of",
    "exchange_of_link",
    "expiring",
    "own_answer",
    "own_answers",
    "own_exchanges",
    "public_thanks",
    "unanswered",
    "waiting_asks",
]
