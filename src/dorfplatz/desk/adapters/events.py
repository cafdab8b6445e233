"""The calendar: dates that a picture would bring nearer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.urls import reverse_lazy
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dorfplatz.desk.adapters.ways import way_to
from dorfplatz.events.enums import EDIT
from dorfplatz.events.models import Event
from dorfplatz.events.queries.bare import dates_without_picture
from dorfplatz.events.room import ROOM
from dorfplatz.members.sockets import OF_ITS_ENTRY, Beat, Duty, Lead, Move, Waiting, duties

SHARE = 2
BARE = "bare"


def find_bare_dates(beat: Beat, most: int) -> Iterable[Waiting]:
    if not beat.municipality.has_room(ROOM):
        return []
    found = dates_without_picture(beat.areas_with(EDIT), beat.viewer, now=beat.now, most=most)
    return [_bare(event, beat) for event in found]


def _bare(event: Event, beat: Beat) -> Waiting:
    entry = event.entry
    add = Lead(gettext_lazy("Add a picture"), "camera", reverse_lazy("events:edit", args=[entry.code]))
    reason = _("Is on %(day)s and has no picture yet.") % {"day": date_format(event.starts_on, "j. F")}
    return Waiting(
        entry.pk, OF_ITS_ENTRY, entry.title, reason, entry.published_at or beat.now,
        url=way_to(entry),
        moves=(Move(BARE, gettext_lazy("It does without"), "x"),), leads=(add,),
        entry_id=entry.pk, title_language=entry.language,
    )  # fmt: skip


def do_bare_date(waiting: Waiting, verb: str, words: str, beat: Beat) -> str:
    del verb, words, beat
    return _("Good. “%(title)s” does without.") % {"title": waiting.title}


def plug_events() -> None:
    year = timedelta(days=366)
    bare = Duty(gettext_lazy("Date without a picture"), "camera", 0, find_bare_dates, do_bare_date, year, SHARE)
    duties.plug("date-picture", bare, rank=85)
