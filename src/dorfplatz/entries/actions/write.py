"""Creating, publishing and rewriting entries. A kind's own actions call these inside their transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from dorfplatz.entries.enums import Audience, State
from dorfplatz.entries.facts import EntriesHeld, EntriesPublished, EntryChanged, EntryPublished
from dorfplatz.entries.models import Entry, EntryArea, EntryText, EntryVersion
from dorfplatz.entries.originals import hash_of_original
from dorfplatz.entries.policies import can_publish_at_once
from dorfplatz.entries.sockets import gates, kinds
from dorfplatz.journal.actions import Line, record_act, record_acts, touch_things
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.facts import announce
from dorfplatz.kernel.geo import Point, on_grid
from dorfplatz.villages.models import Area

BATCH = 500
VERSIONED = ("title", "body", "language")


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
    is_for_municipality: bool = False
    origin: str = ""
    uri: str = ""
    check_after: timedelta | None = None
    author_id: int | None = None  # another than who acts, where somebody writes it for a neighbour
    expires_at: datetime | None = None
    said_at: datetime | None = None  # when it appeared elsewhere: that is its place among the others here


@transaction.atomic
def create_entries(kind: str, *, drafts: Sequence[Draft], by: Actor, now: datetime) -> list[Entry]:
    """New entries in state draft, in the order given, in a fixed number of queries for any number of drafts.

    Whether the actor may is the kind's question, asked before.
    """
    points = [_told_point(kind, draft.point) for draft in drafts]
    entries = Entry.objects.bulk_create(
        [
            Entry(
                kind=kind,
                author_id=draft.author_id or by.identity_id,
                title=draft.title,
                body=draft.body,
                language=draft.language,
                audience=draft.audience,
                is_for_municipality=draft.is_for_municipality,
                expires_at=draft.expires_at,
                lat=point.lat if point else None,
                lon=point.lon if point else None,
                origin=draft.origin,
                uri=draft.uri,
                check_due_at=now + draft.check_after if draft.check_after else None,
                published_at=min(draft.said_at, now) if draft.said_at else None,
                created_at=now,
                changed_at=now,
            )
            for draft, point in zip(drafts, points, strict=True)
        ],
        batch_size=BATCH,
    )
    placements = [
        EntryArea(entry=entry, area=area) for entry, draft in zip(entries, drafts, strict=True) for area in draft.areas
    ]
    EntryArea.objects.bulk_create(placements, batch_size=BATCH)
    texts = [
        EntryText(entry=entry, language=code, title=title, body=body, source_hash=stamp)
        for entry, draft in zip(entries, drafts, strict=True)
        for stamp in [hash_of_original(entry.title, entry.body)]
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
    published, held, reasons = [], [], []
    for entry in entries:
        present = locked[entry.pk]
        entry.state, entry.published_at = present.state, present.published_at
        if present.state == State.PUBLISHED:
            continue
        reason = "" if can_publish_at_once(by, paths.get(entry.pk, ())) else _reason_to_wait(present, by)
        if reason:
            entry.state = State.WAITING
            held.append(entry)
            reasons.append((entry.pk, reason))
        else:
            entry.state, entry.published_at = State.PUBLISHED, present.published_at or now
            published.append(entry)
        entry.publish_at = None
    Entry.objects.bulk_update([*published, *held], ["state", "published_at", "publish_at"], batch_size=BATCH)
    record_acts("entry.published", lines=[Line(f"entry:{entry.pk}") for entry in published], by=by, now=now)
    record_acts("entry.held", lines=[Line(f"entry:{entry.pk}") for entry in held], by=by, now=now)
    for entry in published:
        announce(EntryPublished(entry.pk, entry.kind))
    if published:
        announce(EntriesPublished(tuple(entry.pk for entry in published)))
    if held:
        announce(EntriesHeld(tuple(reasons)))


def _reason_to_wait(entry: Entry, by: Actor) -> str:
    """What the first gate says that holds the entry back, else ""."""
    return next((reason for gate in gates if (reason := gate(entry, by))), "")


def _paths_by_entry(ids: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for entry_id, path in EntryArea.objects.filter(entry_id__in=ids).values_list("entry_id", "area__path"):
        found.setdefault(entry_id, []).append(str(path))
    return found


def _told_point(kind: str, point: Point | None) -> Point | None:
    """What is kept of a point: of what is no house open to others, only the cell of the grid in which it lies."""
    is_exact = kind in kinds and kinds[kind].is_exact
    return point if point is None or is_exact else on_grid(point)


@transaction.atomic
def rewrite_entry(entry: Entry, *, draft: Draft, by: Actor, now: datetime) -> bool:
    """Bring title, text, areas, point and human versions to the draft's; whether anything changed.

    What a person changes of something that others could read is kept as a version, until the entry is erased. When it
    expires is changed by its kind.
    """
    point = _told_point(entry.kind, draft.point)
    stated = {
        "title": draft.title,
        "body": draft.body,
        "language": draft.language,
        "audience": draft.audience,
        "is_for_municipality": draft.is_for_municipality,
        "lat": point.lat if point else None,
        "lon": point.lon if point else None,
    }
    different = [name for name, value in stated.items() if getattr(entry, name) != value]
    if set(different) & set(VERSIONED):
        _keep_version(entry, by, now)
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


def _keep_version(entry: Entry, by: Actor, now: datetime) -> None:
    """What it says until now. Not of drafts, which nobody has read, nor of what a source says anew each night."""
    if by.is_system or entry.state == State.DRAFT:
        return
    before = entry.versions.first()
    EntryVersion.objects.create(
        entry=entry,
        title=entry.title,
        body=entry.body,
        language=entry.language,
        written_by_id=before.replaced_by_id if before else entry.author_id,
        written_at=before.replaced_at if before else entry.created_at,
        replaced_by_id=by.identity_id,
        replaced_at=now,
    )


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
    stamp = hash_of_original(entry.title, entry.body)
    wanted = _human_versions(texts, entry.language)
    present = {text.language: text for text in entry.texts_by_people}
    changed = False
    for code, row in present.items():
        if code not in wanted:
            row.delete()
            changed = True
    for code, (title, body) in wanted.items():
        known = present.get(code)
        if known and (known.title, known.body) == (title, body):
            continue
        said = {"title": title, "body": body, "source_hash": stamp}
        EntryText.objects.update_or_create(entry=entry, language=code, made_with="", defaults=said)
        changed = True
    return changed
