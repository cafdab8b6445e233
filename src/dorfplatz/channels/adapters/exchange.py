"""Asks and offers: answers to what one set out, and asks that nobody has answered, for the connectors."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dorfplatz.channels.actions import Telling, tell_people
from dorfplatz.channels.enums import Way
from dorfplatz.channels.models import Note
from dorfplatz.channels.sockets import Sort, sorts
from dorfplatz.entries.models import Entry
from dorfplatz.entries.queries import areas_of_entries
from dorfplatz.exchange.facts import AnswerGiven, AskUnanswered
from dorfplatz.exchange.models import Answer
from dorfplatz.kernel.actor import system
from dorfplatz.kernel.facts import subscribe
from dorfplatz.members.queries import connectors_of
from dorfplatz.villages.models import Area

CHANNELS = system("channels")


def hear_of_answer(fact: AnswerGiven) -> None:
    """For whoever asked; for the connector who asked for somebody without a login."""
    answer = Answer.objects.select_related("exchange__entry__author").get(pk=fact.answer_id)
    author, helper = answer.exchange.entry.author, answer.helper_id
    person = author.pk if author and author.login_id else answer.exchange.set_out_by_id
    if person is not None:
        telling = Telling("answer", f"answer:{answer.pk}", fact.entry_id, helper, {"answer": answer.pk})
        tell_people([person], telling=telling, by=CHANNELS, now=timezone.now())


def hear_of_unanswered(fact: AskUnanswered) -> None:
    """For the connectors of where it was asked, once however many hours go by."""
    areas = Area.objects.filter(pk__in=areas_of_entries([fact.entry_id]))
    people = [face.identity_id for face in connectors_of(areas, CHANNELS)]
    telling = Telling("unanswered", f"unanswered:{fact.entry_id}", fact.entry_id)
    tell_people(people, telling=telling, by=CHANNELS, now=timezone.now())


def _talk(note: Note) -> str:
    code = Entry.objects.values_list("code", flat=True).get(pk=note.entry_id or 0)
    return reverse("exchange:talk", args=[code, note.about["answer"]])


def plug_exchange() -> None:
    answer = Sort(
        _("Answers to my asks and offers, and what becomes of my own answers"),
        _("%(name)s answers you:"),
        "message-circle",
        Way.AT_ONCE,
        url=_talk,
        mails=("exchange.answer:", "exchange.yes:", "exchange.no:", "exchange.thanks:"),
    )
    unanswered = Sort(
        _("An ask in my village waits for an answer (connectors)"),
        _("Nobody has answered yet:"),
        "hourglass",
        Way.AT_ONCE,
    )
    sorts.plug("answer", answer, rank=10)
    sorts.plug("unanswered", unanswered, rank=60)
    subscribe(AnswerGiven, hear_of_answer)
    subscribe(AskUnanswered, hear_of_unanswered)
