"""Asks that nobody has answered for a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dorfplatz.desk.adapters.ways import way_to
from dorfplatz.desk.words import waits_in_words
from dorfplatz.entries.models import Entry
from dorfplatz.exchange.actions import solve_exchange
from dorfplatz.exchange.enums import LOOK_AFTER
from dorfplatz.exchange.models import Exchange
from dorfplatz.exchange.queries import unanswered
from dorfplatz.exchange.room import ROOM
from dorfplatz.kernel.actor import Actor
from dorfplatz.members.sockets import OF_ITS_ENTRY, Beat, Duty, Lead, Move, Waiting, duties
from dorfplatz.villages.prepared import prepared_for

UNANSWERED, LATE = timedelta(hours=24), timedelta(hours=72)
CARE, SOLVED = "care", "solved"


def _asks(areas: frozenset[int], viewer: Actor, now: datetime, before: datetime) -> QuerySet[Exchange]:
    here = Entry.objects.in_areas(areas).visible_to(viewer, now=now).values("pk")
    found = unanswered(before=before, now=now).filter(entry__in=here)
    return found.select_related("entry__author", "set_out_by").order_by("entry__published_at", "pk")


def _first_asks(areas: frozenset[int], viewer: Actor, most: int, now: datetime, before: datetime) -> QuerySet[Exchange]:
    return _asks(areas, viewer, now, before)[:most]


_waiting_asks = prepared_for(_first_asks, datetime, datetime)


def find_asks(beat: Beat, most: int) -> Iterable[Waiting]:
    if not beat.municipality.has_room(ROOM):
        return []
    asks = _waiting_asks(frozenset(beat.areas_with(LOOK_AFTER)), beat.viewer, most)
    return [_waiting(ask, beat) for ask in asks(beat.now, beat.now - UNANSWERED)]


def _waiting(ask: Exchange, beat: Beat) -> Waiting:
    entry = ask.entry
    since = entry.published_at or entry.created_at
    waits = {"waits": waits_in_words(since, beat.now)}
    late = beat.now - since >= LATE
    reason = _("Waits %(waits)s, and nobody has answered.") if late else _("Nobody has answered yet, %(waits)s.")
    is_own = entry.author_id == beat.viewer.identity_id
    answer = Lead(gettext_lazy("Answer it"), "reply", reverse_lazy("exchange:answer", args=[entry.code]))
    return Waiting(
        ask.pk, OF_ITS_ENTRY, entry.title, reason % waits, since,
        url=way_to(entry),
        moves=(
            Move(CARE, gettext_lazy("I am looking for somebody"), "ear"),
            Move(SOLVED, gettext_lazy("It is solved"), "check"),
        ),
        leads=() if is_own else (answer,), entry_id=entry.pk, title_language=entry.language,
    )  # fmt: skip


def do_ask(waiting: Waiting, verb: str, words: str, beat: Beat) -> str:
    del words
    if verb == CARE:
        return _("Good. If nobody has answered in three days, it is here again.")
    asks = _asks(frozenset(beat.areas_with(LOOK_AFTER)), beat.viewer, beat.now, beat.now - UNANSWERED)
    solve_exchange(asks.get(pk=waiting.id), by=beat.viewer, now=beat.now)
    return _("Solved. Well done!")


def plug_exchange() -> None:
    duty = Duty(gettext_lazy("Unanswered"), "hourglass", 9, find_asks, do_ask, rests=timedelta(days=3))
    duties.plug("ask", duty, rank=10)
