"""Told, and taken back: one thing, or all that waits for one person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dorfplatz.intake.models import LONGEST_NOTE, Told
from dorfplatz.intake.policies import can_forget_told, can_tell
from dorfplatz.intake.queries import Line, Ringing, call_list, told_long_ago
from dorfplatz.journal.actions import record_act
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.spelling import typed
from dorfplatz.kernel.verdict import Problem


def _on_list(person_id: int, by: Actor, now: datetime) -> Ringing:
    """The person, if she is on the actor's own list at this moment."""
    found = next((one for one in call_list(by, now=now) if one.mandate.person_id == person_id), None)
    if found is None:
        raise Problem(_("You do not act for this person (any more)."))
    can_tell(by, found.mandate).require()
    return found


def _line(one: Ringing, key: str) -> Line:
    found = next((line for line in (*one.waiting, *one.done) if line.call.key == key), None)
    if found is None:
        raise Problem(_("This is settled meanwhile."))
    return found


@transaction.atomic
def note_told(person_id: int, *, key: str, said: str, by: Actor, now: datetime) -> None:
    """She was told, and this is what she said. Said twice, it counts once; the later words stand."""
    one = _on_list(person_id, by, now)
    _line(one, key)
    words = typed(said).strip()
    if len(words) > LONGEST_NOTE:
        raise Problem(_("Please write a note of at most %(most)d letters.") % {"most": LONGEST_NOTE})
    _write(one, [key], words, by, now)


@transaction.atomic
def note_all_told(person_id: int, *, by: Actor, now: datetime) -> int:
    """She was told all that waits without a duty of its own; returns how much that was. What was noted before stays."""
    one = _on_list(person_id, by, now)
    _write(one, [line.call.key for line in one.to_tell], "", by, now)
    return len(one.to_tell)


def _write(one: Ringing, keys: Sequence[str], words: str, by: Actor, now: datetime) -> None:
    for key in keys:
        stated = {"told_at": now, "noted_at": now, "by_id": by.identity_id, **({"said": words} if words else {})}
        Told.objects.update_or_create(person_id=one.mandate.person_id, key=key, defaults=stated)
    thing = f"identity:{one.mandate.person_id}"
    record_act("intake.told", by=by, now=now, thing=thing, details={"count": len(keys)})


@transaction.atomic
def take_back_told(person_id: int, *, key: str, by: Actor, now: datetime) -> None:
    """She was not told after all: it waits again. What she said stays noted."""
    one = _on_list(person_id, by, now)
    line = _line(one, key)
    if line.is_told:
        Told.objects.filter(person=person_id, key=key).update(told_at=None, noted_at=now)
        record_act("intake.untold", by=by, now=now, thing=f"identity:{person_id}")


@transaction.atomic
def forget_told(*, by: Actor, now: datetime) -> int:
    """Erase what was told a quarter of a year ago; returns how much."""
    can_forget_told(by).require()
    return told_long_ago(now=now).delete()[0]
