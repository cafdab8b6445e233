"""“I can help”, yes, no, and thanks: between two people."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from dorfplatz.entries.actions import note_change
from dorfplatz.exchange.enums import AnswerState, Step
from dorfplatz.exchange.facts import AnswerGiven
from dorfplatz.exchange.models import Answer, Exchange
from dorfplatz.exchange.policies import can_answer, can_say_yes, can_show_thanks, can_thank, can_withdraw_answer
from dorfplatz.exchange.post import tell_of_answer, tell_of_no, tell_of_thanks, tell_of_yes
from dorfplatz.journal.actions import record_act
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.facts import announce
from dorfplatz.kernel.verdict import Problem

MOST_A_DAY, MOST_OF_NEWCOMERS = 15, 4
LONGEST_TEXT, LONGEST_THANKS = 2000, 1000


@transaction.atomic
def give_answer(exchange: Exchange, *, text: str, form_key: str, by: Actor, now: datetime) -> Answer:
    """Answer an ask or an offer. The same form sent twice counts once; so does a second answer while one waits.

    Raises Problem for no words, and for more answers than one person means in a day.
    """
    words = text.strip()
    if not words:
        raise Problem(_("Please write a sentence."))
    known = Answer.objects.filter(form_key=form_key, helper_id=by.identity_id or 0).first()
    if known:
        return known
    Exchange.objects.select_for_update().get(pk=exchange.pk)
    going = Answer.objects.filter(exchange=exchange, helper_id=by.identity_id or 0)
    present = going.filter(state__in=[AnswerState.OPEN, AnswerState.ACCEPTED]).first()
    if present:
        return present
    can_answer(by, exchange, now=now).require()
    _require_room(by, now)
    answer = Answer.objects.create(
        exchange=exchange, helper_id=by.identity_id or 0, text=words[:LONGEST_TEXT], said_at=now, form_key=form_key
    )
    _note(answer, "exchange.answered", by, now)
    tell_of_answer(answer, now=now)
    announce(AnswerGiven(exchange.pk, answer.pk))
    return answer


def _require_room(by: Actor, now: datetime) -> None:
    recent = Answer.objects.filter(helper_id=by.identity_id or 0, said_at__gt=now - timedelta(days=1)).count()
    if recent >= (MOST_A_DAY if by.is_known else MOST_OF_NEWCOMERS):
        raise Problem(_("That is a lot of help for one day. Please go on tomorrow."))


@transaction.atomic
def accept_answer(answer: Answer, *, by: Actor, now: datetime) -> None:
    """Say yes; the others still wait, in case it does not work out."""
    can_say_yes(by, _locked(answer)).require()
    if answer.state == AnswerState.ACCEPTED:
        return
    _settle(answer, AnswerState.ACCEPTED, "exchange.accepted", by, now)
    if answer.exchange.step == Step.OPEN:
        _step(answer.exchange, Step.TALK, by, now)
    tell_of_yes(answer, now=now)


@transaction.atomic
def decline_answer(answer: Answer, *, by: Actor, now: datetime) -> None:
    """Say no, thank you."""
    can_say_yes(by, _locked(answer)).require()
    _settle(answer, AnswerState.DECLINED, "exchange.declined", by, now)
    _open_again(answer, by, now)
    tell_of_no(answer, now=now)


@transaction.atomic
def withdraw_answer(answer: Answer, *, by: Actor, now: datetime) -> None:
    """Take one's own answer back; its words go."""
    can_withdraw_answer(by, _locked(answer)).require()
    answer.text = ""
    answer.save(update_fields=["text"])
    _settle(answer, AnswerState.WITHDRAWN, "exchange.withdrawn", by, now)
    _open_again(answer, by, now)


@transaction.atomic
def thank_helper(answer: Answer, *, text: str, by: Actor, now: datetime) -> None:
    """Thank the helper in words. They stand there for all only when the helper says so (`show_thanks`)."""
    can_thank(by, _locked(answer)).require()
    words = text.strip()
    if not words:
        raise Problem(_("Please write a sentence."))
    if answer.thanks:
        return
    answer.thanks, answer.thanked_at = words[:LONGEST_THANKS], now
    answer.save(update_fields=["thanks", "thanked_at"])
    _note(answer, "exchange.thanked", by, now)
    _step(answer.exchange, Step.THANKED, by, now)
    tell_of_thanks(answer, now=now)


@transaction.atomic
def show_thanks(answer: Answer, *, shows: bool, by: Actor, now: datetime) -> None:
    """Have the thanks stand at the entry for all, or no longer."""
    can_show_thanks(by, _locked(answer)).require()
    if answer.shows_thanks != shows:
        answer.shows_thanks = shows
        answer.save(update_fields=["shows_thanks"])
        _note(answer, "exchange.thanks_shown" if shows else "exchange.thanks_kept", by, now)
        note_change(answer.exchange.entry, by=by, now=now, fields=["thanks"])


def _locked(answer: Answer) -> Answer:
    locked = Answer.objects.select_for_update().get(pk=answer.pk)
    answer.state, answer.thanks, answer.shows_thanks = locked.state, locked.thanks, locked.shows_thanks
    return answer


def _settle(answer: Answer, state: AnswerState, verb: str, by: Actor, now: datetime) -> None:
    answer.state, answer.settled_at = state, now
    answer.save(update_fields=["state", "settled_at"])
    _note(answer, verb, by, now)


def _open_again(answer: Answer, by: Actor, now: datetime) -> None:
    """Without anybody who has a yes, the ask waits for answers again."""
    exchange = answer.exchange
    has_yes = exchange.answers.filter(state=AnswerState.ACCEPTED).exists()
    if exchange.step == Step.TALK and not has_yes:
        _step(exchange, Step.OPEN, by, now)


def _step(exchange: Exchange, step: Step, by: Actor, now: datetime) -> None:
    exchange.step = step
    exchange.save(update_fields=["step"])
    note_change(exchange.entry, by=by, now=now, fields=["step"])


def _note(answer: Answer, verb: str, by: Actor, now: datetime) -> None:
    """A thing of its own: no page shows an answer, so none that is kept for visitors has to be made anew for it."""
    record_act(verb, by=by, now=now, thing=f"answer:{answer.pk}", details={"entry": answer.exchange_id})
