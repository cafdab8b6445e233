"""Telling people, and what they have read."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import override

from dorfplatz.channels.actions.wishes import WATCH
from dorfplatz.channels.enums import Way
from dorfplatz.channels.models import Letter, LetterRun, Note, PushSubscription
from dorfplatz.channels.policies import can_tell
from dorfplatz.channels.queries import Reader, own_notes, preferences_of, reader_of, told, watchers_of, way_for
from dorfplatz.channels.quiet import end_of_quiet
from dorfplatz.channels.sockets import sorts
from dorfplatz.channels.stopping import stop_headers, stop_url
from dorfplatz.entries.models import Entry
from dorfplatz.entries.queries import translators_outrun, with_words
from dorfplatz.jobs.queue import enqueue
from dorfplatz.journal.actions import record_act
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.text import in_language
from dorfplatz.languages.models import OutsideTranslation
from dorfplatz.mail.actions import post_mail
from dorfplatz.members.models import Identity
from dorfplatz.villages.queries import base_url

NOTES_KEPT = timedelta(days=90)
BATCH = 500
CARRY = "dorfplatz.channels.tasks.carry_note"
OUTSIDE, OUTRUN = "outside_translation", "outrun_translation"
PUSH = "dorfplatz.channels.tasks.push_note"


@dataclass(frozen=True)
class Telling:
    """What there is to tell: `key` names it, so that it is told once; `about` holds ids and days, never words."""

    sort: str
    key: str
    entry_id: int | None = None
    told_by: int | None = None
    about: Mapping[str, Any] = field(default_factory=dict)


@transaction.atomic
def tell_people(ids: Collection[int], *, telling: Telling, by: Actor, now: datetime) -> int:
    """Note it for each of these people as she has chosen; nobody is told of what she did herself, nor twice.

    Returns how many were told. Whether they may see it is asked when they read it, and before a mail leaves.
    """
    can_tell(by).require()
    wanted = preferences_of(set(ids) - {telling.told_by})
    ways = {pk: way_for(preferences, telling.sort) for pk, preferences in wanted.items()}
    return _tell({pk: way for pk, way in ways.items() if way != Way.NONE}, telling, by, now)


def _tell(ways: Mapping[int, Way], telling: Telling, by: Actor, now: datetime) -> int:
    known = set(Note.objects.filter(identity_id__in=ways, key=telling.key).values_list("identity_id", flat=True))
    notes = Note.objects.bulk_create(
        [
            Note(
                identity_id=pk, sort=telling.sort, key=telling.key, entry_id=telling.entry_id,
                told_by_id=telling.told_by, about=dict(telling.about), way=way, made_at=now,
            )
            for pk, way in ways.items() if pk not in known
        ],
        batch_size=BATCH,
    )  # fmt: skip
    for note in notes:
        if note.way == Way.AT_ONCE:
            enqueue(CARRY, key=f"note:{note.pk}", note_id=note.pk)
    if notes:
        record_act("notes.told", by=by, now=now, thing=f"notes:{telling.sort}", details={"count": len(notes)})
    return len(notes)


@transaction.atomic
def tell_of_outside_translation(municipality_id: int, *, by: Actor, now: datetime) -> int:
    """Tell everybody at home in a municipality that it lets public texts be translated outside, once a decision."""
    decision = OutsideTranslation.objects.filter(pk=municipality_id, is_allowed=True).first()
    if decision is None:
        return 0
    root = decision.municipality.path
    ids = set(Identity.objects.filter(home_area__path__startswith=root).values_list("pk", flat=True))
    telling = Telling(OUTSIDE, f"{OUTSIDE}:{municipality_id}:{decision.decided_at:%Y%m%d%H%M}")
    return tell_people(ids, telling=telling, by=by, now=now)


@transaction.atomic
def tell_translators(entry_id: int, *, by: Actor, now: datetime) -> int:
    """Tell those whose version in another language is of an original that has changed since; once a change."""
    entry = Entry.objects.filter(pk=entry_id).first()
    if entry is None:
        return 0
    telling = Telling(OUTRUN, f"{OUTRUN}:{entry.pk}:{entry.changed_at:%Y%m%d%H%M%S}", entry.pk)
    return tell_people(translators_outrun(entry), telling=telling, by=by, now=now)


@transaction.atomic
def tell_watchers(entry_ids: Collection[int], *, by: Actor, now: datetime) -> int:
    """Tell those who wanted to hear of such entries. What was imported is left out: it comes by the hundred."""
    can_tell(by).require()
    count = 0
    for entry in with_words(Entry.objects.filter(pk__in=entry_ids, origin="")):
        ways = {reader.identity.pk: Way(watch.way) for watch, reader in watchers_of(entry, now=now)}
        telling = Telling(WATCH, f"new:{entry.pk}", entry.pk, entry.author_id)
        count += _tell(ways, telling, by, now)
    return count


@transaction.atomic
def carry_note(note_id: int, *, by: Actor, now: datetime) -> None:
    """Post a note as a mail, unless it was read, carried or hidden meanwhile; in quiet hours, put it off."""
    can_tell(by).require()
    note = Note.objects.select_for_update().filter(pk=note_id, read_at=None, carried_at=None).first()
    reader = reader_of(note.identity_id) if note else None
    if note is None or reader is None:
        return
    wanted = reader.preferences
    later = end_of_quiet(now, quiet_from=wanted.quiet_from, quiet_until=wanted.quiet_until, zone=reader.zone)
    if later is not None:
        enqueue(CARRY, key=f"note-later:{note.pk}", run_after=later, note_id=note.pk)
        return
    seen = own_notes(reader.actor, now=now).filter(pk=note.pk).first()
    if seen is not None:
        if not sorts[seen.sort].mails:
            _post(seen, reader, by, now)
        for device_id in PushSubscription.objects.filter(identity=note.identity_id).values_list("pk", flat=True):
            enqueue(PUSH, key=f"push:{note.pk}:{device_id}", note_id=note.pk, subscription_id=device_id)
        Note.objects.filter(pk=note.pk).update(carried_at=now)


def _post(note: Note, reader: Reader, by: Actor, now: datetime) -> None:
    if reader.municipality is None:
        return
    language, origin = reader.identity.language, base_url(reader.municipality)
    with override(language):
        said = told([note], reader.actor, language)[0]
        context = {
            "note": said,
            "name": reader.identity.name,
            "square": in_language(reader.municipality.area.name, language),
            "link": origin + said.url,
            "choose": origin + reverse("channels:preferences"),
            "stop": stop_url(reader.identity.pk, note.sort, origin),
        }
    headers = stop_headers(reader.identity.pk, note.sort, origin, language)
    post_mail(
        key=f"note:{note.pk}", to=reader.email, template="mail/channels/note", context=context, language=language,
        now=now, by=by, headers=headers,
    )  # fmt: skip


@transaction.atomic
def read_note(note: Note, *, by: Actor, now: datetime) -> None:
    """Its own reader has seen it."""
    Note.objects.filter(pk=note.pk, identity_id=by.identity_id or 0, read_at=None).update(read_at=now)


@transaction.atomic
def read_notes(*, up_to: int, by: Actor, now: datetime) -> int:
    """The actor has seen all up to this one; returns how many were new."""
    mine = Note.objects.filter(identity_id=by.identity_id or 0, pk__lte=up_to, read_at=None)
    return mine.update(read_at=now)


@transaction.atomic
def read_told(identity_id: int, *, keys: str, by: Actor, now: datetime) -> int:
    """Somebody has seen elsewhere what notes told her whose keys begin so; returns how many were new."""
    can_tell(by).require()
    unread = Note.objects.filter(identity_id=identity_id, key__startswith=keys, read_at=None)
    return unread.update(read_at=now)


@transaction.atomic
def forget_old_notes(*, by: Actor, now: datetime) -> int:
    """Erase what was told three months ago, and that letters were written then; returns how many notes went."""
    can_tell(by).require()
    LetterRun.objects.filter(begun_at__lt=now - NOTES_KEPT).delete()
    Letter.objects.filter(made_at__lt=now - NOTES_KEPT).delete()
    return Note.objects.filter(made_at__lt=now - NOTES_KEPT).delete()[0]
