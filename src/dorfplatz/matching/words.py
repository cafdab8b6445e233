"""Reasons in words: “both: rides · on Tuesdays · 3 km”. A template joins them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from dorfplatz.matching.concepts import name_of
from dorfplatz.matching.sides import Reason, Sense


def reasons_in_words(reasons: Sequence[Reason]) -> list[str]:
    """In the active language, what says most first; themes together."""
    themes = [theme_in_words(reason.value) for reason in reasons if reason.sense == Sense.THEME]
    found = [_("both: %(themes)s") % {"themes": " · ".join(themes)}] if themes else []
    return found + [_WORDS[reason.sense](reason.value) for reason in reasons if reason.sense in _WORDS]


def theme_in_words(theme: str) -> str:
    return name_of(theme, get_language() or "de")


def _days(value: Any) -> str:
    names = (
        _("on Mondays"), _("on Tuesdays"), _("on Wednesdays"), _("on Thursdays"), _("on Fridays"), _("on Saturdays"),
        _("on Sundays"),
    )  # fmt: skip
    return ", ".join(names[day] for day in value)


def _times(value: Any) -> str:
    names = {
        "morning": pgettext("when", "in the morning"),
        "afternoon": pgettext("when", "in the afternoon"),
        "evening": pgettext("when", "in the evening"),
    }
    return ", ".join(names[time] for time in value)


_WORDS: dict[Sense, Callable[[Any], str]] = {
    Sense.WORD: lambda value: _("both speak of “%(word)s”") % {"word": value},
    Sense.DAYS: _days,
    Sense.DAYTIME: _times,
    Sense.REGULARLY: lambda _value: pgettext("rhythm", "again and again"),
    Sense.SAME_VILLAGE: lambda _value: _("in the same village"),
    Sense.NEXT_DOOR: lambda _value: _("in the next village"),
    Sense.KM: lambda value: ngettext("%(n)d km away", "%(n)d km away", value) % {"n": value},
}
