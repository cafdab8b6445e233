"""How asks and offers are found: their words, and that what is solved needs no finding."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.conf import settings
from django.utils.translation import override

from dorfplatz.exchange.enums import DONE
from dorfplatz.exchange.models import Exchange
from dorfplatz.exchange.words import sort_in_words
from dorfplatz.search.sockets import Said, Source, as_passing


def said(ids: Collection[int]) -> Mapping[int, Said]:
    """Its sort in every language, when, from where to where, for whom. One query."""
    rows = Exchange.objects.filter(pk__in=list(ids)).values_list(
        "pk", "entry__kind", "sort", "when_words", "for_whom", "from_words", "to_words"
    )
    return {pk: Said([*_sorts(kind, sort), *(word for word in words if word)]) for pk, kind, sort, *words in rows}


def _sorts(kind: str, sort: str) -> list[str]:
    words = []
    for code, _name in settings.LANGUAGES:
        with override(code):
            words.append(sort_in_words(kind, sort))
    return words


def stand_ins(ids: Collection[int]) -> Mapping[int, int | None]:
    """What is solved is not shown among what one may answer. One query."""
    return dict.fromkeys(Exchange.objects.filter(pk__in=list(ids), step__in=DONE).values_list("pk", flat=True))


SOURCE = Source(said, stand_ins, as_passing)
