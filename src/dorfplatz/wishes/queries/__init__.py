"""Reads of wishes, shaped for pages."""

from dorfplatz.wishes.queries.board import (
    Found,
    OpenWish,
    PinnedWish,
    board,
    open_wishes,
    pinned_wishes,
    waiting_wishes,
)
from dorfplatz.wishes.queries.cards import cards, cards_of, counts_of
from dorfplatz.wishes.queries.rows import (
    charts_seen,
    followers_of,
    has_said,
    own_wishes,
    replies_of,
    those_who_joined,
    wish_of,
)
from dorfplatz.wishes.queries.themes import Sorting, theme_counts, theme_of, themes_of

__all__ = [
    "Found",
    "OpenWish",
    "PinnedWish",
    "Sorting",
    "board",
    "cards",
    "cards_of",
    "charts_seen",
    "counts_of",
    "followers_of",
    "has_said",
    "open_wishes",
    "own_wishes",
    "pinned_wishes",
    "replies_of",
    "theme_counts",
    "theme_of",
    "themes_of",
    "those_who_joined",
    "waiting_wishes",
    "wish_of",
]
