"""Who may ask, offer, answer and steer. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from dorfplatz.entries.enums import State
from dorfplatz.entries.policies import area_paths, can_set_out, holds_in_one
from dorfplatz.exchange.enums import LOOK_AFTER, STILL_GOING, AnswerState, Step
from dorfplatz.exchange.models import Answer, Exchange
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.verdict import Verdict, allowed_if, refused
from dorfplatz.members.enums import ACT_FOR

NOT_AT_YOUR_AGE = _("Under 16, let your parents or the Buurtverbinder do this: strangers do not write to you here.")
CURBED = _("For now you cannot write to others. The letter you got says why, and until when.")
NOT_YOURS = _("Only the person whose entry this is can do that.")


def can_set_out_exchange(actor: Actor, paths: Iterable[str]) -> Verdict:
    """Neighbours from 16 on."""
    if actor.is_minor:
        return refused(str(NOT_AT_YOUR_AGE))
    return can_set_out(actor, paths)


def is_author(actor: Actor, exchange: Exchange) -> bool:
    return actor.is_member and exchange.entry.author_id == actor.identity_id


def speaks_for_author(actor: Actor, exchange: Exchange) -> bool:
    """The author, or the connector who set it out for somebody without a login, as long as he acts there."""
    if is_author(actor, exchange):
        return True
    author = exchange.entry.author
    if author is None or author.login_id is not None or not actor.is_member:
        return False
    if exchange.set_out_by_id != actor.identity_id or author.home_area is None:
        return False
    return actor.holds(ACT_FOR, str(author.home_area.path))


def looks_after(actor: Actor, exchange: Exchange) -> bool:
    """The connector in charge: may steer what stands on the square, and never reads what two people say."""
    return holds_in_one(actor, LOOK_AFTER, area_paths(exchange.entry))


def can_change_exchange(actor: Actor, exchange: Exchange) -> Verdict:
    return allowed_if(actor.is_system or speaks_for_author(actor, exchange), str(NOT_YOURS))


def can_steer_exchange(actor: Actor, exchange: Exchange) -> Verdict:
    """Solved, open again, renewed, ended: whoever speaks for the author, and the connector in charge."""
    may = speaks_for_author(actor, exchange) or looks_after(actor, exchange)
    return allowed_if(may, str(NOT_YOURS))


def can_answer(actor: Actor, exchange: Exchange, *, now: datetime) -> Verdict:
    """Neighbours from 16 on whom no block parts from the author, as long as it is open."""
    entry = exchange.entry
    is_over = entry.state != State.PUBLISHED or (entry.expires_at is not None and entry.expires_at <= now)
    hindrances = (
        (actor.is_minor, NOT_AT_YOUR_AGE),
        ("letters" in actor.curbs, CURBED),
        (entry.author_id in actor.apart_from, _("You cannot answer here.")),
        (speaks_for_author(actor, exchange), _("This is your own entry.")),
        (is_over or exchange.step not in STILL_GOING, _("This is settled already. Thank you for wanting to help!")),
        (entry.author_id is None, _("Nobody is there any more to read your answer.")),
    )
    for stands, reason in hindrances:
        if stands:
            return refused(str(reason))
    return can_set_out(actor, area_paths(entry))


def can_read_answer(actor: Actor, answer: Answer) -> Verdict:
    """The two between whom it is, as long as no block parts them. Nobody else, whatever the role."""
    is_helper = actor.is_member and answer.helper_id == actor.identity_id
    other = answer.exchange.entry.author_id if is_helper else answer.helper_id
    may = (is_helper or speaks_for_author(actor, answer.exchange)) and other not in actor.apart_from
    return allowed_if(may, str(_("This is between two others.")))


def can_say_yes(actor: Actor, answer: Answer) -> Verdict:
    """And no: whoever speaks for the author, as long as the answer waits."""
    if not speaks_for_author(actor, answer.exchange):
        return refused(str(NOT_YOURS))
    is_waiting = answer.state in (AnswerState.OPEN, AnswerState.ACCEPTED)
    return allowed_if(is_waiting, str(_("This answer was taken back or settled.")))


def can_withdraw_answer(actor: Actor, answer: Answer) -> Verdict:
    is_helper = actor.is_member and answer.helper_id == actor.identity_id
    is_going = answer.state in (AnswerState.OPEN, AnswerState.ACCEPTED)
    return allowed_if(is_helper and is_going, str(_("Only your own answer can be taken back, as long as it counts.")))


def can_thank(actor: Actor, answer: Answer) -> Verdict:
    """Whoever speaks for the author, when it is done with this helper."""
    if not speaks_for_author(actor, answer.exchange):
        return refused(str(NOT_YOURS))
    is_done = answer.state == AnswerState.ACCEPTED and answer.exchange.step in (Step.SOLVED, Step.THANKED)
    return allowed_if(is_done, str(_("First say that it is solved.")))


def can_show_thanks(actor: Actor, answer: Answer) -> Verdict:
    """The helper alone decides whether the thanks stand there for all."""
    is_helper = actor.is_member and answer.helper_id == actor.identity_id
    return allowed_if(is_helper and bool(answer.thanks), str(_("Only who helped decides about this.")))
