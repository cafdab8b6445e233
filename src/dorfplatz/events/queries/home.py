"""What a village's home page shows of the calendar, and what the page of a club or a hall says of its next dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from dorfplatz.entries.enums import State
from dorfplatz.entries.visible import visible_ids
from dorfplatz.events.calendar_filter import CalendarFilter
from dorfplatz.events.models import Occurrence
from dorfplatz.events.queries.calendar import AgendaDay, lines_between
from dorfplatz.events.queries.lines import DateLine, Reader
from dorfplatz.kernel.actor import Actor
from dorfplatz.villages.filter import VillageFilter
from dorfplatz.villages.models import Area
from dorfplatz.villages.queries import Site

FEW = 4
WEEK = timedelta(days=6)
TODAY_SHOWN, WEEK_SHOWN, NEAR_SHOWN = 8, 10, 6


@dataclass(frozen=True)
class HomeDates:
    """Today and the six days after it; `nearby` fills a quiet village up with its neighbours'."""

    today: Sequence[DateLine] = ()
    week: Sequence[AgendaDay] = ()
    nearby: Sequence[DateLine] = ()

    def __bool__(self) -> bool:
        return bool(self.today or self.week or self.nearby)


def home_dates(site: Site, village: Area | None, reader: Reader) -> HomeDates:
    """Of a village, or of all. At most fourteen queries."""
    own = VillageFilter(site, (village,)) if village else VillageFilter(site)
    today = reader.now.astimezone(ZoneInfo(site.municipality.timezone)).date()
    found = lines_between(own.area_ids, CalendarFilter(), reader, since=today, until=today + WEEK, most=120)
    first = [line for day in found.days if day.day == today for line in day.lines]
    later = [day for day in found.days if day.day > today]
    nearby: list[DateLine] = []
    if village is not None and found.count < FEW:
        nearby = _nearby(site, village, reader, own.area_ids)
    still = [line for line in first if not line.is_over(reader.now)]
    return HomeDates(still[:TODAY_SHOWN], _some(later), nearby[:NEAR_SHOWN])


def _nearby(site: Site, village: Area, reader: Reader, own: frozenset[int]) -> list[DateLine]:
    around = VillageFilter(site, (village,), with_neighbours=True)
    today = reader.now.astimezone(ZoneInfo(site.municipality.timezone)).date()
    ids = around.area_ids - own
    found = lines_between(ids, CalendarFilter(), reader, since=today, until=today + 2 * WEEK, most=60)
    once = {
        line.id: line for day in reversed(found.days) for line in reversed(day.lines) if not line.is_over(reader.now)
    }
    return sorted(once.values(), key=lambda line: line.starts_at)


def _some(days: Sequence[AgendaDay]) -> list[AgendaDay]:
    shown: list[AgendaDay] = []
    left = WEEK_SHOWN
    for day in days:
        if left > 0:
            shown.append(AgendaDay(day.day, day.lines[:left]))
            left -= len(day.lines)
    return shown


def next_dates_at(entry_id: int, viewer: Actor, *, now: datetime, most: int = 5) -> list[int]:
    """The next dates of a club, or at a place, as the viewer sees them. Three queries; two where there is none."""
    ahead = Occurrence.objects.filter(ends_at__gte=now, event__entry__state=State.PUBLISHED)
    of_it = [
        ahead.filter(**{f"event__{name}": entry_id})
        .order_by("starts_at")
        .values_list("pk", "event_id", "starts_at")[: most * 2]
        for name in ("organiser_id", "place_id")
    ]
    rows = sorted({row for some in of_it for row in some}, key=lambda row: row[2])
    seen = visible_ids({row[1] for row in rows}, viewer, now=now) if rows else set()
    return [pk for pk, event, _at in rows if event in seen][:most]
