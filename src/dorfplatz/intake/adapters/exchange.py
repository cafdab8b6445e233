"""Asks and offers: who has answered hers, what became of her own answers, and what ends soon."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dorfplatz.entries.models import Entry
from dorfplatz.exchange.enums import AnswerState, Direction
from dorfplatz.exchange.models import Answer, Exchange
from dorfplatz.exchange.queries import expiring
from dorfplatz.exchange.queries.clocks import ASKED_BEFORE
from dorfplatz.exchange.room import ROOM
from dorfplatz.intake.lookback import LOOK_BACK, page_of
from dorfplatz.kernel.actor import Actor
from dorfplatz.members.sockets import Call, Writing, calls, writings

MOST = 200


def answers_to_hers(people: Collection[int], viewer: Actor, now: datetime) -> Iterable[Call]:
    """“I can help”: what was said, and where one enters her yes or no."""
    del now
    mine = Answer.objects.filter(exchange__entry__author__in=people, state=AnswerState.OPEN).visible_to(viewer)
    for answer in mine.select_related("helper", "exchange__entry").order_by("said_at", "pk")[:MOST]:
        entry = answer.exchange.entry
        said = {"name": answer.helper.name, "title": entry.title}
        if entry.kind == Direction.ASK:
            text = _("%(name)s has answered “%(title)s” and can help.") % said
        else:
            text = _("%(name)s would like “%(title)s”.") % said
        url = reverse("exchange:talk", args=[entry.code, answer.pk])
        yield Call(f"answer:{answer.pk}", entry.author_id or 0, text, answer.said_at, words=answer.text, url=url)


def answers_of_hers(people: Collection[int], viewer: Actor, now: datetime) -> Iterable[Call]:
    """What came of it where she has offered her help."""
    hers = Answer.objects.filter(helper__in=people, settled_at__gt=now - LOOK_BACK)
    settled = hers.filter(state__in=[AnswerState.ACCEPTED, AnswerState.DECLINED])
    seen = _seen(settled.exclude(exchange__entry__author__in=viewer.apart_from), viewer, now)
    for answer in seen.order_by("settled_at", "pk")[:MOST]:
        said = {"title": answer.exchange.entry.title}
        text = _("Her help with “%(title)s” is welcome.") if answer.state == AnswerState.ACCEPTED else None
        text = (text or _("“%(title)s” is settled without her, with many thanks.")) % said
        key, at = f"helped:{answer.pk}:{answer.state}", answer.settled_at or now
        yield Call(key, answer.helper_id, text, at, url=page_of(answer.exchange.entry))
        if answer.thanks and answer.thanked_at:
            text = _("Somebody thanks her for her help with “%(title)s”.") % said
            yield Call(f"thanked:{answer.pk}", answer.helper_id, text, answer.thanked_at, words=answer.thanks)


def _seen(answers: QuerySet[Answer], viewer: Actor, now: datetime) -> QuerySet[Answer]:
    entries = Entry.objects.filter(kind__in=Direction.values).visible_to(viewer, now=now).values("pk")
    return answers.filter(exchange__entry__in=entries).select_related("exchange__entry")


def ending(people: Collection[int], viewer: Actor, now: datetime) -> Iterable[Call]:
    """Does it still hold?"""
    del viewer  # the entries are theirs for whom the viewer acts
    soon: QuerySet[Exchange] = expiring(now=now).filter(entry__author__in=people)
    for exchange in soon.order_by("entry__expires_at", "pk")[:MOST]:
        entry, until = exchange.entry, exchange.entry.expires_at or now
        text = _("“%(title)s” ends soon. Does it still hold?") % {"title": entry.title}
        key = f"ending:{entry.pk}:{exchange.round}"
        yield Call(key, entry.author_id or 0, text, until - ASKED_BEFORE, url=page_of(entry))


def plug_exchange() -> None:
    calls.plug("exchange.answers", answers_to_hers)
    calls.plug("exchange.helped", answers_of_hers)
    calls.plug("exchange.ending", ending)
    new = "exchange:new"
    writings.plug("ask", Writing(
        gettext_lazy("She is looking for something"), "hand-helping",
        gettext_lazy("an ask on the square in her name, and telling her who answers"),
        lambda _slug: f"{reverse(new)}?direction=ask", ROOM,
    ), rank=10)  # fmt: skip
    writings.plug("offer", Writing(
        gettext_lazy("She offers something"), "hand-heart",
        gettext_lazy("an offer on the square in her name, and telling her who answers"),
        lambda _slug: f"{reverse(new)}?direction=offer", ROOM,
    ), rank=20)  # fmt: skip
    writings.plug("answer", Writing(
        gettext_lazy("She answers an ask"), "reply",
        gettext_lazy("an answer to a neighbour in her name, and telling her what comes of it"),
        lambda slug: f"{reverse('exchange:list')}?direction=ask&village={slug}&neighbours=1", ROOM,
    ), rank=30)  # fmt: skip
