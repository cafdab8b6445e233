"""What a connector does at her desk."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from dorfplatz.desk.enums import KeptFor, Later
from dorfplatz.desk.models import Done, Freshness, HandedOn, Note, Snooze, Tally, Visit
from dorfplatz.desk.order import later_from
from dorfplatz.desk.policies import can_keep_desks, can_remove_note, can_use_desk
from dorfplatz.desk.queries import Item, VisitList, beat_of, desk_of, freshness_counts, square_of
from dorfplatz.journal.actions import record_act
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.verdict import Problem
from dorfplatz.members.models import Identity
from dorfplatz.members.queries import actor_of_identity
from dorfplatz.villages.models import Area
from dorfplatz.villages.queries import Site, site_of

LONGEST_NOTE = 500
DONE_KEPT, HANDED_KEPT = timedelta(days=366), timedelta(days=180)
FRESHNESS_KEPT = VISITS_KEPT = timedelta(days=800)


@dataclass(frozen=True)
class NoteDraft:
    """What is noted, for how long, and whether a successor may read it."""

    text: str
    kept_for: KeptFor
    is_for_successor: bool = False


def _on_desk(key: str, site: Site, by: Actor, now: datetime) -> Item:
    """The item, if it lies on that desk at this moment."""
    item = desk_of(site, by, now=now).item(key)
    if item is None:
        raise Problem(_("This does not wait any more: somebody has seen to it."))
    can_use_desk(by, item.area).require()
    return item


@transaction.atomic
def do_item(key: str, *, verb: str, words: str, site: Site, by: Actor, now: datetime) -> str:
    """Do what a duty offers about one item; says what was done. Raises Problem where it does not wait any more."""
    item = _on_desk(key, site, by, now)
    if item.duty.do is None or verb not in {move.verb for move in item.waiting.moves}:
        raise Problem(_("This cannot be done here."))
    said = item.duty.do(item.waiting, verb, words, beat_of(site, by, now=now))
    Done.objects.create(key=key, area=item.area, by_id=by.identity_id, done_at=now)
    HandedOn.objects.filter(key=key).delete()
    record_act("desk.done", by=by, now=now, thing=f"desk:{key}", area_id=item.area.pk, details={"verb": verb})
    _count(site, by, now)
    return said


@transaction.atomic
def put_off_item(key: str, *, later: Later, site: Site, by: Actor, now: datetime) -> datetime:
    """Have it out of sight until then; returns when it is back."""
    item = _on_desk(key, site, by, now)
    until = later_from(now, later, site.municipality.timezone)
    Snooze.objects.update_or_create(identity_id=by.identity_id or 0, key=key, defaults={"until": until})
    record_act("desk.put_off", by=by, now=now, thing=f"desk:{key}", area_id=item.area.pk)
    _count(site, by, now)
    return until


@transaction.atomic
def hand_on_item(key: str, *, to_id: int, site: Site, by: Actor, now: datetime) -> Identity:
    """Lay it on the desk of a colleague of the same village, and on hers alone."""
    item = _on_desk(key, site, by, now)
    other = next((person for person in item.colleagues if person.pk == to_id), None)
    if other is None:
        raise Problem(_("Please choose somebody who is a Buurtverbinder there, too."))
    HandedOn.objects.update_or_create(
        key=key, defaults={"area": item.area, "by_id": by.identity_id, "to": other, "at": now}
    )
    Snooze.objects.filter(identity=other, key=key).delete()
    record_act(
        "desk.handed_on", by=by, now=now, thing=f"desk:{key}", area_id=item.area.pk, details={"identity": other.pk}
    )
    _count(site, by, now)
    _count(site, actor_of_identity(other), now)
    return other


@transaction.atomic
def write_note(key: str, *, draft: NoteDraft, site: Site, by: Actor, now: datetime) -> Note:
    """Note something of an item, until the day that was chosen. Raises Problem for no words."""
    item = _on_desk(key, site, by, now)
    if item.duty.is_personal:
        raise Problem(_("This cannot be done here."))
    text = draft.text.strip()
    if not text or len(text) > LONGEST_NOTE:
        raise Problem(_("Please write a note of at most %(most)d letters.") % {"most": LONGEST_NOTE})
    note = Note.objects.create(
        area=item.area, key=key, text=text, by_id=by.identity_id, written_at=now,
        erase_on=now.date() + timedelta(days=int(draft.kept_for)), is_for_successor=draft.is_for_successor,
    )  # fmt: skip
    record_act("desk.note_written", by=by, now=now, thing=f"desknote:{note.pk}", area_id=item.area.pk)
    return note


@transaction.atomic
def remove_note(note: Note, *, by: Actor, now: datetime) -> None:
    """Erase a note before its day."""
    can_remove_note(by, note).require()
    record_act("desk.note_removed", by=by, now=now, thing=f"desknote:{note.pk}", area_id=note.area_id)
    note.delete()


@transaction.atomic
def note_visits(keys: Collection[str], *, places: VisitList, by: Actor, now: datetime) -> int:
    """Note that the team was at these places of the village today; says how many. Raises Problem for none."""
    can_use_desk(by, places.area).require()
    there = {place.key for place in places.places} & set(keys)
    if not there:
        raise Problem(_("Please tick where you have been."))
    Visit.objects.bulk_create(
        [Visit(area=places.area, place=key, on=places.day) for key in sorted(there)],
        update_conflicts=True, unique_fields=["area", "place"], update_fields=["on"],
    )  # fmt: skip
    record_act(
        "desk.visited", by=by, now=now, thing=f"desk:visits:{places.area.pk}", area_id=places.area.pk,
        details={"count": len(there)},
    )  # fmt: skip
    return len(there)


@transaction.atomic
def take_back_visit(key: str, *, area: Area, by: Actor, now: datetime) -> None:
    """Nobody was there after all. Nothing happens where it is not noted."""
    can_use_desk(by, area).require()
    gone, _each = Visit.objects.filter(area=area, place=key).delete()
    if gone:
        record_act("desk.not_visited", by=by, now=now, thing=f"desk:visits:{area.pk}", area_id=area.pk)


@transaction.atomic
def count_desk(identity: Identity, *, by: Actor, now: datetime) -> None:
    """Count what waits for one connector at this moment, where her square is."""
    can_keep_desks(by).require()
    municipality = square_of(identity)
    if municipality is not None:
        _count(site_of(municipality), actor_of_identity(identity), now)


def _count(site: Site, viewer: Actor, now: datetime) -> None:
    count = len(desk_of(site, viewer, now=now).items)
    Tally.objects.update_or_create(identity_id=viewer.identity_id or 0, defaults={"count": count, "counted_at": now})


@transaction.atomic
def forget_old(*, by: Actor, now: datetime) -> int:
    """Erase notes whose day has come, and what is long over; returns how many notes went."""
    can_keep_desks(by).require()
    gone, _each = Note.objects.filter(erase_on__lte=now.date()).delete()
    Snooze.objects.filter(until__lte=now).delete()
    HandedOn.objects.filter(at__lt=now - HANDED_KEPT).delete()
    Done.objects.filter(done_at__lt=now - DONE_KEPT).delete()
    Visit.objects.filter(on__lt=now.date() - VISITS_KEPT).delete()
    if gone:
        record_act("desk.notes_forgotten", by=by, now=now, thing="desknote:0", details={"count": gone})
    return gone


@transaction.atomic
def count_freshness(*, by: Actor, now: datetime) -> int:
    """Note for each area and category how much is confirmed on this day; a second time on a day changes nothing."""
    can_keep_desks(by).require()
    rows = [
        Freshness(area_id=row["area_id"], category_id=row["top"], on=now.date(), total=row["total"], fresh=row["fresh"])
        for row in freshness_counts(None, now=now)
        if row["top"]
    ]
    Freshness.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)
    Freshness.objects.filter(on__lt=now.date() - FRESHNESS_KEPT).delete()
    return len(rows)
