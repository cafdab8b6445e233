"""What connectors' desks keep of a person: what she has done there, and what others have noted of her."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from dorfplatz.desk.models import Done, HandedOn, Note, Snooze, Tally
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.data_map import Basis, Kept, tables
from dorfplatz.members.models import Joining
from dorfplatz.members.sockets import Part, Row, personal_data

UNTIL_LEFT = _("A year; your name no longer than you are here.")


def _notes_of(identity_id: int) -> QuerySet[Note]:
    """What she has noted, and what was noted about her as a newcomer."""
    about = [f"newcomer:{pk}" for pk in Joining.objects.filter(identity=identity_id).values_list("pk", flat=True)]
    return Note.objects.filter(Q(by=identity_id) | Q(key__in=about))


def _notes(identity_id: int) -> Iterable[Row]:
    yield from _notes_of(identity_id).order_by("pk").values("key", "text", "written_at", "erase_on", "is_for_successor")


def _let_notes_go(identity_id: int, by: Actor, now: datetime) -> None:
    """What is about her goes; of what she has noted, only what she left to her successor stays, without her name."""
    del by, now
    mine = Note.objects.filter(by=identity_id)
    _notes_of(identity_id).exclude(pk__in=mine.values("pk")).delete()
    mine.filter(is_for_successor=False).delete()
    mine.update(by=None)


def _done_of(identity_id: int) -> QuerySet[Done]:
    return Done.objects.filter(by=identity_id)


def _done(identity_id: int) -> Iterable[Row]:
    yield from _done_of(identity_id).order_by("pk").values("key", "done_at")


def _let_done_go(identity_id: int, by: Actor, now: datetime) -> None:
    del by, now
    _done_of(identity_id).update(by=None)
    HandedOn.objects.filter(by=identity_id).update(by=None)


def _lying_of(identity_id: int) -> QuerySet[HandedOn]:
    return HandedOn.objects.filter(Q(by=identity_id) | Q(to=identity_id))


def _lying(identity_id: int) -> Iterable[Row]:
    for row in _lying_of(identity_id).order_by("pk"):
        yield {"key": row.key, "at": row.at, "is_mine": row.to_id == identity_id}


def _snoozed_of(identity_id: int) -> QuerySet[Snooze]:
    return Snooze.objects.filter(identity=identity_id)


def _snoozed(identity_id: int) -> Iterable[Row]:
    yield from _snoozed_of(identity_id).order_by("pk").values("key", "until")


def _tally_of(identity_id: int) -> QuerySet[Tally]:
    return Tally.objects.filter(identity=identity_id)


def _tally(identity_id: int) -> Iterable[Row]:
    yield from _tally_of(identity_id).values("count", "counted_at")


def plug_own_desk() -> None:
    thing = _("What it is about")
    personal_data.plug("desk_notes", Part(
        _("Notes at the desk, by you or about you as a newcomer"),
        {
            "key": thing, "text": _("Note"), "written_at": _("Written"), "erase_on": _("Erased on"),
            "is_for_successor": _("For a successor, too"),
        },
        _notes, _let_notes_go, stays=_("Notes you left to a successor stay until their day, without your name."),
        there=_notes_of,
    ), rank=80)  # fmt: skip
    personal_data.plug("desk_done", Part(
        _("What you have done at the desk"), {"key": thing, "done_at": _("Done")}, _done, _let_done_go,
        stays=_("That it was done stays for a year, without your name."), there=_done_of, is_raw=True,
    ), rank=81)  # fmt: skip
    personal_data.plug("desk_handed", Part(
        _("What was handed from desk to desk"), {"key": thing, "at": _("When"), "is_mine": _("To you")}, _lying,
        there=_lying_of, is_raw=True,
    ), rank=82)  # fmt: skip
    personal_data.plug("desk_put_off", Part(
        _("What you have put off at the desk"), {"key": thing, "until": _("Until")}, _snoozed,
        there=_snoozed_of, is_raw=True,
    ), rank=83)  # fmt: skip
    personal_data.plug("desk_tally", Part(
        _("How much waits at your desk"), {"count": _("How many"), "counted_at": _("Counted")}, _tally,
        there=_tally_of, is_raw=True,
    ), rank=84)  # fmt: skip
    plug_tables()


def plug_tables() -> None:
    tables.plug("desk.Note", Kept(
        _("Notes that a Buurtverbinder makes of what waits"), _("So that she remembers when she comes back to it."),
        _("A month to half a year, as was said when it was written."), Basis.PUBLIC_TASK,
        ("by", "area", "key", "text", "written_at", "erase_on", "is_for_successor"), subject="by_id", part="desk_notes",
        secret=("by", "area"),
    ), rank=80)  # fmt: skip
    tables.plug("desk.Done", Kept(
        _("What a Buurtverbinder has done at the desk"), _("So that it does not come up again at once."), UNTIL_LEFT,
        Basis.PUBLIC_TASK, ("by", "area", "key", "done_at"), subject="by_id", part="desk_done", secret=("by", "area"),
    ), rank=81)  # fmt: skip
    tables.plug("desk.HandedOn", Kept(
        _("What one Buurtverbinder has handed to another"), _("So that it lies on one desk."),
        _("Until it is done, at the latest half a year."), Basis.PUBLIC_TASK, ("by", "to", "area", "key", "at"),
        subject="to_id", part="desk_handed", secret=("by", "to", "area"),
    ), rank=82)  # fmt: skip
    tables.plug("desk.Snooze", Kept(
        _("What a Buurtverbinder has put off"), _("So that it comes back on that day."), _("Until that day."),
        Basis.PUBLIC_TASK, ("identity", "key", "until"), subject="identity_id", part="desk_put_off",
        secret=("identity",),
    ), rank=83)  # fmt: skip
    tables.plug("desk.Tally", Kept(
        _("How much waits at a Buurtverbinder’s desk"), _("So that the menu can say so."), _("Until you have left."),
        Basis.PUBLIC_TASK, ("identity", "count", "counted_at"), subject="identity_id", part="desk_tally",
        secret=("identity",),
    ), rank=84)  # fmt: skip
