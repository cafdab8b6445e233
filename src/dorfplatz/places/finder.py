"""Everything the page of the social map shows under one filter, worked out once for page, fragment and print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.text import in_language
from dorfplatz.places.addresses import map_address
from dorfplatz.places.facet_groups import Question, facet_groups
from dorfplatz.places.map_filter import Box, MapFilter, box_around
from dorfplatz.places.map_words import (
    count_in_words,
    filter_in_words,
    result_in_words,
    show_in_words,
    where_in_words,
)
from dorfplatz.places.queries import (
    Board,
    MapResult,
    SocialMap,
    Term,
    Terms,
    answers_to,
    cards,
    rows_of,
    social_map,
)
from dorfplatz.places.taxonomy import standard_taxonomy
from dorfplatz.ui.parts import Card, FacetGroup, Step
from dorfplatz.villages.filter import VillageFilter

PAGE_SIZE = 24
# With so few results, a village’s page offers what the neighbours have.
FEW = 8
MOST_WAYS_OUT = 4


@dataclass(frozen=True)
class Way:
    """A way on from where the filter leads: words, an address, and how many results it has."""

    label: str
    url: str
    count: int


@dataclass
class Finder:
    """One question to the social map and its answer."""

    villages: VillageFilter
    asked: MapFilter
    terms: Terms
    language: str
    viewer: Actor
    now: datetime

    @cached_property
    def found(self) -> SocialMap:
        return self._ask(self.villages, self.asked)

    @cached_property
    def wide(self) -> SocialMap:
        """The same with the neighbours, on both sides of the border."""
        return self._ask(replace(self.villages, with_neighbours=True), self.asked)

    @cached_property
    def groups(self) -> list[FacetGroup]:
        return facet_groups(Question(self.villages, self.asked, self.terms, self.found, self.wide, self.language))

    @cached_property
    def term(self) -> Term | None:
        """The category whose page this is."""
        return self.terms.by_slug.get(self.asked.categories[0]) if len(self.asked.categories) == 1 else None

    @property
    def about(self) -> str:
        """What the category is about, where it is a standard one."""
        standard = standard_taxonomy()
        if self.term is None or self.term.is_own or self.term.slug not in standard:
            return ""
        return in_language(standard[self.term.slug].about, self.language)

    @cached_property
    def steps(self) -> list[Step]:
        """The way from all entries down to the category."""
        if self.term is None:
            return []
        everything = Step(_("Everything"), map_address(self.villages, self.asked.without("categories")))
        above = self.terms.by_id.get(self.term.parent_id or 0)
        between = [self._step(above)] if above else []
        return [everything, *between, Step(in_language(self.term.name, self.language), is_current=True)]

    def _step(self, term: Term) -> Step:
        asked = replace(self.asked, categories=(term.slug,))
        count = self.found.counts["categories"].get(term.id, 0)
        return Step(
            in_language(term.name, self.language), map_address(self.villages, asked), icon=term.icon, count=count
        )

    @property
    def parts(self) -> list[Step]:
        """The second level below the category, with what there is in each."""
        branches = (b for b in self.terms.branches if self.term and b.term.id == self.term.id)
        steps = (self._step(term) for branch in branches for term in branch.below)
        return [step for step in steps if step.count]

    @cached_property
    def where(self) -> str:
        return where_in_words(self.villages, self.language)

    @cached_property
    def result_words(self) -> str:
        return result_in_words(self.found.count, self.villages, self.language)

    @property
    def sum_words(self) -> str:
        """The result under a heading that says already where one looks."""
        return self.result_words if self.term else count_in_words(self.found.count)

    @property
    def show_words(self) -> str:
        return show_in_words(self.found.count)

    @property
    def box(self) -> Box | None:
        """What the map begins with: the part asked for, else the villages chosen and their neighbours."""
        if self.asked.bbox or self.villages.is_all:
            return self.asked.bbox
        return box_around(area.outline for area in self.villages.areas if area.outline)

    @cached_property
    def filter_words(self) -> list[str]:
        return filter_in_words(self.asked, self.terms, self.language)

    @property
    def chosen_count(self) -> int:
        return sum(len(group.chosen) for group in self.groups)

    @property
    def clear_url(self) -> str:
        return map_address(VillageFilter(self.villages.site), MapFilter(), forget=True)

    @property
    def other_chips(self) -> list[Way]:
        """What is asked but is in no group of facets, each with the address without it."""
        chips = [(_("“%(words)s”") % {"words": self.asked.q}, "q")] if self.asked.q else []
        chips += [(_("this part of the map"), "bbox")] if self.asked.bbox else []
        return [Way(words, map_address(self.villages, self.asked.without(name)), 0) for words, name in chips]

    def page(self, number: str | None) -> Page[MapResult]:
        return Paginator(self.found.results, PAGE_SIZE).get_page(number)

    def cards(self, results: Sequence[MapResult]) -> list[Card]:
        only = self.villages.only
        shown = cards(
            [result.id for result in results],
            site=self.villages.site,
            terms=self.terms,
            language=self.language,
            viewer=self.viewer,
            now=self.now,
            near=only.point if only else None,
        )
        return [self._without_own_village(card) for card in shown] if only else shown

    def _without_own_village(self, card: Card) -> Card:
        """Where one village is looked at, only the others are named."""
        own = in_language(self.villages.chosen[0].name, self.language)
        others = [village for village in card.villages if village.name != own]
        return replace(card, villages=others)

    @property
    def fill_up(self) -> Way | None:
        """What the neighbours would add to a village that has little."""
        if self.villages.is_all or self.villages.with_neighbours or self.found.count > FEW:
            return None
        url = map_address(replace(self.villages, with_neighbours=True), self.asked)
        count = self.wide.count - self.found.count
        return Way("", url, count) if count > 0 else None

    @property
    def nearby(self) -> list[Way]:
        """By neighbour, what it has under this very filter."""
        site, chosen = self.villages.site, self.villages.chosen or self.villages.site.listed
        around = {n.pk: n for area in chosen for n in site.neighbours(area) if n not in chosen}
        ways = (
            Way(
                in_language(area.name, self.language),
                map_address(VillageFilter(site, (area,)), self.asked.without("bbox")),
                self.found.village_counts.get(area.pk, 0),
            )
            for area in around.values()
        )
        return [way for way in ways if way.count]

    @property
    def ways_out(self) -> list[Way]:
        """Questions to leave out, with what that would leave: for when nothing is left."""
        names = {
            "categories": self.asked.categories, "open": self.asked.open, "languages": self.asked.languages,
            "free": self.asked.free, "step_free": self.asked.step_free, "generations": self.asked.generations,
            "by": self.asked.by, "side": self.asked.side, "q": self.asked.q, "bbox": self.asked.bbox,
        }  # fmt: skip
        ways = []
        for name in (name for name, value in names.items() if value):
            asked = self.asked.without(name)
            left = MapFilter(**{name: getattr(self.asked, name)})
            words = ", ".join(filter_in_words(left, self.terms, self.language))
            ways.append(Way(words, map_address(self.villages, asked), self._ask(self.villages, asked).count))
        return sorted((way for way in ways if way.count), key=lambda way: -way.count)[:MOST_WAYS_OUT]

    def _ask(self, villages: VillageFilter, asked: MapFilter) -> SocialMap:
        answers = self._answers if asked.q else {}
        return social_map(
            villages, asked, self.terms, viewer=self.viewer, now=self.now, rows=self._rows, answers=answers
        )

    @cached_property
    def _answers(self) -> dict[int, int]:
        return answers_to(self.asked.q, self.villages.site, viewer=self.viewer, now=self.now)

    @cached_property
    def _rows(self) -> Board:
        return rows_of(self.villages.site, viewer=self.viewer, now=self.now, language=self.language)
