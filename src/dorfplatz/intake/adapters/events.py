"""The calendar: how many come to what she set out, and what is off of that to which she comes."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db.models import Max, Q, Sum
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dorfplatz.entries.enums import State
from dorfplatz.entries.models import Entry
from dorfplatz.events.enums import Change, Status
from dorfplatz.events.models import Coming, Event, Occurrence
from dorfplatz.events.room import ROOM
from dorfplatz.intake.lookback import page_of
from dorfplatz.kernel.actor import Actor
from dorfplatz.members.sockets import Call, Writing, calls, writings

MOST = 200


def coming(people: Collection[int], viewer: Actor, now: datetime) -> Iterable[Call]:
    """How many come to a date of hers; it is to be told again when more do. Two queries."""
    del viewer  # the dates are theirs for whom the viewer acts; who comes is not told
    hers = Coming.objects.filter(
        event__entry__author__in=people, on__gte=now.date(), event__entry__state=State.PUBLISHED
    )
    others = hers.exclude(identity__in=people).values("event", "on")
    rows = list(others.annotate(persons=Sum("persons"), last=Max("said_at")).order_by("last", "event", "on")[:MOST])
    events = Event.objects.select_related("entry").in_bulk({row["event"] for row in rows})
    for row in rows:
        entry, n = events[row["event"]].entry, row["persons"]
        words = ngettext(
            "%(n)d person comes to “%(title)s” on %(day)s.", "%(n)d people come to “%(title)s” on %(day)s.", n
        )
        text = words % {"n": n, "title": entry.title, "day": date_format(row["on"], "j. F")}
        key = f"coming:{entry.pk}:{row['on']:%Y%m%d}"
        yield Call(key, entry.author_id or 0, text, row["last"], url=page_of(entry))


def called_off(people: Collection[int], viewer: Actor, now: datetime) -> Iterable[Call]:
    """What does not take place, of that to which she comes. Two queries."""
    seen = Entry.objects.filter(kind="event").visible_to(viewer, now=now).values("pk")
    hers = Coming.objects.filter(identity__in=people, on__gte=now.date(), event__entry__in=seen)
    rows = list(hers.select_related("event__entry").order_by("on", "pk")[:MOST])
    near = Occurrence.objects.filter(event__in=[row.event_id for row in rows], on__in=[row.on for row in rows])
    off = set(near.filter(Q(change=Change.CANCELLED) | Q(event__status=Status.CANCELLED)).values_list("event", "on"))
    for row in rows:
        if (row.event_id, row.on) in off:
            said = {"title": row.event.entry.title, "day": date_format(row.on, "j. F")}
            text = _("“%(title)s” on %(day)s does not take place. She wanted to come.") % said
            yield Call(f"off:{row.pk}", row.identity_id, text, row.said_at, url=page_of(row.event.entry))


def plug_events() -> None:
    calls.plug("events.coming", coming)
    calls.plug("events.off", called_off)
    writings.plug("date", Writing(
        gettext_lazy("She has a date for the calendar"), "calendar-plus",
        gettext_lazy("a date in the calendar, and telling her who comes"), lambda _slug: reverse("events:add"), ROOM,
    ), rank=40)  # fmt: skip
