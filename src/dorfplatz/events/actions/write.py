"""Adding and changing events."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from dorfplatz.entries.actions import create_entries, note_change, publish_entries, rewrite_entry
from dorfplatz.events.actions.expansion import BATCH, expand
from dorfplatz.events.actions.telling import tell_of
from dorfplatz.events.drafts import EventDraft
from dorfplatz.events.enums import KIND
from dorfplatz.events.models import Event, SingleDate
from dorfplatz.events.policies import can_add_event, can_change_event, can_name_organiser
from dorfplatz.events.series import Single
from dorfplatz.kernel.actor import Actor
from dorfplatz.places.models import Listing

# What those who come should hear of when it changes.
FELT = ("starts_on", "starts_time", "ends_on", "ends_time", "rule", "place_id", "place_words")


@transaction.atomic
def add_event(draft: EventDraft, *, by: Actor, now: datetime, form_key: str = "") -> Event:
    """Set one event out; a gate may ask for a look first."""
    return add_events([draft], by=by, now=now, form_key=form_key)[0]


@transaction.atomic
def add_event_once(draft: EventDraft, *, form_key: str, by: Actor, now: datetime) -> Event:
    """As add_event; the same form sent again gets what it added the first time."""
    known = Event.objects.filter(form_key=form_key).select_related("entry").first()
    # Two at the same moment: the second is undone by the unique key, and asks again.
    return known or add_event(draft, by=by, now=now, form_key=form_key)


@transaction.atomic
def add_events(drafts: Sequence[EventDraft], *, by: Actor, now: datetime, form_key: str = "") -> list[Event]:
    """Set many out, in the order given, in few queries. All or none: the first refusal undoes."""
    for draft in drafts:
        can_add_event(by, list(draft.words.areas)).require()
        _require_voice(draft, by)
    entries = create_entries(KIND, drafts=[draft.words for draft in drafts], by=by, now=now)
    events = [
        Event(
            entry=entry,
            uid=draft.uid or f"{uuid.uuid4()}@dorfplatz",
            status=draft.status,
            status_word=draft.status_word,
            form_key=form_key or None,
            **draft.columns(),
        )
        for entry, draft in zip(entries, drafts, strict=True)
    ]
    Event.objects.bulk_create(events, batch_size=BATCH)
    rows = [
        _row(event, single)
        for event, draft in zip(events, drafts, strict=True)
        for single in {single.on: single for single in draft.singles or ()}.values()
    ]
    SingleDate.objects.bulk_create(rows, batch_size=BATCH)
    expand(events, today=now.astimezone(UTC).date())
    publish_entries(entries, by=by, now=now)
    return events


def _require_voice(draft: EventDraft, by: Actor) -> None:
    if draft.facts.organiser_id is not None and not by.is_system:
        organiser = Listing.objects.prefetch_related("keepers", "entry__placements__area").select_related("entry")
        can_name_organiser(by, organiser.get(pk=draft.facts.organiser_id)).require()


def _row(event: Event, single: Single) -> SingleDate:
    return SingleDate(event=event, on=single.on, change=single.change, word=single.word, **hours_of(single))


def hours_of(single: Single) -> dict[str, Any]:
    """The columns of a single date that say when it is instead."""
    names = ("starts_on", "starts_time", "ends_on", "ends_time")
    return {name: getattr(single.span, name) if single.span else None for name in names}


@transaction.atomic
def change_event(event: Event, *, draft: EventDraft, by: Actor, now: datetime) -> bool:
    """Bring an event to what the draft says; those who come hear of it. Whether anything changed."""
    locked = Event.objects.select_for_update().get(pk=event.pk)
    can_change_event(by, event).require()
    if draft.facts.organiser_id != locked.organiser_id:
        _require_voice(draft, by)
    stated = draft.columns()
    different = {name: value for name, value in stated.items() if getattr(locked, name) != value}
    for name, value in different.items():
        setattr(event, name, value)
    singled = draft.singles is not None and _write_singles(event, draft.singles)
    if different or singled:
        event.sequence = locked.sequence + 1
        event.save()
    today = now.astimezone(UTC).date()
    moved = {area.pk for area in draft.words.areas} != {p.area_id for p in event.entry.placements.all()}
    rewritten = rewrite_entry(event.entry, draft=draft.words, by=by, now=now)
    if different or singled or moved:
        expand([event], today=today)
    if (different or singled) and not rewritten:
        note_change(event.entry, by=by, now=now, fields=sorted(different))
    if set(FELT) & set(different):
        tell_of(event, "changed", on=None, word="", today=today, now=now)
    return bool(different or singled or rewritten)


def _write_singles(event: Event, singles: Sequence[Single]) -> bool:
    """Exactly these single dates; whether any row changed."""
    wanted = {single.on: single for single in singles}
    present = {row.on: row for row in event.single_dates.all()}
    same = {on for on, row in present.items() if wanted.get(on) == row.as_single(event.zone)}
    event.single_dates.exclude(on__in=same).delete()
    SingleDate.objects.bulk_create([_row(event, single) for on, single in wanted.items() if on not in same])
    return set(wanted) != same or set(present) != same
