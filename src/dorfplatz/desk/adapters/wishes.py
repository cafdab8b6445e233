"""Wishes that nobody has answered for three days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dorfplatz.desk.adapters.ways import way_to
from dorfplatz.desk.words import waits_in_words
from dorfplatz.entries.models import Entry
from dorfplatz.entries.tongue import tongue_of
from dorfplatz.kernel.actor import Actor
from dorfplatz.members.sockets import OF_ITS_ENTRY, Beat, Duty, Move, Waiting, duties
from dorfplatz.villages.prepared import prepared_for
from dorfplatz.wishes.actions import answer_wish
from dorfplatz.wishes.actions.answer import Answer
from dorfplatz.wishes.enums import ANSWER, Status
from dorfplatz.wishes.queries import counts_of, waiting_wishes, wish_of
from dorfplatz.wishes.room import ROOM
from dorfplatz.wishes.words import joined_in_words

WAITS = timedelta(days=3)
MOVES = (
    Move(Status.HEARD.value, gettext_lazy("It is heard"), "ear", gettext_lazy("What happens now? All can read it.")),
    Move(
        Status.NOT_POSSIBLE.value, gettext_lazy("It is not possible"), "circle-alert",
        gettext_lazy("Why not? All can read it."),
    ),
)  # fmt: skip


def _wishes(areas: frozenset[int], viewer: Actor, most: int, now: datetime, before: datetime) -> QuerySet[Entry]:
    found: QuerySet[Entry] = waiting_wishes(areas, before=before, viewer=viewer, now=now).select_related("wish")
    return found[:most]


_waiting_wishes = prepared_for(_wishes, datetime, datetime)


def find_wishes(beat: Beat, most: int) -> Iterable[Waiting]:
    if not beat.municipality.has_room(ROOM):
        return []
    wishes = _waiting_wishes(frozenset(beat.areas_with(ANSWER)), beat.viewer, most)
    entries = wishes(beat.now, beat.now - WAITS)
    counts = counts_of([entry.pk for entry in entries])
    return [_waiting(entry, counts.get(entry.pk, 0), beat) for entry in entries]


def _waiting(entry: Entry, joined: int, beat: Beat) -> Waiting:
    since = entry.published_at or entry.created_at
    reason = _("Nobody has answered this wish, %(waits)s.") % {"waits": waits_in_words(since, beat.now)}
    many = joined_in_words(joined + entry.wish.on_paper)
    return Waiting(
        entry.pk, OF_ITS_ENTRY, entry.title, f"{reason} {many}".strip(), since,
        url=way_to(entry), moves=MOVES,
        entry_id=entry.pk, title_language=entry.language,
    )  # fmt: skip


def do_wish(waiting: Waiting, verb: str, words: str, beat: Beat) -> str:
    entry = Entry.objects.prefetch_related("placements__area").select_related("author").get(pk=waiting.id)
    said = words.strip()
    language = tongue_of(said, among=beat.municipality.languages, otherwise=beat.viewer.language)
    step = Answer(Status(verb), said, language)
    # Said from the desk once: what is answered lies there no more.
    answer_wish(wish_of(entry), answer=step, form_key=f"desk-{entry.pk}-{verb}", by=beat.viewer, now=beat.now)
    return _("Answered. Whoever wished it and whoever joined in is told.")


def plug_wishes() -> None:
    duties.plug("wish", Duty(gettext_lazy("Wishes"), "sparkles", 6, find_wishes, do_wish), rank=25)
