"""“Me too”, and what a connector says to a wish."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dorfplatz.entries.actions import note_change
from dorfplatz.entries.form_keys import form_key_of
from dorfplatz.journal.actions import record_act
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.facts import announce
from dorfplatz.kernel.verdict import Problem
from dorfplatz.wishes.enums import Status
from dorfplatz.wishes.facts import WishAnswered
from dorfplatz.wishes.models import MeToo, Reply, Wish
from dorfplatz.wishes.policies import can_answer_wish, can_say_me_too


@transaction.atomic
def say_me_too(wish: Wish, *, says: bool, by: Actor, now: datetime) -> bool:
    """Join in, or take it back; saying the same twice changes nothing. Whether anything changed."""
    if says:
        can_say_me_too(by, wish).require()
        row = {"wish": wish, "identity_id": by.identity_id or 0}
        _mine, is_new = MeToo.objects.get_or_create(**row, defaults={"said_at": now})
        if is_new:
            record_act("wish.joined", by=by, now=now, thing=f"entry:{wish.pk}")
        return is_new
    gone, _rows = MeToo.objects.filter(wish=wish, identity_id=by.identity_id or 0).delete()
    if gone:
        record_act("wish.left", by=by, now=now, thing=f"entry:{wish.pk}")
    return bool(gone)


@dataclass(frozen=True)
class Answer:
    """How far it is, with a sentence in this language."""

    status: Status
    words: str
    language: str


@transaction.atomic
def answer_wish(wish: Wish, *, answer: Answer, form_key: str, by: Actor, now: datetime) -> Reply:
    """Say how far it is. The author and all who joined in are told; the same form sent again says nothing new."""
    can_answer_wish(by, wish).require()
    key = form_key_of(form_key, by)
    locked = Wish.objects.select_for_update().get(pk=wish.pk)
    known = Reply.objects.filter(form_key=key, wish=wish).first()
    if known is not None:
        return known
    words = answer.words.strip()
    if answer.status == Status.OPEN:
        raise Problem(_("Please say how far it is."))
    if not words:
        raise Problem(_("Please say why.") if answer.status == Status.NOT_POSSIBLE else _("Please write a sentence."))
    wish.status, wish.answered_at = locked.status, locked.answered_at
    reply = Reply.objects.create(
        wish=wish, status=answer.status, words=words, language=answer.language, said_by_id=by.identity_id,
        said_at=now, form_key=key,
    )  # fmt: skip
    wish.status, wish.answered_at = answer.status, now
    wish.save(update_fields=["status", "answered_at"])
    note_change(wish.entry, by=by, now=now, fields=["status"])
    record_act("wish.answered", by=by, now=now, thing=f"entry:{wish.pk}", details={"status": answer.status})
    announce(WishAnswered(wish.pk, reply.pk))
    return reply
