"""What a person has asked, offered and answered, as she gets it, and what happens to it when she goes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from dorfplatz.entries.actions import erase_entries
from dorfplatz.exchange.enums import AnswerState, Direction, Sort, Step
from dorfplatz.exchange.models import Answer, Exchange
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.data_map import Basis, Kept, tables
from dorfplatz.members.queries import people_apart_from
from dorfplatz.members.sockets import Part, Row, TitleOf, personal_data

OWN = ("sort", "step", "is_regular", "needed_on", "when_words", "for_whom", "from_words", "to_words", "seats")


def _exchanges(identity_id: int) -> Iterable[Row]:
    mine = Exchange.objects.filter(entry__author=identity_id).select_related("entry").order_by("pk")
    for exchange in mine:
        own = {name: getattr(exchange, name) for name in OWN}
        entry = exchange.entry
        yield {"kind": entry.kind, "title": entry.title, "expires_at": entry.expires_at, **own}


def _answers_of(identity_id: int) -> QuerySet[Answer]:
    return Answer.objects.filter(helper=identity_id)


def _answers(identity_id: int) -> Iterable[Row]:
    mine = _answers_of(identity_id).select_related("exchange__entry").order_by("pk")
    apart = people_apart_from(identity_id) if mine else frozenset()
    for answer in mine:
        entry = TitleOf(answer.exchange.entry.title, answer.exchange_id)
        said = {name: getattr(answer, name) for name in ANSWER_FIELDS}
        if answer.exchange.entry.author_id in apart:
            said["thanks"] = ""  # of somebody whose words she does not see any more
        yield {"entry": entry, **said}


def _let_go(identity_id: int, by: Actor, now: datetime) -> None:
    """An ask without anybody who asks is of no use: all go, with the answers to them."""
    mine = Exchange.objects.filter(entry__author=identity_id).values_list("pk", flat=True)
    erase_entries(list(mine), by=by, now=now)


ANSWER_FIELDS = ("text", "state", "said_at", "settled_at", "thanks", "thanked_at", "shows_thanks")


def plug_own_exchange() -> None:
    until = _("Until a quarter of a year after it has ended, and not longer than you are here.")
    personal_data.plug("exchange", Part(
        _("What you asked and offered"),
        {
            "kind": _("Kind"), "title": _("Title"), "sort": _("Sort"), "step": _("How far it is"),
            "is_regular": _("Regularly"), "needed_on": _("Day"), "when_words": _("When"), "for_whom": _("For whom"),
            "from_words": _("From"), "to_words": _("To"), "seats": _("For how many"), "expires_at": _("Stands until"),
        },
        _exchanges, _let_go,
        words={"kind": dict(Direction.choices), "sort": dict(Sort.choices), "step": dict(Step.choices)},
    ), rank=62)  # fmt: skip
    personal_data.plug("answers", Part(
        _("Where you offered help"),
        {
            "entry": _("Entry"), "text": _("Text"), "state": _("State"), "said_at": _("When"),
            "settled_at": _("Settled"), "thanks": _("Thanks"), "thanked_at": _("Thanked"),
            "shows_thanks": _("Others see the thanks"),
        },
        _answers, words={"state": dict(AnswerState.choices)}, there=_answers_of,
    ), rank=63)  # fmt: skip
    tables.plug("exchange.Exchange", Kept(
        _("What you ask and offer"), _("So that neighbours can help."), until, Basis.MEMBERSHIP,
        (*OWN, "set_out_by", "solved_at"), subject="entry__author_id", part="exchange",
        secret=("set_out_by", "solved_at"),
    ), rank=46)  # fmt: skip
    tables.plug("exchange.Answer", Kept(
        _("“I can help”, and thanks for it"), _("So that two people find each other. Nobody else reads it."), until,
        Basis.MEMBERSHIP, ("helper", *ANSWER_FIELDS), subject="helper_id", part="answers", secret=("helper",),
    ), rank=47)  # fmt: skip
