"""Themes, and which wishes could belong to one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from dorfplatz.entries.enums import State
from dorfplatz.entries.models import Entry
from dorfplatz.entries.queries import with_words
from dorfplatz.kernel.actor import Actor
from dorfplatz.languages.models import LocalWord
from dorfplatz.search.lexicon import lexicon
from dorfplatz.villages.filter import VillageFilter
from dorfplatz.villages.models import Municipality
from dorfplatz.wishes.enums import STILL_GOING
from dorfplatz.wishes.likeness import Likeness, Text
from dorfplatz.wishes.models import Theme
from dorfplatz.wishes.queries.board import standing

MOST_COMPARED = 400
LEAST_LIKE = 0.16
MOST_SUGGESTED = 8


def themes_of(municipality: Municipality) -> QuerySet[Theme]:
    """All themes, in the order in which they were named. Their names are for everybody."""
    return Theme.objects.filter(municipality=municipality).order_by("pk")


def theme_of(pk: int, municipality: Municipality) -> Theme | None:
    return themes_of(municipality).select_related("municipality__area").filter(pk=pk).first()


@dataclass(frozen=True)
class Suggestion:
    """A wish that could belong to a theme, and the words of it that say so."""

    entry: Entry
    words: tuple[str, ...]


class Sorting:
    """The wishes of a municipality that go on, as somebody compares them. Four queries."""

    def __init__(self, municipality: Municipality, villages: VillageFilter, *, viewer: Actor, now: datetime) -> None:
        rows = standing(villages.area_ids, viewer, now).filter(wish__status__in=STILL_GOING)
        some = with_words(rows).select_related("wish").order_by("-published_at", "-pk")[:MOST_COMPARED]
        self.entries = {entry.pk: entry for entry in some}
        said = LocalWord.objects.filter(municipality=municipality)
        texts = [Text(pk, entry.title, entry.body) for pk, entry in self.entries.items()]
        self._likeness = Likeness(texts, lexicon(), [word.forms for word in said])

    def in_theme(self, theme: Theme) -> list[Entry]:
        return [entry for entry in self.entries.values() if entry.wish.theme_id == theme.pk]

    @property
    def loose(self) -> list[int]:
        """Those without a theme."""
        return [pk for pk, entry in self.entries.items() if entry.wish.theme_id is None]

    def suggestions(self, theme: Theme) -> list[Suggestion]:
        """Wishes without a theme that are alike to one in this theme, the most alike first."""
        inside = [entry.pk for entry in self.in_theme(theme)]
        found = self._likeness.nearest(inside, among=self.loose, least=LEAST_LIKE, most=MOST_SUGGESTED)
        return [Suggestion(self.entries[like.key], like.words) for like in found]

    def heaps(self) -> list[list[Entry]]:
        """Wishes without a theme that are alike to one another, the largest heap first."""
        found = self._likeness.groups(self.loose, least=LEAST_LIKE, most=MOST_SUGGESTED)
        return [[self.entries[pk] for pk in keys] for keys in found]


def theme_counts(municipality: Municipality) -> dict[int, int]:
    """How many wishes stand in each theme, whoever may see them. One query."""
    standing_there = Q(wishes__entry__state=State.PUBLISHED)
    return dict(themes_of(municipality).annotate(n=Count("wishes", standing_there)).values_list("pk", "n"))
