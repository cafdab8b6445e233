"""What there is in each village and how fresh it is: what is missing, what nobody has confirmed, silence."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Max, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate
from django.utils.translation import get_language

from dorfplatz.basemap.matching import fold, split_number
from dorfplatz.desk.models import Freshness
from dorfplatz.desk.queries.items import beat_of
from dorfplatz.desk.queries.visits import VisitList, visit_lists
from dorfplatz.entries.enums import BY_HAND, State
from dorfplatz.entries.models import EntryArea
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.text import in_language
from dorfplatz.places.enums import PlaceKind, Status
from dorfplatz.places.queries.taxonomy import Term, Terms
from dorfplatz.villages.enums import AreaKind
from dorfplatz.villages.models import Area
from dorfplatz.villages.prepared import prepared_for
from dorfplatz.villages.queries import Site

WEEKS = 12


@dataclass(frozen=True)
class Share:
    """So much of so much."""

    label: str
    fresh: int
    total: int

    @property
    def percent(self) -> int:
        return round(100 * self.fresh / self.total) if self.total else 0


@dataclass(frozen=True)
class Streets:
    """Those of the base map; `quiet` are the names of those in which nothing stands on the map yet."""

    total: int = 0
    quiet: Sequence[str] = ()


@dataclass(frozen=True)
class VillageCover:
    """One village: all of it, by category, what is missing, and how fresh it was week by week, the oldest first."""

    area: Area
    whole: Share
    never_count: int
    by_category: Sequence[Share]
    missing: Sequence[str]
    last_words: datetime | None
    over_time: Sequence[tuple[date, Share]]
    streets: Streets = Streets()
    to_visit: int = 0


@dataclass(frozen=True)
class Coverage:
    villages: Sequence[VillageCover]


def coverage_of(site: Site, viewer: Actor, *, terms: Terms, now: datetime) -> Coverage:
    """Of the viewer's villages. Eight queries, however many."""
    beat = beat_of(site, viewer, now=now)
    villages = [area for area in beat.areas.values() if area.kind == AreaKind.VILLAGE]
    ids = [area.pk for area in villages]
    counted: dict[int, dict[int, tuple[int, int, int]]] = {pk: {} for pk in ids}
    for row in freshness_counts(ids, now=now):
        counted[row["area_id"]][row["top"]] = (row["total"], row["fresh"], row["never"])
    past = _past(ids)
    last = last_words(ids)
    visits = visit_lists(site, villages, viewer, day=localdate(now), now=now)
    streets = _streets(visits)
    covers = [
        replace(
            _cover(area, counted[area.pk], terms, last.get(area.pk), past.get(area.pk, {})),
            streets=streets[area.pk],
            to_visit=len(visits[area.pk].waiting),
        )
        for area in villages
    ]
    return Coverage(covers)


def _name(term: Term) -> str:
    return in_language(term.name, get_language() or "de")


def _cover(
    area: Area, counted: Mapping[int, tuple[int, int, int]], terms: Terms, last: datetime | None,
    past: Mapping[date, tuple[int, int]],
) -> VillageCover:  # fmt: skip
    tops = [branch.term for branch in terms.branches]
    by_category = [Share(_name(top), counted[top.id][1], counted[top.id][0]) for top in tops if top.id in counted]
    whole = Share("", sum(row[1] for row in counted.values()), sum(row[0] for row in counted.values()))
    return VillageCover(
        area, whole, sum(row[2] for row in counted.values()), by_category,
        [_name(top) for top in tops if top.id not in counted], last,
        [(day, Share("", fresh, total)) for day, (fresh, total) in sorted(past.items())][-WEEKS:],
    )  # fmt: skip


def freshness_counts(areas: Collection[int] | None, *, now: datetime) -> list[dict[str, Any]]:
    """By area and category of the first level: how many entries, how many are not due, how many nobody ever confirmed.

    Of all areas where none are named. One query; for counts only.
    """
    top = Coalesce("entry__listing__category__parent_id", "entry__listing__category_id")
    fresh = Q(entry__check_due_at__gt=now) | Q(entry__check_due_at=None)
    never = Q(entry__listing__assured_on=None)
    counts = {"total": Count("pk"), "fresh": Count("pk", filter=fresh), "never": Count("pk", filter=never)}
    return [{**row} for row in _open_places(areas).annotate(top=top).values("area_id", "top").annotate(**counts)]


def _open_places(areas: Collection[int] | None) -> QuerySet[EntryArea]:
    """Where entries of the map stand that have not closed; for counts only."""
    placed = EntryArea.objects.filter(
        entry__kind__in=PlaceKind.values, entry__state=State.PUBLISHED,
        entry__listing__shown_with=None,
    )  # fmt: skip
    if areas is not None:
        placed = placed.filter(area_id__in=areas)
    return placed.exclude(entry__listing__status=Status.CLOSED).order_by()


def _streets(lists: Mapping[int, VisitList]) -> dict[int, Streets]:
    """What is said is about streets and about what stands on the map; of nobody's home, and nothing of it is kept."""
    there = {pk: [place.name for place in one.streets] for pk, one in lists.items()}
    taken: dict[int, set[str]] = {pk: set() for pk in there}
    if any(there.values()):
        for pk, address in (
            _open_places(list(there))
            .exclude(entry__listing__street="")
            .values_list("area_id", "entry__listing__street")
        ):
            taken[pk].add(fold(split_number(address)[0]))
    return {
        pk: Streets(len(names), [name for name in names if fold(name) not in taken[pk]]) for pk, names in there.items()
    }


def _past(areas: Collection[int]) -> dict[int, dict[date, tuple[int, int]]]:
    found: dict[int, dict[date, tuple[int, int]]] = {}
    for row in Freshness.objects.filter(area_id__in=areas).order_by("-on"):
        days = found.setdefault(row.area_id, {})
        fresh, total = days.get(row.on, (0, 0))
        days[row.on] = (fresh + row.fresh, total + row.total)
    return found


def last_words(areas: Collection[int]) -> dict[int, datetime]:
    """When people last set something out in each of these areas; nothing is told but the moment. One query."""
    return dict(_last_words(frozenset(areas))())


def _last_words_question(areas: frozenset[int]) -> QuerySet[EntryArea, tuple[int, datetime]]:
    here = EntryArea.objects.filter(area_id__in=areas, entry__state=State.PUBLISHED, entry__origin__in=BY_HAND)
    said = here.exclude(entry__kind__in=PlaceKind.values)
    return said.values_list("area_id").annotate(last=Max("entry__published_at"))


_last_words = prepared_for(_last_words_question)
