"""Taking a calendar in: each event by itself, as often as one likes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import transaction
from django.utils.translation import gettext_noop as _

from dorfplatz.entries.actions import Draft
from dorfplatz.entries.models import EntryArea
from dorfplatz.events.actions import add_events, change_event
from dorfplatz.events.drafts import EventDraft, EventFacts
from dorfplatz.events.enums import Status
from dorfplatz.events.models import Event
from dorfplatz.events.queries.page import with_everything
from dorfplatz.imports.calendar.reading import CalendarEvent, CalendarFile
from dorfplatz.imports.drafts import Rejected
from dorfplatz.imports.enums import SourceKind
from dorfplatz.imports.likeness import alike
from dorfplatz.imports.models import DateRecord, Source
from dorfplatz.imports.outcome import Outcome
from dorfplatz.imports.policies import can_import
from dorfplatz.imports.queries import entry_with_everything
from dorfplatz.imports.target import Target
from dorfplatz.journal.actions import record_act, touch_things
from dorfplatz.kernel.actor import Actor

BATCH = 500
OLD = timedelta(days=366)
IN_CALENDAR = _("It is in the calendar already: “%(name)s”.")


@transaction.atomic
def import_dates(source: Source, *, found: CalendarFile, target: Target, by: Actor, now: datetime) -> Outcome:
    """Bring the calendar's events to what it says. A second time changes nothing; what people edited stays theirs.

    What the calendar has no more is marked while it is to come. What is over for a year is not set out.
    """
    can_import(by, source.municipality).require()
    records = {record.key: record for record in source.dates.select_related("event__entry")}
    fresh = [one for one in found.events if one.uid not in records and not _is_old(one, now)]
    new, doubled = _not_there_yet(fresh, target)
    events = add_events([_draft(one, target) for one in new], by=by, now=now)
    DateRecord.objects.bulk_create(
        [
            DateRecord(source=source, key=one.uid, event=event, stated=one.stated, written=_written(event))
            for one, event in zip(new, events, strict=True)
        ],
        batch_size=BATCH,
    )
    known = [(records[one.uid], one) for one in found.events if one.uid in records]
    changed = sum(_follow(record, one, target, by, now) for record, one in known)
    returned = sum(_mark(record, None) for record, _one in known if record.vanished_at is not None)
    seen = {one.uid for one in found.events}
    gone = [r for r in records.values() if r.key not in seen and r.vanished_at is None and not _is_over(r.event, now)]
    vanished = sum(_mark(record, now) for record in gone)
    touch_things(f"entry:{record.event_id}" for record in [*gone, *(r for r, _one in known if returned)])
    outcome = Outcome(
        added=len(new),
        changed=changed,
        unchanged=len(known) - changed,
        vanished=vanished,
        returned=returned,
        rejected=[*found.rejected, *doubled],
    )
    thing = f"source:{source.pk}"
    record_act("imports.read", by=by, now=now, thing=thing, area_id=source.municipality_id, details=outcome.counts)
    return outcome


def _is_old(one: CalendarEvent, now: datetime) -> bool:
    last = one.rule.until if one.rule else one.span.ends_on
    return last is not None and last < (now - OLD).date()


def _is_over(event: Event, now: datetime) -> bool:
    return event.entry.ends_at is not None and event.entry.ends_at < now


def _not_there_yet(events: Sequence[CalendarEvent], target: Target) -> tuple[list[CalendarEvent], list[Rejected]]:
    """Without what is in the calendar already: under the same name elsewhere, or at the same moment by a like title."""
    uids = set(Event.objects.filter(uid__in=[one.uid for one in events]).values_list("uid", flat=True))
    here = EntryArea.objects.filter(area=target.area).values("entry_id")
    present = Event.objects.filter(entry_id__in=here, starts_on__in={one.span.starts_on for one in events})
    titles: dict[tuple[object, object], list[str]] = {}
    for on, at, title in present.values_list("starts_on", "starts_time", "entry__title"):
        titles.setdefault((on, at), []).append(title)
    new, doubled = [], []
    for one in events:
        others = titles.get((one.span.starts_on, one.span.starts_time), [])
        other = next((title for title in others if alike(title, one.title)), "")
        if one.uid in uids or other:
            doubled.append(Rejected(one.uid, IN_CALENDAR, {"name": other or one.title}))
        else:
            new.append(one)
    return new, doubled


def _draft(one: CalendarEvent, target: Target) -> EventDraft:
    return EventDraft(
        words=Draft(
            title=one.title,
            body=one.body,
            language=target.language,
            areas=[target.area],
            origin=SourceKind.ICS,
            uri=one.url,
        ),
        span=one.span,
        rule=one.rule,
        singles=one.singles,
        facts=EventFacts(place_words=one.place, organiser_id=target.organiser_id),
        uid=one.uid,
        status=Status.CANCELLED if one.is_cancelled else Status.PLANNED,
    )


def _written(event: Event) -> str:
    """The event as it is now; what it says differently later, people have changed."""
    said = (
        event.entry.title, event.entry.body, event.span, event.rule, event.place_words, str(event.status),
        [(s.on, s.change, s.starts_on, s.starts_time) for s in event.single_dates.order_by("on")],
    )  # fmt: skip
    return sha256(repr(said).encode()).hexdigest()


def _follow(record: DateRecord, one: CalendarEvent, target: Target, by: Actor, now: datetime) -> bool:
    """Whether the event was changed to what the calendar says now."""
    if record.stated == one.stated or _written(record.event) != record.written:
        return False
    event = with_everything(entry_with_everything(record.event_id))
    draft = _draft(one, target)
    if event.status != draft.status:
        event.status = draft.status
        Event.objects.filter(pk=event.pk).update(status=draft.status)
    change_event(event, draft=draft, by=by, now=now)
    record.stated, record.written = one.stated, _written(Event.objects.select_related("entry").get(pk=event.pk))
    record.save(update_fields=["stated", "written"])
    return True


def _mark(record: DateRecord, at: datetime | None) -> bool:
    """Say on the event's page that its calendar has it no more, or again."""
    record.vanished_at = at
    record.save(update_fields=["vanished_at"])
    Event.objects.filter(pk=record.event_id).update(missing_since=at)
    return True
