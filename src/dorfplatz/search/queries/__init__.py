"""Reads of the search: answers to a question, and suggestions while somebody is still typing it."""

from dorfplatz.search.lexicon import lexicon
from dorfplatz.search.queries.answers import Found, Hit, Ranked, found_in, rank, search
from dorfplatz.search.queries.suggestions import Suggested, suggestions

__all__ = [
    "Found",
    "Hit",
    "Ranked",
    "Suggested",
    "found_in",
    "prepare_search",
    "rank",
    "search",
    "suggestions",
]


def prepare_search() -> None:
    """Load the words of the release, which every question in words needs."""
    lexicon().prepare()
