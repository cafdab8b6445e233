"""Where the team has been, and where nobody was for long: streets, clubs, the village as a whole."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dorfplatz.basemap.queries import streets_in
from dorfplatz.desk.models import Visit
from dorfplatz.entries.enums import State
from dorfplatz.entries.models import Entry, EntryArea
from dorfplatz.kernel.actor import Actor
from dorfplatz.places.enums import PlaceKind, Status
from dorfplatz.places.room import ROOM
from dorfplatz.villages.models import Area
from dorfplatz.villages.queries import Site

VISITED_FOR = timedelta(days=365)
ROUND = "round"
MOST_CLUBS = 300


@dataclass(frozen=True)
class Place:
    """Where one goes: `name` is "" for the village as a whole. `language` is the one of a club's name."""

    key: str
    name: str
    language: str = ""
    visited_on: date | None = None

    def waits_on(self, day: date) -> bool:
        """Whether nobody has been there for a year."""
        return self.visited_on is None or self.visited_on <= day - VISITED_FOR


@dataclass(frozen=True)
class VisitList:
    """All places of a village, each sort in the order of the alphabet."""

    area: Area
    day: date
    village: Place
    streets: Sequence[Place]
    clubs: Sequence[Place]

    @property
    def places(self) -> list[Place]:
        return [self.village, *self.streets, *self.clubs]

    @property
    def waiting(self) -> list[Place]:
        return [place for place in self.places if place.waits_on(self.day)]

    @property
    def groups(self) -> list[tuple[str, list[Place]]]:
        """What waits, by sort; sorts of which nothing waits are left out."""
        sorts = (("village", [self.village]), ("streets", self.streets), ("clubs", self.clubs))
        waiting = [(name, [place for place in places if place.waits_on(self.day)]) for name, places in sorts]
        return [(name, places) for name, places in waiting if places]

    @property
    def visited(self) -> list[Place]:
        """Within a year, the latest first."""
        seen = [place for place in self.places if not place.waits_on(self.day)]
        return sorted(seen, key=lambda place: place.visited_on or self.day, reverse=True)


def visit_lists(
    site: Site, areas: Collection[Area], viewer: Actor, *, day: date, now: datetime
) -> dict[int, VisitList]:
    """Of these villages. Three queries, however many."""
    ids = [area.pk for area in areas]
    on: dict[int, dict[str, date]] = {pk: {} for pk in ids}
    for area_id, key, last in Visit.objects.filter(area__in=ids).values_list("area", "place", "on"):
        on[area_id][key] = last
    streets, clubs = _streets(site, areas), _clubs(site, ids, viewer, now)
    return {
        area.pk: VisitList(
            area, day, Place(ROUND, "", visited_on=on[area.pk].get(ROUND)),
            [_place(f"street:{name}", name, "", on[area.pk]) for name in streets[area.pk]],
            [_place(f"entry:{pk}", title, language, on[area.pk]) for pk, title, language in clubs[area.pk]],
        )
        for area in areas
    }  # fmt: skip


def _place(key: str, name: str, language: str, on: dict[str, date]) -> Place:
    return Place(key, name, language, on.get(key))


def _streets(site: Site, areas: Collection[Area]) -> dict[int, list[str]]:
    named = {str(name): area.pk for area in areas for name in area.name.values()}
    found: dict[int, list[str]] = {area.pk: [] for area in areas}
    for village, street in streets_in(site.municipality.pk, list(named)):
        found[named[village]].append(street)
    return found


def _clubs(site: Site, areas: Sequence[int], viewer: Actor, now: datetime) -> dict[int, list[tuple[int, str, str]]]:
    found: dict[int, list[tuple[int, str, str]]] = {pk: [] for pk in areas}
    if not site.municipality.has_room(ROOM):
        return found
    seen = Entry.objects.filter(kind=PlaceKind.ORGANIZATION, state=State.PUBLISHED).in_areas(frozenset(areas))
    open_ones = seen.visible_to(viewer, now=now).filter(listing__shown_with=None).exclude(listing__status=Status.CLOSED)
    placed = EntryArea.objects.filter(entry__in=open_ones.values("pk"), area__in=areas)
    columns = ("area_id", "entry_id", "entry__title", "entry__language")
    for area_id, pk, title, language in placed.order_by("entry__title", "entry_id").values_list(*columns):
        if len(found[area_id]) < MOST_CLUBS:
            found[area_id].append((pk, title, language))
    return found
