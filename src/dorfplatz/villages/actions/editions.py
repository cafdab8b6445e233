"""Counting the editions of municipalities' pages: one more with every change of what they show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from django.db import transaction
from django.db.models import F, Q

from dorfplatz.villages.enums import AreaKind
from dorfplatz.villages.models import Area, AreaLink, Edition
from dorfplatz.villages.sockets import whereabouts

BATCH = 5_000


@transaction.atomic(savepoint=False)  # what fails here fails as a whole
def raise_editions(touched: Collection[tuple[str, int | None]]) -> None:
    """Count one edition more, once, of every municipality whose pages show any of these things of the journal.

    What is known of nothing and nowhere shows everywhere. On PostgreSQL the rows stay locked until the transaction
    ends; who comes here through the journal has its turn already, so nobody waits crosswise.
    """
    areas = _areas(touched)
    if areas == set():
        return
    reached = Q() if areas is None else _of_municipalities_showing(areas)
    Edition.objects.filter(reached).update(number=F("number") + 1)


def _areas(touched: Iterable[tuple[str, int | None]]) -> set[int] | None:
    """The areas in which these things show; None for everywhere."""
    shown = {place.thing for place in whereabouts if place.areas_of is not None}
    unseen = {place.thing for place in whereabouts} - shown
    ids_by_word: dict[str, set[int]] = defaultdict(set)
    areas: set[int] = set()
    for thing, area_id in touched:
        word, _, number = thing.partition(":")
        if word in shown and number.isdecimal():
            ids_by_word[word].add(int(number))
        elif area_id is None and word not in unseen:
            return None
        if area_id is not None and word not in unseen:
            areas.add(area_id)
    return areas.union(*_areas_by_those_who_know(ids_by_word))


def _areas_by_those_who_know(ids_by_word: Mapping[str, set[int]]) -> Iterator[Iterable[int]]:
    for place in whereabouts:
        if place.areas_of is not None:
            for ids in _portions(ids_by_word.get(place.thing, set())):
                yield place.areas_of(ids)


def _portions(ids: set[int]) -> Iterator[list[int]]:
    ordered = sorted(ids)
    for start in range(0, len(ordered), BATCH):
        yield ordered[start : start + BATCH]


def _of_municipalities_showing(area_ids: Collection[int]) -> Q:
    """Editions of those whose the areas are, and of who has one of their villages as a neighbour."""
    owners: set[int] = set()
    for pk, kind, parent_id in Area.objects.filter(pk__in=area_ids).values_list("pk", "kind", "parent_id"):
        if kind == AreaKind.REGION:
            return Q()
        owners.add(parent_id if kind == AreaKind.VILLAGE and parent_id else pk)
    across = AreaLink.objects.filter(neighbour__parent_id__in=owners).order_by()
    return Q(municipality_id__in=owners) | Q(municipality_id__in=across.values("area__parent_id"))
