"""How wishes are found: their mood and their theme in every language."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.conf import settings
from django.utils.translation import override

from dorfplatz.search.sockets import Said, Source, as_passing
from dorfplatz.wishes.enums import Mood
from dorfplatz.wishes.models import Wish


def said(ids: Collection[int]) -> Mapping[int, Said]:
    """One query."""
    rows = Wish.objects.filter(pk__in=list(ids)).values_list("pk", "mood", "theme__name")
    return {pk: Said([*_moods(mood), *(theme or {}).values()]) for pk, mood, theme in rows}


def _moods(mood: str) -> list[str]:
    words = []
    for code, _name in settings.LANGUAGES:
        with override(code):
            words.append(str(Mood(mood).label))
    return words


SOURCE = Source(said, nudges=as_passing)
