"""Cancelling, moving and adding single dates, calling off the rest or the whole: each with a word to those who come."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from dorfplatz.entries.actions import note_change
from dorfplatz.events.actions.expansion import expand
from dorfplatz.events.actions.telling import tell_of
from dorfplatz.events.actions.write import hours_of
from dorfplatz.events.enums import Change, Status
from dorfplatz.events.models import Event, SingleDate
from dorfplatz.events.policies import can_change_event
from dorfplatz.events.series import Single
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.verdict import Problem

DAY = timedelta(days=1)


@transaction.atomic
def change_date(event: Event, *, single: Single, by: Actor, now: datetime) -> None:
    """Cancel, move or add one date. The same said again changes nothing. Raises Problem for a day it has not."""
    can_change_event(by, event).require()
    event = _locked(event)
    known = event.single_dates.filter(on=single.on).first()
    if known is not None and known.as_single(event.zone) == single:
        return
    is_there = event.occurrences.filter(on=single.on).exists()
    if single.change != Change.ADDED and not is_there:
        raise Problem(_("On that day there is no such date."))
    if single.change == Change.ADDED and is_there and known is None:
        raise Problem(_("On that day it takes place already."))
    if known is not None and known.change == Change.ADDED and single.change == Change.MOVED:
        single = replace(single, change=Change.ADDED)
    stated = {"change": single.change, "word": single.word, **hours_of(single)}
    SingleDate.objects.update_or_create(event=event, on=single.on, defaults=stated)
    _written(event, single.change, on=single.on, word=single.word, by=by, now=now)


@transaction.atomic
def put_back_date(event: Event, *, on: date, by: Actor, now: datetime) -> None:
    """One date is again as the series says; an added one is gone."""
    can_change_event(by, event).require()
    event = _locked(event)
    if event.single_dates.filter(on=on).delete()[0]:
        _written(event, "restored", on=on, word="", by=by, now=now)


@transaction.atomic
def end_series(event: Event, *, before: date, word: str, by: Actor, now: datetime) -> None:
    """From that day on the series takes place no more. Raises Problem where nothing would be left of it."""
    can_change_event(by, event).require()
    event = _locked(event)
    rule = event.series_rule
    if rule is None or before <= event.starts_on:
        raise Problem(_("Nothing would be left of it. Please call the whole off instead."))
    today = now.astimezone(UTC).date()
    tell_of(event, "ended", on=None, word=word, today=max(today, before), now=now)
    event.rule = str(replace(rule, until=before - DAY, count=None))
    event.single_dates.filter(on__gte=before).delete()
    _written(event, "", on=None, word=word, by=by, now=now)


@transaction.atomic
def call_off(event: Event, *, word: str, by: Actor, now: datetime) -> None:
    """The whole does not take place; it stays to be seen as cancelled, with the word why."""
    can_change_event(by, event).require()
    event = _locked(event)
    if event.status == Status.CANCELLED and event.status_word == word:
        return
    event.status, event.status_word = Status.CANCELLED, word
    _written(event, "called_off", on=None, word=word, by=by, now=now)


@transaction.atomic
def put_back(event: Event, *, by: Actor, now: datetime) -> None:
    """It takes place after all."""
    can_change_event(by, event).require()
    event = _locked(event)
    if event.status == Status.CANCELLED:
        event.status, event.status_word = Status.PLANNED, ""
        _written(event, "restored", on=None, word="", by=by, now=now)


def _locked(event: Event) -> Event:
    return Event.objects.select_for_update(of=("self",)).select_related("entry").get(pk=event.pk)


def _written(event: Event, change: str, *, on: date | None, word: str, by: Actor, now: datetime) -> None:
    """Save, work the dates out anew, write it down and tell it."""
    today = now.astimezone(UTC).date()
    event.sequence += 1
    event.save()
    expand([event], today=today)
    note_change(event.entry, by=by, now=now, fields=["dates"])
    if change:
        tell_of(event, change, on=on, word=word, today=today, now=now)
