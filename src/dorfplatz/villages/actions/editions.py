"""Counting the editions of municipalities' pages: one more with every change of what they show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from django.db import transaction
from django.db.models import F

from dorfplatz.villages.enums import AreaKind
from dorfplatz.villages.models import Area, AreaLink, Edition
from dorfplatz.villages.sockets import whereabouts

BATCH = 5_000


@transaction.atomic
def raise_editions(touched: Collection[tuple[str, int | None]]) -> None:
    """Count one edition more, once, of every municipality whose pages show any of these things of the journal.

    What is known of nothing and nowhere shows everywhere. On PostgreSQL the rows stay locked until the transaction
    ends; who comes here through the journal has its turn already, so nobody waits crosswise.
    """
    areas = _areas(touched)
    if areas == set():
        return
    editions = Edition.objects.all()
    reached = None if areas is None else _municipalities_showing(areas)
    if reached is not None:
        editions = editions.filter(municipality_id__in=reached)
    editions.update(number=F("number") + 1)


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


def _municipalities_showing(area_ids: Collection[int]) -> set[int] | None:
    """Whose the areas are, and who has one of their villages as a neighbour; None for all."""
    owners: set[int] = set()
    for pk, kind, parent_id in Area.objects.filter(pk__in=area_ids).values_list("pk", "kind", "parent_id"):
        if kind == AreaKind.REGION:
            return None
        owners.add(parent_id if kind == AreaKind.VILLAGE and parent_id else pk)
    across = AreaLink.objects.filter(neighbour__parent_id__in=owners).exclude(area__parent_id__in=owners)
    return owners | {pk for pk in across.values_list("area__parent_id", flat=True).distinct() if pk is not None}
