"""Reads of the search: answers to a question, and suggestions while somebody is still typing it."""

from dorfplatz.search.queries.answers import Found, Hit, search
from dorfplatz.search.queries.suggestions import Suggested, suggestions

__all__ = ["Found", "Hit", "Suggested", "search", "suggestions"]
