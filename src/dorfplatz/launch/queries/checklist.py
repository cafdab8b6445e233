"""What a square has and should have: counted from the square, in as many queries for one village as for all."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q
from django.utils.timezone import localdate

from dorfplatz.entries.enums import State
from dorfplatz.entries.models import EntryArea
from dorfplatz.events.enums import Change
from dorfplatz.events.models import OccurrenceDay
from dorfplatz.kernel.actor import Actor
from dorfplatz.launch.enums import Point
from dorfplatz.launch.models import OwnPoint
from dorfplatz.launch.points import Measure
from dorfplatz.launch.queries.yes import Yes, measures_of, yes_of
from dorfplatz.members.queries import connector_counts
from dorfplatz.places.enums import PlaceKind, Status
from dorfplatz.places.queries import terms_of_municipality
from dorfplatz.square.enums import KIND as POST
from dorfplatz.villages.enums import LegalKind
from dorfplatz.villages.models import Area, Municipality
from dorfplatz.villages.policies import can_prepare
from dorfplatz.villages.queries import Site, latest_legal_wordings

AHEAD, BACK = timedelta(weeks=6), timedelta(weeks=2)
TOGETHER = ("clubs", "neighbourhood")
# Who is responsible, and how data are kept, a municipality says itself: the release's wording is not enough.
OWN_WORDS = (LegalKind.PRIVACY, LegalKind.IMPRINT)


@dataclass(frozen=True)
class Counted:
    """One point of the checklist: so many there are, so many are wanted."""

    point: Point
    have: int
    wanted: int

    @property
    def is_done(self) -> bool:
        return self.have >= self.wanted

    @property
    def missing(self) -> int:
        return max(0, self.wanted - self.have)


@dataclass(frozen=True)
class Progress:
    """How far a village is: what was counted, its own points, and who has said yes."""

    area: Area
    points: Sequence[Counted]
    own: Sequence[OwnPoint]
    yes: Yes

    @property
    def total(self) -> int:
        return len(self.points) + len(self.own)

    @property
    def done(self) -> int:
        return sum(point.is_done for point in self.points) + sum(point.done_at is not None for point in self.own)

    @property
    def is_full(self) -> bool:
        return self.done == self.total

    @property
    def missing(self) -> list[Counted]:
        return [point for point in self.points if not point.is_done]


def prepared_by(viewer: Actor, site: Site) -> list[Area]:
    """The villages of the square whose kit the viewer has."""
    return [area for area in site.villages if can_prepare(viewer, area)]


def progress_of(areas: Sequence[Area], municipality: Municipality, viewer: Actor, *, now: datetime) -> list[Progress]:
    """Of villages of one municipality that the viewer prepares. Fourteen queries at most, however many villages."""
    ids = [area.pk for area in areas]
    measures = measures_of([municipality.pk])[municipality.pk]
    counts = _counts(ids, municipality, now)
    own: dict[int, list[OwnPoint]] = {pk: [] for pk in ids}
    for point in OwnPoint.objects.visible_to(viewer).filter(area__in=ids):
        own[point.area_id].append(point)
    said = yes_of(areas, measures)
    worded = latest_legal_wordings(municipality)
    legal = sum(text.version > 0 and text.kind in OWN_WORDS for text in worded), len(OWN_WORDS)
    return [
        Progress(area, _points(area, counts, measures, municipality, legal), own[area.pk], said[area.pk])
        for area in areas
    ]  # fmt: skip


def _points(
    area: Area, counts: Mapping[Point, Mapping[int, int]], measures: Mapping[str, Measure], municipality: Municipality,
    legal: tuple[int, int],
) -> list[Counted]:  # fmt: skip
    languages = [code for code in municipality.languages if code != "en"] or municipality.languages
    told = sum(bool(area.intro.get(code) or area.intro.get("und")) for code in languages)
    by_village = {
        Point.PICTURE: (bool(area.picture_id) + any(area.intro.values()), 2),
        Point.LANGUAGES: (told, len(languages)),
        Point.LEGAL: legal,
    }
    found = []
    for point in Point:
        have, wanted = by_village.get(point) or (
            counts[point].get(area.pk, 0), measures[point].wanted(area.inhabitants)
        )  # fmt: skip
        found.append(Counted(point, have, wanted))
    return found


def _counts(ids: Collection[int], municipality: Municipality, now: datetime) -> dict[Point, Mapping[int, int]]:
    terms = terms_of_municipality(municipality)
    together = frozenset[int]().union(*(terms.ids_below(slug) for slug in TOGETHER))
    here = EntryArea.objects.filter(area_id__in=ids, entry__state=State.PUBLISHED).order_by()
    places = here.filter(entry__kind__in=PlaceKind.values, entry__listing__shown_with=None)
    places = places.exclude(entry__listing__status=Status.CLOSED)
    clubs = Count("pk", filter=Q(entry__listing__category_id__in=together))
    hours = Count("pk", filter=~Q(entry__listing__opening_hours=""))
    rows = list(places.values("area_id").annotate(clubs=clubs, hours=hours).values_list("area_id", "clubs", "hours"))
    posts = here.filter(entry__kind=POST, entry__published_at__gte=now - BACK)
    return {
        Point.CLUBS: {area: found for area, found, _hours in rows},
        Point.HOURS: {area: found for area, _clubs, found in rows},
        Point.DATES: _dates(ids, now),
        Point.POSTS: dict(posts.values("area_id").annotate(n=Count("pk")).values_list("area_id", "n")),
        Point.FACES: {area: seen for area, (_all, seen) in connector_counts(ids).items()},
    }


def _dates(ids: Collection[int], now: datetime) -> dict[int, int]:
    """What is called off is none."""
    today = localdate(now)
    days = OccurrenceDay.objects.filter(area_id__in=ids, day__range=(today, today + AHEAD)).order_by()
    held = days.filter(occurrence__event__entry__state=State.PUBLISHED)
    held = held.exclude(occurrence__change__in=(Change.CANCELLED, Change.OMITTED))
    counted = held.values("area_id").annotate(n=Count("occurrence_id", distinct=True))
    return dict(counted.values_list("area_id", "n"))
