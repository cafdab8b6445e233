"""Solved, open again, renewed, ended: what becomes of an ask or an offer."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from dorfplatz.entries.actions import note_change
from dorfplatz.entries.enums import State
from dorfplatz.exchange.drafts import STANDS
from dorfplatz.exchange.enums import DONE, STILL_GOING, AnswerState, Direction, Step
from dorfplatz.exchange.facts import ExchangeSolved
from dorfplatz.exchange.models import Answer, Exchange
from dorfplatz.exchange.policies import can_steer_exchange
from dorfplatz.exchange.post import read_renewal_token, tell_of_no
from dorfplatz.journal.actions import record_act
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.facts import announce
from dorfplatz.kernel.verdict import Problem

# What is solved stands there a while longer, for all to see that asking helps.
SHOWN_SOLVED = timedelta(days=30)


def _locked(exchange: Exchange) -> Exchange:
    """The row as it is now, held until the end of the transaction; with the given entry."""
    locked = Exchange.objects.select_for_update().get(pk=exchange.pk)
    exchange.step, exchange.round, exchange.solved_at = locked.step, locked.round, locked.solved_at
    return exchange


@transaction.atomic
def solve_exchange(exchange: Exchange, *, by: Actor, now: datetime) -> None:
    """It is done. Answers nobody said yes to are settled, and who gave them hears so."""
    can_steer_exchange(by, exchange).require()
    if _locked(exchange).step in DONE:
        return
    exchange.step, exchange.solved_at = Step.SOLVED, now
    exchange.save(update_fields=["step", "solved_at"])
    waiting = Answer.objects.filter(exchange=exchange, state=AnswerState.OPEN).select_related("helper__login")
    for answer in waiting:
        answer.exchange = exchange
        tell_of_no(answer, now=now)
    waiting.update(state=AnswerState.DECLINED, settled_at=now)
    exchange.entry.expires_at = now + SHOWN_SOLVED
    _note(exchange, "exchange.solved", by, now)
    announce(ExchangeSolved(exchange.pk))


@transaction.atomic
def reopen_exchange(exchange: Exchange, *, by: Actor, now: datetime) -> None:
    """It is not done after all."""
    can_steer_exchange(by, exchange).require()
    if _locked(exchange).step in STILL_GOING:
        return
    has_yes = Answer.objects.filter(exchange=exchange, state=AnswerState.ACCEPTED).exists()
    exchange.step, exchange.solved_at = (Step.TALK if has_yes else Step.OPEN), None
    exchange.save(update_fields=["step", "solved_at"])
    exchange.entry.expires_at = now + STANDS[Direction(exchange.entry.kind)]
    _note(exchange, "exchange.reopened", by, now)


@transaction.atomic
def renew_exchange(exchange: Exchange, *, by: Actor, now: datetime) -> None:
    """It still holds: it stands there for its full time from now on."""
    can_steer_exchange(by, exchange).require()
    _renew(exchange, by, now)


@transaction.atomic
def renew_by_link(token: str, *, by: Actor, now: datetime) -> Exchange:
    """The same by the link of a mail, which is the permission. Raises Problem for a link that is not good any more."""
    read = read_renewal_token(token)
    found = Exchange.objects.select_for_update().filter(pk=read[0], round=read[1]) if read else Exchange.objects.none()
    exchange = found.filter(entry__state=State.PUBLISHED, step__in=STILL_GOING).first()
    if exchange is None:
        raise Problem(_("This link has been used, or the entry has changed since. Please look at it on the square."))
    _renew(exchange, by, now)
    return exchange


def _renew(exchange: Exchange, by: Actor, now: datetime) -> None:
    if _locked(exchange).step in DONE:
        raise Problem(_("This is solved. If you need it again, open it again first."))
    exchange.round += 1
    exchange.save(update_fields=["round"])
    exchange.entry.expires_at = now + STANDS[Direction(exchange.entry.kind)]
    _note(exchange, "exchange.renewed", by, now)


@transaction.atomic
def end_exchange(exchange: Exchange, *, by: Actor, now: datetime) -> None:
    """Take it off the square; its author still sees it, and may renew it."""
    can_steer_exchange(by, exchange).require()
    _locked(exchange)
    exchange.round += 1
    exchange.save(update_fields=["round"])
    if exchange.entry.expires_at is None or exchange.entry.expires_at > now:
        exchange.entry.expires_at = now
        _note(exchange, "exchange.ended", by, now)


def _note(exchange: Exchange, verb: str, by: Actor, now: datetime) -> None:
    note_change(exchange.entry, by=by, now=now, fields=["expires_at", "step"])
    record_act(verb, by=by, now=now, thing=f"entry:{exchange.pk}")
