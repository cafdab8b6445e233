"""What a person has to do with the calendar, as she gets it, and what happens to it when she goes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from dorfplatz.entries.actions import erase_entries
from dorfplatz.events.models import Coming, Event
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.data_map import Basis, Kept, tables
from dorfplatz.members.naming import naming
from dorfplatz.members.sockets import Part, Row, TitleOf, personal_data


def _comings(identity_id: int) -> Iterable[Row]:
    for coming in Coming.objects.filter(identity=identity_id).select_related("event__entry").order_by("pk"):
        yield {
            "event": TitleOf(coming.event.entry.title, coming.event_id), "on": coming.on, "persons": coming.persons,
            "shows_name": coming.shows_name, "said_at": coming.said_at,
        }  # fmt: skip


def _let_go_comings(identity_id: int, _by: Actor, _now: datetime) -> None:
    Coming.objects.filter(identity=identity_id).delete()


def _dates_of(identity_id: int) -> QuerySet[Event]:
    return Event.objects.filter(entry__author=identity_id)


def _dates(identity_id: int) -> Iterable[Row]:
    for event in _dates_of(identity_id).select_related("entry").order_by("pk"):
        yield {
            "title": event.entry.title, "starts_on": event.starts_on, "place_words": event.place_words,
            "registration": event.registration, "cost_note": event.cost_note, "status_word": event.status_word,
        }  # fmt: skip


def _let_go_dates(identity_id: int, by: Actor, now: datetime) -> None:
    """Of the events she set out, those whose words name her."""
    is_named = naming(identity_id)
    mine = _dates_of(identity_id).prefetch_related("single_dates")
    words = {
        event.pk: [
            event.place_words,
            event.registration,
            event.cost_note,
            event.status_word,
            *(s.word for s in event.single_dates.all()),
        ]
        for event in mine
    }
    erase_entries([pk for pk, said in words.items() if is_named(*said)], by=by, now=now)


def plug_own_events() -> None:
    personal_data.plug("comings", Part(
        _("Where you come"),
        {
            "event": _("Date"), "on": _("Day"), "persons": _("How many"), "shows_name": _("Name shown to others"),
            "said_at": _("Said"),
        },
        _comings, _let_go_comings,
    ), rank=62)  # fmt: skip
    personal_data.plug("dates", Part(
        _("Dates you have set out"),
        {
            "title": _("Title"), "starts_on": _("Day"), "place_words": _("Place"), "registration": _("Registration"),
            "cost_note": _("Cost"), "status_word": _("Why it is cancelled"),
        },
        _dates, _let_go_dates, there=_dates_of,
        stays=_("Dates for the village stay, without your name. Those that name you go with you."),
    ), rank=63)  # fmt: skip
    tables.plug("events.Coming", Kept(
        _("Where you come, and with how many"), _("So that those who organise can plan."),
        _("30 days longer than the date, or until you take it back."), Basis.MEMBERSHIP,
        ("event", "on", "identity", "persons", "shows_name", "said_at"), subject="identity_id", part="comings",
        secret=("identity",),
    ), rank=47)  # fmt: skip
    tables.plug("events.Event", Kept(
        _("Where and how dates take place"), _("So that people find their way."), _("As long as the date stands."),
        Basis.PUBLIC_TASK, ("place_words", "registration", "cost_note", "status_word"), subject="entry__author_id",
        part="dates",
    ), rank=48)  # fmt: skip
