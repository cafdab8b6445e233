"""The calendar of some villages: a plain question to an index of days, whatever there is altogether."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import F, Q, QuerySet

from dorfplatz.entries.enums import State
from dorfplatz.entries.models import EntryArea
from dorfplatz.entries.visible import visible_ids
from dorfplatz.events.calendar_filter import CalendarFilter
from dorfplatz.events.models import Event, Occurrence, OccurrenceDay
from dorfplatz.events.queries.lines import DateLine, Reader, lines_of
from dorfplatz.villages.queries import Site

PAGE = 60
MOST = 400
# A list looks so many days ahead, then farther, until its page is full.
REACHES = (7, 35, 150, 550)
PAST = timedelta(days=3)


@dataclass(frozen=True)
class AgendaDay:
    """One day and its dates, in the order of the clock."""

    day: date
    lines: Sequence[DateLine]


@dataclass(frozen=True)
class Agenda:
    """Days with dates. `more_from` is the day on which the next page begins, None at the end."""

    days: Sequence[AgendaDay]
    more_from: date | None = None

    @property
    def count(self) -> int:
        return sum(len(day.lines) for day in self.days)


def agenda(
    area_ids: frozenset[int], asked: CalendarFilter, reader: Reader, *, since: date, until: date | None
) -> Agenda:
    """A page of the list from that day on: whole days, about sixty dates. At most ten queries."""
    last = min(until, since + timedelta(days=REACHES[-1])) if until else since + timedelta(days=REACHES[-1])
    rows: list[tuple[date, int, int]] = []
    for reach in REACHES:
        ends = min(since + timedelta(days=reach), last)
        rows = rows_between(area_ids, asked, since, ends, PAGE * 2)
        if len(rows) >= PAGE or ends == last:
            break
    full = [row for row in rows[PAGE:] if row[0] > rows[PAGE - 1][0]]
    more_from = full[0][0] if full else None
    shown = [row for row in rows if more_from is None or row[0] < more_from]
    return Agenda(_days(shown, reader), more_from)


def lines_between(
    area_ids: frozenset[int], asked: CalendarFilter, reader: Reader, *, since: date, until: date, most: int = MOST
) -> Agenda:
    """All dates of these days, as many as a page bears. Seven queries."""
    return Agenda(_days(rows_between(area_ids, asked, since, until, most), reader))


def rows_between(
    area_ids: Collection[int], asked: CalendarFilter, since: date, until: date, most: int
) -> list[tuple[date, int, int]]:
    """Day, occurrence and event, each once. One query."""
    found = OccurrenceDay.objects.filter(
        area_id__in=list(area_ids), day__range=(since, until), occurrence__event__entry__state=State.PUBLISHED
    )
    some = _narrowed(found, asked).order_by("day", "occurrence__starts_at", "occurrence_id")
    rows = some.values_list("day", "occurrence_id", "occurrence__event_id")[:most]
    return list(dict.fromkeys((day, occurrence, event) for day, occurrence, event in rows))


def _narrowed(found: QuerySet[OccurrenceDay], asked: CalendarFilter) -> QuerySet[OccurrenceDay]:
    if asked.themes:
        found = found.filter(occurrence__event__theme__slug__in=asked.themes)
    if asked.free:
        found = found.filter(occurrence__event__is_free=True)
    if asked.generations:
        found = found.annotate(for_whom=F("occurrence__event__generations").bitand(asked.generation_bits))
        found = found.filter(Q(for_whom__gt=0) | Q(occurrence__event__generations=0))
    for word in asked.q.split()[:5]:
        found = found.filter(_says(word))
    return found


def _says(word: str) -> Q:
    """Whether an event says that word anywhere; SQLite knows no capital umlauts, so they are asked as written."""
    base = "occurrence__event__"
    names = (
        "entry__title",
        "entry__body",
        "entry__texts__title",
        "place_words",
        "place__entry__title",
        "organiser__entry__title",
    )
    asked = Q()
    for form in {word, word.lower(), word.capitalize()}:
        for name in names:
            asked |= Q(**{f"{base}{name}__icontains": form})
    return asked


def _days(rows: Sequence[tuple[date, int, int]], reader: Reader) -> list[AgendaDay]:
    seen = visible_ids({event for _day, _occurrence, event in rows}, reader.viewer, now=reader.now)
    lines = lines_of({occurrence for _day, occurrence, event in rows if event in seen}, reader)
    days: dict[date, list[DateLine]] = {}
    for day, occurrence, _event in rows:
        if occurrence in lines:
            days.setdefault(day, []).append(lines[occurrence])
    return [AgendaDay(day, some) for day, some in days.items()]


def moments_of_dates(site: Site, since: datetime, until: datetime) -> set[datetime]:
    """When dates of the site's areas are over, and lists of today leave them out. One query."""
    over = Occurrence.objects.filter(ends_at__gt=since, ends_at__lte=until)
    here = over.filter(days__area_id__in=[*site.by_id])
    return set(here.values_list("ends_at", flat=True).distinct())


def areas_of_events_at(entry_ids: Collection[int]) -> set[int]:
    """In which areas events are set out whose pages name these entries: their place, their organiser."""
    ids = list(entry_ids)
    named = Event.objects.filter(Q(place_id__in=ids) | Q(organiser_id__in=ids)).values("pk")
    return set(EntryArea.objects.filter(entry_id__in=named).values_list("area_id", flat=True).distinct())
