"""The social map under a filter: which results, in which order, and what each facet would leave.

Filters and facet counts are worked out in memory over the rows of one municipality (see `rows` and `board`), so that
list, map and print can never disagree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from dorfplatz.kernel.actor import Actor
from dorfplatz.places.map_filter import GENERATIONS, OPEN_CHOICES, MapFilter
from dorfplatz.places.queries.board import Board, MapResult, RowSet, union
from dorfplatz.places.queries.rows import rows_of
from dorfplatz.places.queries.taxonomy import Terms
from dorfplatz.search.queries import search
from dorfplatz.villages.filter import VillageFilter
from dorfplatz.villages.queries import Site

SATURDAY = 5


@dataclass(frozen=True)
class SocialMap:
    """The results of a filter, in order, and facet counts that fit the other facets chosen.

    `groups` are the results as sets of rows, in the order in which they are shown, each with whether it is a
    neighbour's. `counts` maps a facet to how many results each of its values would leave; categories are counted by
    term id.
    """

    board: Board
    groups: tuple[tuple[RowSet, bool], ...]
    answers: Mapping[int, int]
    counts: Mapping[str, Mapping[Any, int]]
    village_counts: Mapping[int, int]

    @cached_property
    def results(self) -> tuple[MapResult, ...]:
        found: list[MapResult] = []
        for rows, is_from_neighbour in self.groups:
            some = self.board.results(rows, is_from_neighbour=is_from_neighbour)
            found += sorted(some, key=lambda r: self.answers.get(r.id, 0)) if self.answers else some
        return tuple(found)

    @property
    def ids(self) -> list[int]:
        return [result.id for result in self.results]

    @cached_property
    def count(self) -> int:
        """How many results there are, without putting them in order."""
        return sum(rows.bit_count() for rows, _ in self.groups)

    @cached_property
    def neighbour_count(self) -> int:
        return sum(rows.bit_count() for rows, is_from_neighbour in self.groups if is_from_neighbour)


def social_map(
    villages: VillageFilter,
    asked: MapFilter,
    terms: Terms,
    *,
    viewer: Actor,
    now: datetime,
    rows: Board | None = None,
    with_counts: bool = True,
    answers: Mapping[int, int] | None = None,
) -> SocialMap:
    """What the filters leave: the chosen villages' own first, then what is for all, then neighbours', each by title.

    A page that asks several questions reads the rows once (`rows_of`) and passes them on; what shows no facets asks
    without counts. Where words are asked, `answers` has the place of each entry that answers them (`answers_to`).
    """
    board = rows_of(villages.site, viewer=viewer, now=now) if rows is None else rows
    if answers is None:
        answers = answers_to(asked.q, villages.site, viewer=viewer, now=now)
    # Like all that is not understood, a category that is not there is not asked.
    asked = replace(asked, categories=terms.known(asked.categories))
    sets = _asked_for(board, villages, asked, terms, now=now, answers=answers)
    passed = _all_of(board, sets)
    here = _in(board, villages.area_ids)
    return SocialMap(
        board=board,
        groups=_in_order(board, here & passed, villages),
        answers=answers if asked.q else {},
        counts=_counts(board, here, sets, terms, villages.site, now=now) if with_counts else {},
        village_counts=_village_counts(board, passed, villages.site),
    )


def answers_to(question: str, site: Site, *, viewer: Actor, now: datetime) -> dict[int, int]:
    """By entry, its place among the answers to a question in words: the search that the whole square has."""
    everywhere = VillageFilter(site, with_neighbours=True)
    return search(question, everywhere, viewer=viewer, now=now).ranks if question else {}


def _in(board: Board, area_ids: Iterable[int]) -> RowSet:
    return union(board.by_area.get(pk, 0) for pk in area_ids)


def _all_of(board: Board, sets: Mapping[str, RowSet], *, but: str = "") -> RowSet:
    """The rows in all of the sets, those of one question left out."""
    found = board.all
    for name, rows in sets.items():
        if name != but:
            found &= rows
    return found


def _in_order(board: Board, left: RowSet, villages: VillageFilter) -> tuple[tuple[RowSet, bool], ...]:
    chosen_ids = {area.pk for area in villages.chosen}
    own_ids = {area.pk for area in (villages.chosen or villages.site.rolled_up)} | {villages.site.municipality.area.pk}
    own, chosen = _in(board, own_ids), _in(board, chosen_ids or own_ids)
    return ((left & own & chosen, False), (left & own & ~chosen, False), (left & ~own, True))


def _village_counts(board: Board, passed: RowSet, site: Site) -> dict[int, int]:
    """By village, how many results choosing it alone would show: what is for the whole municipality is for each."""
    for_all = board.by_area.get(site.municipality.area.pk, 0)
    counts = {pk: (rows & passed).bit_count() for pk, rows in board.by_area.items()}
    for village in (*site.villages, *site.outside):
        counts[village.pk] = ((board.by_area.get(village.pk, 0) | for_all) & passed).bit_count()
    return counts


def _asked_for(
    board: Board, villages: VillageFilter, asked: MapFilter, terms: Terms, *, now: datetime, answers: Mapping[int, int]
) -> dict[str, RowSet]:
    """The rows that answer each question that is asked, named as its facet."""
    site, box = villages.site, asked.bbox
    offered: list[tuple[str, object, Callable[[], RowSet]]] = [
        ("categories", asked.categories, lambda: _of_terms(board, asked.categories, terms)),
        ("languages", asked.languages, lambda: union(board.by_language.get(code, 0) for code in asked.languages)),
        ("free", asked.free, lambda: board.free),
        ("step_free", asked.step_free, lambda: board.step_free),
        ("generations", asked.generations, lambda: _for_generations(board, asked.generations)),
        ("by", asked.by, lambda: union(board.by_offerer.get(name, 0) for name in asked.by)),
        ("side", asked.side, lambda: _of_side(board, asked.side, site)),
        ("q", asked.q, lambda: board.of(answers)),
        ("bbox", box, lambda: board.within(box) if box else board.all),
        ("open", asked.open, lambda: _opened(board, site, asked.open, now)),
    ]
    return {name: rows() for name, is_asked, rows in offered if is_asked}


def _of_terms(board: Board, slugs: Iterable[str], terms: Terms) -> RowSet:
    wanted = frozenset[int]().union(*(terms.ids_below(slug) for slug in slugs))
    return union(board.by_category.get(pk, 0) for pk in wanted)


def _for_generations(board: Board, names: Iterable[str]) -> RowSet:
    return union(board.by_generation.get(GENERATIONS[name], 0) for name in names)


def _of_side(board: Board, side: str, site: Site) -> RowSet:
    return _in(board, (pk for pk, area in site.by_id.items() if area.country.lower() == side))


def _opened(board: Board, site: Site, choice: str, now: datetime) -> RowSet:
    local = now.astimezone(ZoneInfo(site.municipality.timezone))
    if choice == "now":
        return board.open_at(local)
    days = [local.date()]
    if choice == "weekend":
        saturday = local.date() + timedelta(days=max(0, SATURDAY - local.weekday()))
        # On a Sunday the weekend is what is left of it.
        days = [saturday, saturday + timedelta(days=1)] if local.weekday() <= SATURDAY else days
    return board.open_on(*days)


def _counts(
    board: Board, here: RowSet, sets: Mapping[str, RowSet], terms: Terms, site: Site, *, now: datetime
) -> dict[str, Mapping[Any, int]]:
    """By facet, how many results each of its values would leave while the other questions stay asked."""
    values: dict[str, Mapping[Any, RowSet]] = {
        "open": {choice: _opened(board, site, choice, now) for choice in OPEN_CHOICES},
        "categories": _by_term(board, terms),
        "languages": board.by_language,
        "free": {True: board.free},
        "step_free": {True: board.step_free},
        "generations": {name: board.by_generation.get(bit, 0) for name, bit in GENERATIONS.items()},
        "by": board.by_offerer,
        "side": {side: _of_side(board, side, site) for side in {a.country.lower() for a in site.by_id.values()}},
    }
    counts: dict[str, Mapping[Any, int]] = {}
    for facet, sets_of_values in values.items():
        left = here & _all_of(board, sets, but=facet)
        counts[facet] = {value: (rows & left).bit_count() for value, rows in sets_of_values.items()}
    return counts


def _by_term(board: Board, terms: Terms) -> dict[int, RowSet]:
    """By category; those of the first level with all below them."""
    found = dict(board.by_category)
    for pk, rows in board.by_category.items():
        root = terms.root_of(pk)
        found[root] = found.get(root, 0) | rows
    return found
