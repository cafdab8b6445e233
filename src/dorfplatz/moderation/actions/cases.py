"""A case is opened: one for a thing, however many say so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from dorfplatz.journal.actions import record_act
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.facts import announce
from dorfplatz.kernel.verdict import Problem
from dorfplatz.members.sockets import Exhibit
from dorfplatz.moderation.enums import LOOKED_AT_FIRST, Cause, Rank
from dorfplatz.moderation.exhibits import area_here, exhibit_of, where_of
from dorfplatz.moderation.facts import CaseOpened
from dorfplatz.moderation.models import Case
from dorfplatz.moderation.policies import can_look_oneself
from dorfplatz.moderation.queries import open_case_of
from dorfplatz.villages.models import Municipality

EXCERPT = 2000


@dataclass(frozen=True)
class Reason:
    """Why somebody has to look: what opened the case, what the gate said or on what ground, and how grave it is."""

    cause: Cause
    why: str
    rank: Rank


@dataclass(frozen=True)
class Subject:
    """What has to be looked at: the journal's word for it, how it looks now, and in which municipality it was seen."""

    thing: str
    exhibit: Exhibit
    seen_in: Municipality


@transaction.atomic
def open_case(subject: Subject, *, reason: Reason, by: Actor, now: datetime) -> Case:
    """The open case about this thing; a new one where there is none. A graver reason moves it up."""
    case = open_case_of(subject.thing) or _opened(subject, reason, by, now)
    if reason.rank < case.rank:
        case.rank, case.why = reason.rank, reason.why
        # What was held back stays so until it is decided, whatever is said of it.
        case.cause = case.cause if case.cause in LOOKED_AT_FIRST else reason.cause
        case.save(update_fields=["rank", "why", "cause"])
        announce(CaseOpened(case.pk, case.rank))
    return case


@transaction.atomic
def look_oneself(thing: str, *, seen_in: Municipality, by: Actor, now: datetime) -> Case:
    """Somebody who decides has seen for herself that something is wrong: the case in which she says what, and why.

    Raises Problem where the thing is gone.
    """
    exhibit = exhibit_of(thing)
    if exhibit is None:
        raise Problem(_("This is not there any more."))
    can_look_oneself(by, area_here(exhibit, seen_in), exhibit.author_id).require()
    return open_case(Subject(thing, exhibit, seen_in), reason=Reason(Cause.OWN, "", Rank.LOOK), by=by, now=now)


def _opened(subject: Subject, reason: Reason, by: Actor, now: datetime) -> Case:
    exhibit = subject.exhibit
    owner, area = where_of(exhibit, subject.seen_in)
    case = Case(
        municipality=owner,
        area=area,
        thing=subject.thing,
        author_id=exhibit.author_id,
        cause=reason.cause,
        why=reason.why[:40],
        rank=reason.rank,
        title=exhibit.title[:200],
        excerpt=exhibit.text[:EXCERPT],
        opened_at=now,
    )
    try:
        with transaction.atomic():
            case.save()
    except IntegrityError:  # opened at the same moment elsewhere
        return Case.objects.get(thing=subject.thing, closed_at__isnull=True)
    details = {"cause": reason.cause, "rank": int(reason.rank), "thing": subject.thing}
    record_act("moderation.opened", by=by, now=now, thing=f"case:{case.pk}", area_id=area.pk, details=details)
    announce(CaseOpened(case.pk, case.rank))
    return case
