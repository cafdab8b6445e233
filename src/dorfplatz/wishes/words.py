"""Wishes in words: how many join in, how far it is. Pure."""

from __future__ import annotations

from django.utils.translation import ngettext

from dorfplatz.wishes.enums import Mood, Status


def joined_in_words(count: int) -> str:
    """“14 × me too”; "" where nobody has."""
    return ngettext("%(n)d × me too", "%(n)d × me too", count) % {"n": count} if count else ""


def status_in_words(mood: str, status: str) -> str:
    """How far it is; "" where there is nothing to be answered yet."""
    return "" if mood == Mood.WELL and status == Status.OPEN else str(Status(status).label)
