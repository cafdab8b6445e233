"""From what recurs to single dates: the rows that lists are made of, for a window that moves with the days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from dorfplatz.entries.models import Entry, EntryArea
from dorfplatz.events.models import Event, Occurrence, OccurrenceDay, SingleDate
from dorfplatz.events.policies import can_expand
from dorfplatz.events.school_holidays import holidays_of
from dorfplatz.events.series import Happening, Single, happenings
from dorfplatz.kernel.actor import Actor

BATCH = 500
AHEAD = timedelta(days=550)  # eighteen months
BACK = timedelta(days=366)
RENEWED_WITHIN = timedelta(days=30)


def expand(events: Sequence[Event], *, today: date) -> None:
    """Write the dates of these events anew, with the span of the whole on the spine. A fixed number of queries."""
    ids = [event.pk for event in events]
    singles: dict[int, list[Single]] = defaultdict(list)
    zones = {event.pk: event.zone for event in events}
    for row in SingleDate.objects.filter(event_id__in=ids):
        singles[row.event_id].append(row.as_single(zones[row.event_id]))
    areas: dict[int, list[int]] = defaultdict(list)
    for entry_id, area_id in EntryArea.objects.filter(entry_id__in=ids).values_list("entry_id", "area_id"):
        areas[entry_id].append(area_id)
    found = {event.pk: _happenings(event, singles[event.pk], today) for event in events}
    _write(found, areas)
    for event in events:
        event.expanded_until = today + AHEAD
    Event.objects.bulk_update(events, ["expanded_until"], batch_size=BATCH)
    _write_spans(events, found)


def _happenings(event: Event, singles: Sequence[Single], today: date) -> list[Happening]:
    rule = event.series_rule
    is_series = rule is not None or bool(singles)
    since = max(event.starts_on, today - BACK) if is_series else event.starts_on
    until = today + AHEAD if rule is not None else max([event.starts_on, *(s.on for s in singles)]) + AHEAD
    is_holiday = holidays_of(event.holiday_region)
    found = happenings(event.span, rule, singles, since=since, until=until, is_holiday=is_holiday)
    if found or not is_series:
        return found
    # Wholly over: its last year remains to be read.
    return happenings(event.span, rule, singles, since=event.starts_on, until=today, is_holiday=is_holiday)[
        -BACK.days :
    ]


def _write(found: dict[int, list[Happening]], areas: dict[int, list[int]]) -> None:
    Occurrence.objects.filter(event_id__in=list(found)).delete()
    rows = [
        Occurrence(
            event_id=pk,
            on=one.on,
            starts_at=one.span.starts_at,
            ends_at=one.span.ends_at,
            first_on=one.span.starts_on,
            last_on=one.span.last_on,
            change=one.change or "",
            word=one.word,
        )
        for pk, some in found.items()
        for one in some
    ]
    spans = [(pk, one.span) for pk, some in found.items() for one in some]
    written = Occurrence.objects.bulk_create(rows, batch_size=BATCH)
    OccurrenceDay.objects.bulk_create(
        [
            OccurrenceDay(occurrence=row, area_id=area_id, day=day)
            for row, (pk, span) in zip(written, spans, strict=True)
            for area_id in areas[pk]
            for day in span.days
        ],
        batch_size=BATCH,
    )


def _write_spans(events: Sequence[Event], found: dict[int, list[Happening]]) -> None:
    """On the spine: from the beginning of the first date to the end of the last one known."""
    entries = [event.entry for event in events]
    for event in events:
        ends = [one.span.ends_at for one in found[event.pk]]
        event.entry.starts_at = event.span.starts_at
        event.entry.ends_at = max([event.span.ends_at, *ends])
    Entry.objects.bulk_update(entries, ["starts_at", "ends_at"], batch_size=BATCH)


@transaction.atomic
def expand_due_events(*, by: Actor, now: datetime) -> int:
    """Work out the dates of series whose window comes to its end; returns of how many events."""
    can_expand(by).require()
    today = now.astimezone(UTC).date()
    horizon = today + AHEAD - RENEWED_WITHIN
    due = Event.objects.filter(Q(expanded_until__lt=horizon) | Q(expanded_until=None), ~Q(rule="")).select_related(
        "entry"
    )
    events = list(due.order_by("expanded_until", "pk")[:BATCH])
    expand(events, today=today)
    return len(events)
