"""Hiding, removing, undoing and erasing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from dorfplatz.entries.actions.write import BATCH, Draft, publish_entries, rewrite_entry
from dorfplatz.entries.enums import Audience, State
from dorfplatz.entries.facts import EntriesErased, EntriesPublished, EntryPublished, EntryWithheld
from dorfplatz.entries.models import Entry, EntryRemoval, EntryVersion
from dorfplatz.entries.policies import can_hide_entry, can_remove_entry, can_see_versions, can_undo_removal
from dorfplatz.entries.sockets import holds
from dorfplatz.journal.actions import Line, record_act, record_acts
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.facts import announce

REMOVED_KEPT = timedelta(days=30)


@transaction.atomic
def hide_entry(entry: Entry, *, by: Actor, now: datetime) -> None:
    """Take a published or waiting entry off the square; its author still sees it."""
    can_hide_entry(by, entry).require()
    _withhold(entry, State.HIDDEN, by, now)


@transaction.atomic
def unhide_entry(entry: Entry, *, by: Actor, now: datetime) -> None:
    """Put a hidden entry back on the square."""
    can_hide_entry(by, entry).require()
    if entry.state == State.HIDDEN:
        publish_entries([entry], by=by, now=now)


@transaction.atomic
def remove_entry(entry: Entry, *, by: Actor, now: datetime) -> None:
    """Take an entry away; the row stays for 30 days, seen by nobody, so that whoever removed it can undo it."""
    can_remove_entry(by, entry).require()
    before = Entry.objects.select_for_update().get(pk=entry.pk).state
    if before == State.REMOVED:
        return
    _withhold(entry, State.REMOVED, by, now)
    EntryRemoval.objects.update_or_create(
        entry=entry, defaults={"removed_by_id": by.identity_id, "removed_at": now, "state_before": before}
    )


@transaction.atomic
def remove_entries(entries: Sequence[Entry], *, by: Actor, now: datetime) -> int:
    """Remove many at once, in few queries; returns how many were not removed before."""
    for entry in entries:
        can_hide_entry(by, entry).require()
    going = [entry for entry in entries if entry.state != State.REMOVED]
    removals = [
        EntryRemoval(entry=entry, removed_by_id=by.identity_id, removed_at=now, state_before=entry.state)
        for entry in going
    ]
    EntryRemoval.objects.bulk_create(removals, batch_size=BATCH, ignore_conflicts=True)
    Entry.objects.filter(pk__in=[entry.pk for entry in going]).update(state=State.REMOVED, changed_at=now)
    record_acts("entry.removed", lines=[Line(f"entry:{entry.pk}") for entry in going], by=by, now=now)
    for entry in going:
        entry.state, entry.changed_at = State.REMOVED, now
        announce(EntryWithheld(entry.pk, entry.kind))
    return len(going)


@transaction.atomic
def restore_entry(entry: Entry, *, by: Actor, now: datetime) -> None:
    """Publish what has waited, was hidden or removed, as long as it is not erased: somebody decided for it."""
    can_hide_entry(by, entry).require()
    if entry.state == State.REMOVED:
        EntryRemoval.objects.filter(entry=entry).delete()
        record_act("entry.restored", by=by, now=now, thing=f"entry:{entry.pk}")
    if entry.state in (State.WAITING, State.HIDDEN, State.REMOVED):
        publish_entries([entry], by=by, now=now)


@transaction.atomic
def undo_removal(entry: Entry, *, by: Actor, now: datetime) -> None:
    """Bring back what one has removed oneself: the entry is what it was before."""
    locked = Entry.objects.select_for_update(of=("self",)).select_related("removal").get(pk=entry.pk)
    can_undo_removal(by, locked).require()
    before = State(locked.removal.state_before)
    locked.removal.delete()
    entry.state, entry.changed_at = before, now
    entry.save(update_fields=["state", "changed_at"])
    record_act("entry.restored", by=by, now=now, thing=f"entry:{entry.pk}")
    if before == State.PUBLISHED:
        announce(EntryPublished(entry.pk, entry.kind))
        announce(EntriesPublished((entry.pk,)))


@transaction.atomic
def restore_version(version: EntryVersion, *, by: Actor, now: datetime) -> bool:
    """Let the entry say again what it said then; what it says now becomes a version. Whether anything changed.

    Whether the actor may change the entry is the kind's question, asked before.
    """
    entry = version.entry
    can_see_versions(by, entry).require()
    present = [placement.area for placement in entry.placements.select_related("area")]
    said = Draft(
        title=version.title,
        body=version.body,
        language=version.language,
        areas=present,
        point=entry.point,
        audience=Audience(entry.audience),
        is_for_municipality=entry.is_for_municipality,
    )
    return rewrite_entry(entry, draft=said, by=by, now=now)


@transaction.atomic
def erase_entries(ids: Collection[int], *, by: Actor, now: datetime) -> int:
    """Erase entries with all that hangs on them; returns how many there were. Whether one may is asked before."""
    found = tuple(Entry.objects.filter(pk__in=list(ids)).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(found), BATCH):
        some = found[start : start + BATCH]
        record_acts("entry.erased", lines=[Line(f"entry:{pk}") for pk in some], by=by, now=now)
        announce(EntriesErased(some))
        Entry.objects.filter(pk__in=some).delete()
    return len(found)


@transaction.atomic
def erase_removed_entries(*, by: Actor, now: datetime) -> int:
    """Erase what was removed 30 days ago, unless somebody still needs it (`sockets.holds`); returns how many."""
    old = Entry.objects.filter(state=State.REMOVED, changed_at__lt=now - REMOVED_KEPT)
    ids = set(old.values_list("pk", flat=True)[:BATCH])
    for hold in holds:
        ids -= hold(ids)
    return erase_entries(ids, by=by, now=now)


def _withhold(entry: Entry, state: State, by: Actor, now: datetime) -> None:
    locked = Entry.objects.select_for_update().get(pk=entry.pk)
    if locked.state == state:
        return
    entry.state = state
    entry.changed_at = now
    entry.publish_at = locked.publish_at if state == State.REMOVED and locked.state == State.DRAFT else None
    entry.save(update_fields=["state", "changed_at", "publish_at"])
    record_act(f"entry.{state}", by=by, now=now, thing=f"entry:{entry.pk}")
    announce(EntryWithheld(entry.pk, entry.kind))
