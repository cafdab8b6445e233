"""“I’m coming”: said once however often it is sent, and never by more than there is room for."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dorfplatz.events.enums import Change, Status
from dorfplatz.events.facts import ComingSaid
from dorfplatz.events.models import Coming, Event
from dorfplatz.events.policies import can_say_coming
from dorfplatz.journal.actions import record_act
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.facts import announce
from dorfplatz.kernel.verdict import Problem

MOST_PERSONS = 20
KEPT_FOR = timedelta(days=30)


@transaction.atomic
def say_coming(event: Event, *, on: date, persons: int, shows_name: bool, by: Actor, now: datetime) -> Coming:
    """Note that the person comes, with so many in all. Said again it changes the number; nobody is counted twice.

    Raises Problem for a date that is over or does not take place, and where there is not so much room left.
    """
    can_say_coming(by, event).require()
    # The lock lets one after the other count what is free.
    locked = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
    persons = max(1, min(persons, MOST_PERSONS))
    _require_open(locked, on, now)
    known = Coming.objects.filter(event=locked, on=on, identity=by.identity_id or 0).first()
    _require_room(locked, on, persons, known)
    if known and (known.persons, known.shows_name) == (persons, shows_name):
        return known
    stated = {"persons": persons, "shows_name": shows_name and not by.is_minor, "said_at": now}
    coming, _is_new = Coming.objects.update_or_create(
        event=locked, on=on, identity_id=by.identity_id or 0, defaults=stated
    )
    _written(event, on, by=by, now=now, is_coming=True)
    return coming


def _require_open(event: Event, on: date, now: datetime) -> None:
    occurrence = event.occurrences.filter(on=on).first()
    if occurrence is None or occurrence.change == Change.CANCELLED or event.status == Status.CANCELLED:
        raise Problem(_("On that day it does not take place."))
    is_over = occurrence.ends_at < now and occurrence.last_on < now.astimezone(UTC).date()
    if is_over:
        raise Problem(_("That date is over."))


def _require_room(event: Event, on: date, persons: int, known: Coming | None) -> None:
    if event.capacity is None:
        return
    others = Coming.objects.filter(event=event, on=on).exclude(pk=known.pk if known else 0)
    free = event.capacity - (others.aggregate(total=Sum("persons"))["total"] or 0)
    if persons <= free:
        return
    if free <= 0:
        raise Problem(_("Unfortunately there is no room left on that day."))
    words = ngettext("There is room for one more only.", "There is room for %(free)d more only.", free)
    raise Problem(words % {"free": free})


@transaction.atomic
def take_back_coming(event: Event, *, on: date, by: Actor, now: datetime) -> None:
    """The person does not come after all."""
    can_say_coming(by, event).require()
    if Coming.objects.filter(event=event, on=on, identity=by.identity_id or 0).delete()[0]:
        _written(event, on, by=by, now=now, is_coming=False)


@transaction.atomic
def forget_old_comings(*, by: Actor, now: datetime) -> int:
    """Who came where is nobody's business a month later; returns how many were forgotten."""
    day = (now - KEPT_FOR).date()
    gone, _by_table = Coming.objects.filter(on__lt=day).delete()
    if gone:
        record_act("event.comings_forgotten", by=by, now=now, thing="coming:old", details={"count": gone})
    return gone


def _written(event: Event, on: date, *, by: Actor, now: datetime, is_coming: bool) -> None:
    record_act("event.coming", by=by, now=now, thing=f"entry:{event.pk}", details={"on": on.isoformat()})
    announce(ComingSaid(event.pk, on, is_coming))
