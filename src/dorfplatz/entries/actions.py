"""Writes to the spine. A kind's own actions call these inside their transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from dorfplatz.entries.enums import Audience, State
from dorfplatz.entries.facts import EntriesErased, EntriesPublished, EntryChanged, EntryPublished, EntryWithheld
from dorfplatz.entries.models import Entry, EntryArea, EntryText
from dorfplatz.entries.policies import can_hide_entry, can_publish_at_once
from dorfplatz.entries.sockets import gates, holds
from dorfplatz.journal.actions import Line, record_act, record_acts, touch_things
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.facts import announce
from dorfplatz.kernel.geo import Point
from dorfplatz.villages.models import Area

BATCH = 500
REMOVED_KEPT = timedelta(days=30)


@dataclass(frozen=True)
class Draft:
    """What every entry says, whatever its kind. `texts` are human versions: language to (title, body)."""

    title: str
    body: str
    language: str
    areas: Sequence[Area]
    point: Point | None = None
    texts: Mapping[str, tuple[str, str]] | None = None
    audience: Audience = Audience.PUBLIC
    origin: str = ""
    uri: str = ""
    check_after: timedelta | None = None


def _hash_of(title: str, body: str) -> str:
    """Fingerprint of an original; a translation with another one is out of date."""
    return hashlib.sha256(f"{title}\0{body}".encode()).hexdigest()


@transaction.atomic
def create_entries(kind: str, *, drafts: Sequence[Draft], by: Actor, now: datetime) -> list[Entry]:
    """New entries in state draft, in the order given, in a fixed number of queries for any number of drafts.

    Whether the actor may is the kind's question, asked before.
    """
    entries = Entry.objects.bulk_create(
        [
            Entry(
                kind=kind,
                author_id=by.identity_id,
                title=draft.title,
                body=draft.body,
                language=draft.language,
                audience=draft.audience,
                lat=draft.point.lat if draft.point else None,
                lon=draft.point.lon if draft.point else None,
                origin=draft.origin,
                uri=draft.uri,
                check_due_at=now + draft.check_after if draft.check_after else None,
                created_at=now,
                changed_at=now,
            )
            for draft in drafts
        ],
        batch_size=BATCH,
    )
    placements = [
        EntryArea(entry=entry, area=area) for entry, draft in zip(entries, drafts, strict=True) for area in draft.areas
    ]
    EntryArea.objects.bulk_create(placements, batch_size=BATCH)
    texts = [
        EntryText(entry=entry, language=code, title=title, body=body, source_hash=_hash_of(entry.title, entry.body))
        for entry, draft in zip(entries, drafts, strict=True)
        for code, (title, body) in _human_versions(draft.texts or {}, entry.language).items()
    ]
    EntryText.objects.bulk_create(texts, batch_size=BATCH)
    return entries


@transaction.atomic
def publish_entries(entries: Sequence[Entry], *, by: Actor, now: datetime) -> None:
    """Publish each, or hold it back where a gate asks for a look. One that is published already stays as it is."""
    ids = [entry.pk for entry in entries]
    locked = Entry.objects.select_for_update().in_bulk(ids)
    paths = _paths_by_entry(ids)
    published, held = [], []
    for entry in entries:
        present = locked[entry.pk]
        entry.state, entry.published_at = present.state, present.published_at
        if present.state == State.PUBLISHED:
            continue
        if not can_publish_at_once(by, paths.get(entry.pk, ())) and any(gate(present, by) for gate in gates):
            entry.state = State.WAITING
            held.append(entry)
        else:
            entry.state, entry.published_at = State.PUBLISHED, present.published_at or now
            published.append(entry)
    Entry.objects.bulk_update([*published, *held], ["state", "published_at"], batch_size=BATCH)
    record_acts("entry.published", lines=[Line(f"entry:{entry.pk}") for entry in published], by=by, now=now)
    record_acts("entry.held", lines=[Line(f"entry:{entry.pk}") for entry in held], by=by, now=now)
    for entry in published:
        announce(EntryPublished(entry.pk, entry.kind))
    if published:
        announce(EntriesPublished(tuple(entry.pk for entry in published)))


def _paths_by_entry(ids: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for entry_id, path in EntryArea.objects.filter(entry_id__in=ids).values_list("entry_id", "area__path"):
        found.setdefault(entry_id, []).append(str(path))
    return found


@transaction.atomic
def rewrite_entry(entry: Entry, *, draft: Draft, by: Actor, now: datetime) -> bool:
    """Bring title, text, areas, point and human versions to the draft's; whether anything changed."""
    stated = {
        "title": draft.title,
        "body": draft.body,
        "language": draft.language,
        "audience": draft.audience,
        "lat": draft.point.lat if draft.point else None,
        "lon": draft.point.lon if draft.point else None,
    }
    different = [name for name, value in stated.items() if getattr(entry, name) != value]
    for name in different:
        setattr(entry, name, stated[name])
    moved = _place(entry, draft.areas)
    rewritten = draft.texts is not None and _write_texts(entry, draft.texts)
    if not (different or moved or rewritten):
        return False
    note_change(entry, by=by, now=now, fields=[*different, *(["areas"] if moved else [])])
    return True


@transaction.atomic
def note_change(entry: Entry, *, by: Actor, now: datetime, fields: Collection[str] = ()) -> None:
    """Save the entry's own columns, stamp the change, write it down and tell it."""
    entry.changed_at = now
    entry.save()
    record_act("entry.changed", by=by, now=now, thing=f"entry:{entry.pk}", details={"fields": sorted(fields)})
    if entry.state == State.PUBLISHED:
        announce(EntryChanged(entry.pk, entry.kind))


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
    """Remove for good; the row stays until its retention ends, seen by nobody."""
    can_hide_entry(by, entry).require()
    _withhold(entry, State.REMOVED, by, now)


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
    entry.save(update_fields=["state", "changed_at"])
    record_act(f"entry.{state}", by=by, now=now, thing=f"entry:{entry.pk}")
    announce(EntryWithheld(entry.pk, entry.kind))


def _place(entry: Entry, areas: Iterable[Area]) -> bool:
    wanted = {area.pk for area in areas}
    present = set(entry.placements.values_list("area_id", flat=True))
    if wanted == present:
        return False
    touch_things([f"entry:{entry.pk}"])  # where it stood until now, it is missing
    entry.placements.exclude(area_id__in=wanted).delete()
    EntryArea.objects.bulk_create(EntryArea(entry=entry, area_id=pk) for pk in wanted - present)
    return True


def _human_versions(texts: Mapping[str, tuple[str, str]], original: str) -> dict[str, tuple[str, str]]:
    return {code: (title, body) for code, (title, body) in texts.items() if title and code != original}


def _write_texts(entry: Entry, texts: Mapping[str, tuple[str, str]]) -> bool:
    """Keep exactly these human versions, stamped with the original they belong to; whether any row changed."""
    stamp = _hash_of(entry.title, entry.body)
    wanted = _human_versions(texts, entry.language)
    present = {text.language: text for text in entry.texts.all()}
    changed = False
    for code, row in present.items():
        if code not in wanted:
            row.delete()
            changed = True
    for code, (title, body) in wanted.items():
        known = present.get(code)
        if known and (known.title, known.body) == (title, body):
            continue
        EntryText.objects.update_or_create(
            entry=entry, language=code, defaults={"title": title, "body": body, "source_hash": stamp}
        )
        changed = True
    return changed
