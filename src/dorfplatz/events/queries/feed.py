"""Events for other calendars: those that the filter asks for, whole, with their rules. No more than a phone bears."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Prefetch

from dorfplatz.entries.models import EntryArea
from dorfplatz.entries.queries import reading
from dorfplatz.entries.visible import visible_ids
from dorfplatz.events.calendar_filter import CalendarFilter
from dorfplatz.events.enums import Status
from dorfplatz.events.ical.writing import Written
from dorfplatz.events.models import Event
from dorfplatz.events.queries.calendar import rows_between
from dorfplatz.events.queries.lines import place_in_words
from dorfplatz.events.recurrence import dates_of
from dorfplatz.events.school_holidays import holidays_of
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.text import in_language, plain

MOST_EVENTS = 1_000
MOST_ROWS = 20_000
BACK, AHEAD = timedelta(days=31), timedelta(days=550)


@dataclass(frozen=True)
class Asker:
    """For whom the document is written; `origin` begins its addresses."""

    language: str
    viewer: Actor
    now: datetime
    origin: str


def events_for_calendars(
    area_ids: frozenset[int], asked: CalendarFilter, asker: Asker, *, today: date
) -> list[Written]:
    """What was on a month ago and what is to come, at most a thousand events. Eight queries."""
    rows = rows_between(area_ids, asked, today - BACK, today + AHEAD, MOST_ROWS)
    ids = list(dict.fromkeys(event for _day, _occurrence, event in rows))[:MOST_EVENTS]
    seen = visible_ids(ids, asker.viewer, now=asker.now)
    return written_events([pk for pk in ids if pk in seen], asker, today=today)


def written_events(ids: Collection[int], asker: Asker, *, today: date) -> list[Written]:
    """These events, which the caller has found visible, in the order of their codes. Seven queries."""
    found = (
        Event.objects.filter(pk__in=list(ids))
        .select_related("entry", "place__entry", "organiser__entry", "theme")
        .prefetch_related(
            "single_dates",
            "entry__texts",
            "place__entry__texts",
            "organiser__entry__texts",
            Prefetch("entry__placements", EntryArea.objects.select_related("area")),
        )
        .order_by("entry__code")
    )
    return [_written(event, asker, today) for event in found]


def _written(event: Event, asker: Asker, today: date) -> Written:
    entry, language = event.entry, asker.language
    words = reading(entry, language)
    singles = [row.as_single(event.zone) for row in event.single_dates.all()]
    villages = ", ".join(in_language(p.area.name, language) for p in entry.placements.all())
    place = place_in_words(event, language)
    return Written(
        uid=event.uid,
        span=event.span,
        rule=event.series_rule,
        singles=singles,
        skipped=_skipped(event, {single.on for single in singles}, today),
        title=words.title,
        body="\n\n".join(part for part in (event.status_word, plain(words.body), event.registration) if part),
        place=", ".join(part for part in (place, villages) if part),
        url=f"{asker.origin}/e/{entry.code}",
        theme=in_language(event.theme.name, language) if event.theme else "",
        organiser=reading(event.organiser.entry, language).title if event.organiser else "",
        is_cancelled=event.status == Status.CANCELLED,
        sequence=event.sequence,
        created_at=entry.created_at,
        changed_at=entry.changed_at,
        point=(entry.lat, entry.lon) if entry.lat is not None and entry.lon is not None else None,
    )


def _skipped(event: Event, single: set[date], today: date) -> list[date]:
    """Days of the rule that fall into the school holidays, from the first to the end of what is known."""
    if not event.holiday_region:
        return []
    is_holiday = holidays_of(event.holiday_region)
    days = dates_of(event.series_rule, event.starts_on, since=event.starts_on, until=today + 2 * AHEAD)
    return [on for on in days if is_holiday(on) and on not in single]
