"""Writing, reading and throwing away letters. What they say is nowhere but in their own row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from dorfplatz.jobs.queue import enqueue
from dorfplatz.journal.actions import record_act
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.facts import announce
from dorfplatz.kernel.verdict import Problem
from dorfplatz.letters.facts import LetterSent, ThreadRead
from dorfplatz.letters.models import Enclosure, InFull, Letter, Seat, Thread
from dorfplatz.letters.policies import (
    can_answer_in,
    can_begin_at,
    can_begin_with,
    can_choose_mail,
    can_throw_away,
    can_withhold,
    is_at_desk,
)
from dorfplatz.letters.post import tell_of_letter
from dorfplatz.letters.queries import other_in, pair_at, pair_of
from dorfplatz.letters.sockets import addressee, keepers_of
from dorfplatz.letters.taking import Inside
from dorfplatz.media.actions import erase_picture
from dorfplatz.members.models import Identity

MOST_AN_HOUR, MOST_NEW_A_DAY, MOST_NEW_OF_NEWCOMERS = 60, 10, 3
LONGEST = 10_000
DISCARD = "dorfplatz.letters.tasks.discard_document"


@dataclass(frozen=True)
class Draft:
    """What somebody wants to send: words, what lies in it, and the key by which the same form is known again."""

    text: str
    form_key: str
    inside: Sequence[Inside] = ()
    is_by_mail: bool = False


@transaction.atomic
def write_letter(
    other: Identity, *, text: str, form_key: str, inside: Sequence[Inside] = (), by: Actor, now: datetime
) -> Letter:
    """Write to somebody; the first letter begins their thread. The same form sent twice is one letter.

    Raises Problem for no words, and for more letters than one person writes.
    """
    known = _known(form_key, by)
    if known:
        return known
    pair = pair_of(by.identity_id or 0, other.pk)
    thread = Thread.objects.select_for_update().filter(pair=pair).first()
    if thread is None:
        can_begin_with(by, other).require()
        thread = _begun(Thread(pair=pair, begun_at=now, last_at=now), by, now)
        Seat.objects.create(thread=thread, identity=other)
    return _send(thread, Draft(text, form_key, inside), by, now)


@transaction.atomic
def write_to_desk(
    desk: str, *, desk_id: int, text: str, form_key: str, inside: Sequence[Inside] = (), by: Actor, now: datetime
) -> Letter:
    """Write to an organisation: all who keep it read it, and answer in its name. Raises Problem as write_letter."""
    known = _known(form_key, by)
    if known:
        return known
    pair = pair_at(by.identity_id or 0, desk, desk_id)
    thread = Thread.objects.select_for_update().filter(pair=pair).first()
    if thread is None:
        can_begin_at(by, desk, desk_id).require()
        thread = _begun(Thread(pair=pair, desk=desk, desk_id=desk_id, begun_at=now, last_at=now), by, now)
        Seat.objects.create(thread=thread, is_desk=True)
    return _send(thread, Draft(text, form_key, inside), by, now)


@transaction.atomic
def answer_letter(
    thread: Thread, *, text: str, form_key: str, inside: Sequence[Inside] = (), is_by_mail: bool = False, by: Actor,
    now: datetime,
) -> Letter:  # fmt: skip
    """Write on in a thread. Raises Problem as write_letter."""
    return _known(form_key, by) or _send(thread, Draft(text, form_key, inside, is_by_mail), by, now)


def _known(form_key: str, by: Actor) -> Letter | None:
    return Letter.objects.filter(form_key=form_key, author_id=by.identity_id or 0).first()


def _begun(thread: Thread, by: Actor, now: datetime) -> Thread:
    """A new thread with the seat of whoever begins it, if that is not one too many today."""
    begun = Thread.objects.filter(seats__identity_id=by.identity_id or 0, begun_at__gt=now - timedelta(days=1))
    firsts = (Letter.objects.filter(thread=t).order_by("sent_at", "pk").first() for t in begun)
    mine = sum(1 for first in firsts if first is not None and first.author_id == by.identity_id)
    if mine >= (MOST_NEW_A_DAY if by.is_known else MOST_NEW_OF_NEWCOMERS):
        raise Problem(_("You have written to many new people today. Please go on tomorrow."))
    thread.save()
    Seat.objects.create(thread=thread, identity_id=by.identity_id)
    return thread


def _send(thread: Thread, draft: Draft, by: Actor, now: datetime) -> Letter:
    words, other = draft.text.strip(), other_in(thread, by)
    if not words:
        raise Problem(_("Please write a sentence."))
    if len(words) > LONGEST:
        raise Problem(_("A letter has room for %(most)d characters.") % {"most": LONGEST})
    can_answer_in(by, thread, other).require()
    recent = Letter.objects.filter(author_id=by.identity_id or 0, sent_at__gt=now - timedelta(hours=1))
    if recent.count() >= MOST_AN_HOUR:
        raise Problem(_("That was a lot in a short time. Please go on in an hour."))
    is_from_desk = is_at_desk(by, thread)
    letter = Letter.objects.create(
        thread=thread, author_id=by.identity_id, is_from_desk=is_from_desk, text=words, sent_at=now,
        form_key=draft.form_key, is_by_mail=draft.is_by_mail,
    )  # fmt: skip
    Enclosure.objects.bulk_create([_enclosure(letter, one) for one in draft.inside])
    Thread.objects.filter(pk=thread.pk).update(last_at=now)
    record_act("letter.sent", by=by, now=now, thing=f"letter:{letter.pk}")
    _tell(letter, other, by, now)
    return letter


def _enclosure(letter: Letter, one: Inside) -> Enclosure:
    if one.document is not None:
        return Enclosure(letter=letter, token=one.document.token, name=one.document.name, size=one.document.size)
    return Enclosure(letter=letter, picture=one.picture)


def _tell(letter: Letter, other: Identity | None, by: Actor, now: datetime) -> None:
    """Those who read it on the other side, and from whom no block keeps the writer apart."""
    thread = letter.thread
    if thread.desk and not letter.is_from_desk:
        ids = keepers_of(thread.desk, thread.desk_id) - by.apart_from
        readers = list(Identity.objects.filter(pk__in=ids).select_related("login", "home_area__parent__municipality"))
    else:
        readers = [other] if other is not None else []
    for reader in readers:
        with override(reader.language):
            desk = addressee(thread.desk, thread.desk_id)
        tell_of_letter(letter, reader, desk=desk, now=now)
    from_id = None if letter.is_from_desk else letter.author_id
    announce(LetterSent(letter.pk, thread.pk, tuple(reader.pk for reader in readers), from_id))


@transaction.atomic
def read_thread(thread: Thread, *, by: Actor, now: datetime) -> None:
    """Note for the reader herself that she has read; nobody else learns of it."""
    can_throw_away(by, thread).require()
    Seat.objects.update_or_create(
        thread=thread,
        identity_id=by.identity_id or 0,
        defaults={"read_until": now},
        create_defaults={"read_until": now, "is_desk": True},
    )
    announce(ThreadRead(thread.pk, by.identity_id or 0))


@transaction.atomic
def throw_away_thread(thread: Thread, *, by: Actor, now: datetime) -> None:
    """Throw away all letters for one's own side. What both sides have thrown away, or one and the other has left, is
    erased."""
    can_throw_away(by, thread).require()
    side = (
        {"identity__isnull": True, "is_desk": True} if is_at_desk(by, thread) else {"identity_id": by.identity_id or 0}
    )
    Seat.objects.filter(thread=thread, **side).update(thrown_until=now)
    read_thread(thread, by=by, now=now)
    record_act("letter.thrown_away", by=by, now=now, thing=f"thread:{thread.pk}")
    erase_unread_by_all(thread, by=by, now=now)


@transaction.atomic
def erase_unread_by_all(thread: Thread, *, by: Actor, now: datetime) -> int:
    """Erase letters that nobody has kept; returns how many."""
    sides = Q(identity__isnull=False, is_desk=False) | Q(identity__isnull=True, is_desk=True)
    is_desk_there = addressee(thread.desk, thread.desk_id) is not None
    seats = Seat.objects.filter(sides, thread=thread)
    kept = [seat.thrown_until for seat in seats if is_desk_there or not seat.is_desk]
    letters = Letter.objects.filter(thread=thread)
    if not kept:
        count = _erase(letters, by, now)
        Thread.objects.filter(pk=thread.pk).delete()
        return count
    if any(moment is None for moment in kept):
        return 0
    return _erase(letters.filter(sent_at__lte=min(moment for moment in kept if moment is not None)), by, now)


def _erase(letters: QuerySet[Letter], by: Actor, now: datetime) -> int:
    """These letters, and what lies in them."""
    ids = list(letters.values_list("pk", flat=True))
    _empty(ids, by, now)
    Letter.objects.filter(pk__in=ids).delete()
    return len(ids)


def _empty(letter_ids: Sequence[int], by: Actor, now: datetime) -> None:
    inside = Enclosure.objects.filter(letter_id__in=letter_ids)
    for enclosure in inside.select_related("picture"):
        if enclosure.picture is not None:
            erase_picture(enclosure.picture, by=by, now=now)
        if enclosure.token:
            enqueue(DISCARD, key=f"enclosure:{enclosure.pk}", token=enclosure.token)
    inside.delete()


@transaction.atomic
def take_back_enclosures(identity_id: int, *, by: Actor, now: datetime) -> None:
    """What somebody who leaves has put into letters goes with her: a picture shows more than a name."""
    _empty(list(Letter.objects.filter(author=identity_id).values_list("pk", flat=True)), by, now)


@transaction.atomic
def withhold_letter(letter: Letter, *, is_withheld: bool, by: Actor, now: datetime) -> None:
    """Hide a reported letter's words from both, or show them again."""
    can_withhold(by, letter).require()
    if Letter.objects.filter(Q(pk=letter.pk), ~Q(is_withheld=is_withheld)).update(is_withheld=is_withheld):
        verb = "letter.withheld" if is_withheld else "letter.restored"
        record_act(verb, by=by, now=now, thing=f"letter:{letter.pk}")


@transaction.atomic
def remove_letter(letter: Letter, *, by: Actor, now: datetime) -> None:
    """Take a reported letter's words, and what lies in it, away for good."""
    can_withhold(by, letter).require()
    _empty([letter.pk], by, now)
    Letter.objects.filter(pk=letter.pk).update(text="", is_withheld=True)
    record_act("letter.removed", by=by, now=now, thing=f"letter:{letter.pk}")


@transaction.atomic
def choose_mail(*, in_full: bool, by: Actor, now: datetime) -> None:
    """Have letters come by mail as they are, or only hear that there is one."""
    can_choose_mail(by).require()
    if in_full:
        InFull.objects.get_or_create(identity_id=by.identity_id or 0, defaults={"since": now})
    else:
        InFull.objects.filter(identity_id=by.identity_id or 0).delete()
    record_act("letter.mail_chosen", by=by, now=now, thing=f"identity:{by.identity_id}")
