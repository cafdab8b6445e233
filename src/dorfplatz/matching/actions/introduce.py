"""Bringing two people together: proposed, asked, introduced, and how it went."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from dorfplatz.journal.actions import record_act
from dorfplatz.kernel.actor import Actor, system
from dorfplatz.kernel.verdict import Problem
from dorfplatz.matching.concepts import vocabulary
from dorfplatz.matching.enums import GOING, OPEN, Said, State
from dorfplatz.matching.models import AskedPerson, Introduction, MonthCount, Passed
from dorfplatz.matching.policies import can_answer_question, can_introduce, can_run_introduction, can_thank
from dorfplatz.matching.post import ask_person, tell_introduced, tell_not, tell_noted, tell_thanks
from dorfplatz.matching.queries import Proposal, is_hindered, suggestions_for
from dorfplatz.matching.sides import Sense
from dorfplatz.villages.models import Area
from dorfplatz.villages.queries import Site

ALL = 500
QUIETLY = system("matching")


def _suggested(key: str, site: Site, by: Actor, now: datetime) -> Proposal:
    """The pair, if it is suggested to the actor at this moment."""
    found = next((one for one in suggestions_for(site, by, now=now, most=ALL) if one.key == key), None)
    if found is None:
        raise Problem(_("This is not suggested any more: one of the two is settled, or somebody has seen to it."))
    can_introduce(by, found.area).require()
    return found


@transaction.atomic
def propose_introduction(key: str, *, site: Site, by: Actor, now: datetime) -> Introduction:
    """Ask both whether they would like to be introduced. A second click finds the first one’s.

    Raises Problem for a pair that is not suggested to the actor, and for a place, to which nobody is introduced.
    """
    known = Introduction.objects.visible_to(by).filter(pair=key, state__in=GOING).first()
    if known:
        return known
    found = _suggested(key, site, by, now)
    if not found.is_between_people:
        raise Problem(_("There is nobody here to be introduced: please look at the page and ask there."))
    introduction = Introduction.objects.create(
        area=found.area, connector_id=by.identity_id, pair=key, theme=_theme(found), proposed_at=now,
        needs_id=found.needs.entry_id, has_id=found.has.entry_id or None,
        gift_id=None if found.has.entry_id else found.has.side.id,
    )  # fmt: skip
    for thing in (found.needs, found.has):
        AskedPerson.objects.create(introduction=introduction, thing=thing.key, identity=thing.person)
    _note("matching.proposed", introduction, by, now)
    _count(found.area, "proposed", now)
    told = [ask_person(person, now=now) for person in _people(introduction)]
    if any(told):
        _move(introduction, State.ASKED)
    return introduction


def _theme(found: Proposal) -> str:
    """What may be said of the other before both have said yes: the theme, where both things are public."""
    if not (found.needs.is_public and found.has.is_public):
        return ""
    themes = (reason.value for reason in found.suggestion.reasons if reason.sense == Sense.THEME)
    return next((str(theme) for theme in themes if theme in vocabulary().concepts), "")


@transaction.atomic
def pass_suggestion(key: str, *, site: Site, by: Actor, now: datetime) -> None:
    """Say that the two do not fit; the village is not shown this pair again for half a year."""
    found = _suggested(key, site, by, now)
    Passed.objects.get_or_create(area=found.area, pair=key, defaults={"by_id": by.identity_id, "at": now})
    record_act("matching.passed", by=by, now=now, thing=f"introduction:{key}", area_id=found.area.pk)


@transaction.atomic
def answer_question(person: AskedPerson, *, says: Said, by: Actor, now: datetime) -> Introduction:
    """Yes or no, by whoever is asked, or by the connector who heard it. The second yes introduces the two.

    A no ends it; neither the other nor the connector is told more than that it did not work out.
    """
    introduction = _locked(person.introduction_id)
    person = next(one for one in _people(introduction) if one.pk == person.pk)
    can_answer_question(by, person).require()
    if says == Said.NO:
        end_it(introduction, by, now, besides=person)
        return introduction
    if person.said_yes_at is None:
        heard_by = None if by.identity_id == person.identity_id else by.identity_id
        AskedPerson.objects.filter(pk=person.pk).update(said_yes_at=now, said_yes_to=heard_by)
        record_act(
            "matching.yes", by=by, now=now, thing=f"introduction:{introduction.pk}", area_id=introduction.area_id
        )
    people = _people(introduction)
    if all(one.said_yes_at for one in people):
        _introduce(introduction, people, by, now)
    elif by.identity_id != person.identity_id:
        tell_noted(person, now=now)
    return introduction


def _introduce(introduction: Introduction, people: list[AskedPerson], by: Actor, now: datetime) -> None:
    """Both have said yes: each hears who the other is. Not where something has come between them meanwhile."""
    if is_hindered(people, now=now):
        end_it(introduction, by, now)
        return
    introduction.introduced_at = now
    _move(introduction, State.INTRODUCED)
    _count(introduction.area, "introduced", now)
    _note("matching.introduced", introduction, by, now)
    one, other = people
    tell_introduced(one, other, now=now)
    tell_introduced(other, one, now=now)


@transaction.atomic
def call_off_introduction(introduction: Introduction, *, by: Actor, now: datetime) -> None:
    """Ask no further. Who has said yes hears that it did not work out."""
    introduction = _locked(introduction.pk)
    can_run_introduction(by, introduction).require()
    if introduction.state not in OPEN:
        raise Problem(_("This is settled already."))
    end_it(introduction, by, now)


@transaction.atomic
def say_outcome(introduction: Introduction, *, worked: bool, by: Actor, now: datetime) -> None:
    """How it went, as the connector has heard. Once."""
    introduction = _locked(introduction.pk)
    can_run_introduction(by, introduction).require()
    if introduction.state != State.INTRODUCED:
        raise Problem(_("This is settled already."))
    introduction.ended_at = now
    _move(introduction, State.WORKED if worked else State.DID_NOT)
    if worked:
        _count(introduction.area, "worked", now)
    _note("matching.outcome", introduction, by, now)


@transaction.atomic
def say_thanks(person: AskedPerson, *, by: Actor, now: datetime) -> None:
    """Thank the other; once."""
    introduction = _locked(person.introduction_id)
    person = next(one for one in _people(introduction) if one.pk == person.pk)
    can_thank(by, person).require()
    if not AskedPerson.objects.filter(pk=person.pk, thanked_at__isnull=True).update(thanked_at=now):
        return
    _move(introduction, State.THANKED)
    record_act(
        "matching.thanked", by=by, now=now, thing=f"introduction:{introduction.pk}", area_id=introduction.area_id
    )
    for other in _people(introduction):
        if other.pk != person.pk:
            tell_thanks(other, person, now=now)


def _locked(pk: int) -> Introduction:
    return Introduction.objects.select_for_update(of=("self",)).select_related("area", "connector").get(pk=pk)


def _people(introduction: Introduction) -> list[AskedPerson]:
    found = list(introduction.people.select_related("identity__login").order_by("pk"))
    for person in found:
        person.introduction = introduction
    return found


def _note(verb: str, introduction: Introduction, by: Actor, now: datetime) -> None:
    record_act(verb, by=by, now=now, thing=f"introduction:{introduction.pk}", area_id=introduction.area_id)


def _move(introduction: Introduction, state: State) -> None:
    introduction.state = state
    introduction.save(update_fields=["state", "introduced_at", "ended_at"])


def end_it(introduction: Introduction, by: Actor, now: datetime, besides: AskedPerson | None = None) -> None:
    """For actions that have asked whether they may. Who has said what is not kept; who had said yes hears no more than

    that it did not work out.
    """
    people = _people(introduction)
    introduction.ended_at = now
    _move(introduction, State.DID_NOT)
    introduction.people.update(said_yes_at=None, said_yes_to=None)
    _note("matching.ended", introduction, by if by.is_system else QUIETLY, now)  # the journal tells nobody who it was
    for person in people:
        if person.said_yes_at is not None and (besides is None or person.pk != besides.pk):
            tell_not(person, now=now)


def _count(area: Area, field: str, now: datetime) -> None:
    month = now.date().replace(day=1)
    row, _is_new = MonthCount.objects.get_or_create(area=area, month=month)
    MonthCount.objects.filter(pk=row.pk).update(**{field: F(field) + 1})
