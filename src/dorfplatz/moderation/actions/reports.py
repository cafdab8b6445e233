"""Somebody says that something is wrong: anybody, about anything (Art. 16 DSA)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from dorfplatz.jobs.queue import enqueue
from dorfplatz.journal.actions import record_act
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.verdict import Problem
from dorfplatz.mail.letter import checked_address
from dorfplatz.moderation.actions.cases import Reason, Subject, open_case
from dorfplatz.moderation.enums import Cause, Rank
from dorfplatz.moderation.exhibits import exhibit_of
from dorfplatz.moderation.grounds import GROUNDS
from dorfplatz.moderation.letters import write_to_reporter
from dorfplatz.moderation.models import Case, Report
from dorfplatz.villages.models import Municipality

# What strangers may report in a quarter of an hour, about one thing and in a municipality, and a member in an hour.
# Nothing about strangers is kept to count it. Life in danger is always taken down.
WITHIN, MEMBERS_WITHIN = timedelta(minutes=15), timedelta(hours=1)
MOST_FOR_ONE, MOST_FOR_ALL, MOST_OF_A_MEMBER = 5, 60, 20


@dataclass(frozen=True)
class Said:
    """What the form says. Name and address are asked of visitors only."""

    ground: str
    text: str
    language: str
    name: str = ""
    email: str = ""


@transaction.atomic
def receive_report(
    thing: str, *, said: Said, municipality: Municipality, form_key: str, by: Actor, now: datetime
) -> Report:
    """Take down a report about a thing that the reporter may see, and send the receipt; the same form counts once.

    Raises Problem for what is missing, and where more has just come in than anybody can read.
    """
    known = Report.objects.filter(form_key=form_key).first()
    if known:
        return known
    exhibit = exhibit_of(thing)
    if exhibit is None:
        raise Problem(_("This is not there any more."))
    rank = _require_enough(said, by)
    if rank != Rank.LIFE:
        _require_room(thing, municipality, by, now)
    reason = Reason(Cause.REPORT, said.ground, rank)
    case = open_case(Subject(thing, exhibit, municipality), reason=reason, by=by, now=now)
    report, is_new = Report.objects.get_or_create(form_key=form_key, defaults=_columns(case, said, by, now))
    if is_new:
        details = {"ground": said.ground, "rank": int(rank), "case": case.pk, "member": by.is_member}
        record_act(
            "moderation.reported", by=by, now=now, thing=f"report:{report.pk}", area_id=case.area_id, details=details
        )
        write_to_reporter(report, "receipt", key=f"report:{report.pk}", now=now)
        if rank == Rank.LIFE:
            enqueue("dorfplatz.moderation.tasks.raise_alarm", key=f"alarm:{report.pk}", report_id=report.pk)
    return report


def _columns(case: Case, said: Said, by: Actor, now: datetime) -> dict[str, object]:
    return {
        "case": case,
        "ground": said.ground,
        "text": said.text.strip(),
        "reporter_id": by.identity_id,
        "name": "" if by.is_member else said.name.strip(),
        "email": "" if by.is_member or not said.email else checked_address(said.email),
        "language": said.language,
        "made_at": now,
    }


def _require_enough(said: Said, by: Actor) -> Rank:
    """The rank of what is said. Raises Problem where something is missing that the law asks for."""
    ground = GROUNDS.get(said.ground)
    if ground is None:
        raise Problem(_("Please say on what ground."))
    if not said.text.strip():
        raise Problem(_("Please say in a sentence what is wrong."))
    if ground.is_legal and ground.needs_name and not by.is_member and not (said.name.strip() and said.email):
        raise Problem(
            _("For what is against the law we need your name and e-mail address. The author never sees them.")
        )
    return ground.rank


def _require_room(thing: str, municipality: Municipality, by: Actor, now: datetime) -> None:
    if by.is_system:
        return
    if by.is_member:
        mine = Report.objects.filter(reporter=by.identity_id, made_at__gt=now - MEMBERS_WITHIN)
        is_too_much = mine.count() >= MOST_OF_A_MEMBER
    else:
        recent = Report.objects.filter(reporter=None, made_at__gt=now - WITHIN)
        is_too_much = (
            recent.filter(case__thing=thing).count() >= MOST_FOR_ONE
            or recent.filter(case__municipality=municipality).count() >= MOST_FOR_ALL
        )
    if is_too_much:
        raise Problem(_("Many reports have just come in. Please try again in a quarter of an hour, or ring us."))
