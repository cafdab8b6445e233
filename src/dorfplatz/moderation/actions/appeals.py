"""Appeals: made by who wrote the thing or reported it, decided by somebody else than who decided first."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from dorfplatz.journal.actions import record_act
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.verdict import Problem, Refused
from dorfplatz.moderation.actions.cases import Reason, Subject, open_case
from dorfplatz.moderation.actions.decisions import note_decision, undo_decision
from dorfplatz.moderation.enums import Cause, Force, Outcome, Rank, Step
from dorfplatz.moderation.exhibits import exhibit_of, hide_thing
from dorfplatz.moderation.letters import write_to_author, write_to_reporter
from dorfplatz.moderation.models import Appeal, Case, Decision, Report
from dorfplatz.moderation.policies import can_appeal, can_decide_appeal
from dorfplatz.moderation.queries import standing_decision

LONGEST = 4000


@transaction.atomic
def make_appeal(decision: Decision, *, report: Report | None, text: str, by: Actor, now: datetime) -> Appeal:
    """What the author, or who reported, says against a decision; said twice, the first counts.

    Whoever has the code in the letter may. Raises Problem for no words.
    """
    can_appeal(decision, now=now).require()
    words = text.strip()[:LONGEST]
    if not words:
        raise Problem(_("Please say in a sentence why you see it differently."))
    known = decision.appeals.filter(report=report)
    if present := known.first():
        return present
    try:
        with transaction.atomic():
            appeal = Appeal.objects.create(decision=decision, report=report, text=words, made_at=now)
    except IntegrityError:  # the same form, a moment earlier
        return known.get()
    details = {"decision": decision.pk, "side": "reporter" if report else "author"}
    area_id = decision.case.area_id
    record_act("moderation.appealed", by=by, now=now, thing=f"appeal:{appeal.pk}", area_id=area_id, details=details)
    return appeal


@transaction.atomic
def appeal_of_reporter(report: Report, *, text: str, by: Actor, now: datetime) -> Appeal:
    """Against leaving what she reported as it is. Raises Refused where nothing of the kind was decided."""
    decision = standing_decision(report.case)
    if decision is None or decision.step != Step.LEAVE:
        raise Refused(_("This has been decided already."))
    return make_appeal(decision, report=report, text=text, by=by, now=now)


@transaction.atomic
def decide_appeal(appeal: Appeal, *, outcome: Outcome, reason: str, by: Actor, now: datetime) -> None:
    """Decide again, and tell. Undoing restores the thing; for a reporter it hides what had been left.

    Raises Problem for no reason.
    """
    locked = Appeal.objects.select_for_update().get(pk=appeal.pk)
    appeal.decided_at = locked.decided_at
    can_decide_appeal(by, appeal).require()
    if not reason.strip():
        raise Problem(_("Please give a reason: whoever appealed gets it."))
    appeal.outcome, appeal.reason, appeal.by_id, appeal.decided_at = outcome, reason.strip(), by.identity_id, now
    appeal.save(update_fields=["outcome", "reason", "by", "decided_at"])
    decision = appeal.decision
    details = {"decision": decision.pk, "outcome": outcome, "side": "reporter" if appeal.report_id else "author"}
    area_id = decision.case.area_id
    record_act(
        "moderation.appeal_decided", by=by, now=now, thing=f"appeal:{appeal.pk}", area_id=area_id, details=details
    )
    if outcome == Outcome.UNDONE:
        _undo(appeal, by, now)
    _tell(appeal, now)


def _undo(appeal: Appeal, by: Actor, now: datetime) -> None:
    decision = appeal.decision
    if appeal.report is None:
        undo_decision(decision, by=by, now=now)
        return
    decision.force = Force.UNDONE
    decision.save(update_fields=["force"])
    hide_thing(decision.case, by=by, now=now)
    hidden = Decision.objects.create(
        case=decision.case, step=Step.HIDE, ground=appeal.report.ground, reason=appeal.reason, by_id=by.identity_id,
        decided_at=now,
    )  # fmt: skip
    note_decision(hidden, by=by, now=now)
    write_to_author(hidden, "reasons", key=f"decision:{hidden.pk}:{hidden.force}", now=now)


def _tell(appeal: Appeal, now: datetime) -> None:
    key = f"appeal:{appeal.pk}"
    if appeal.report:
        write_to_reporter(appeal.report, "appeal_reporter", key=key, now=now)
        return
    write_to_author(appeal.decision, "appeal", key=key, now=now)
    if appeal.outcome == Outcome.UNDONE:
        for report in appeal.decision.case.reports.select_related("case__municipality__area"):
            write_to_reporter(report, "outcome", key=f"{key}:{report.pk}", now=now)


@transaction.atomic
def answer_request(decision: Decision, *, by: Actor, now: datetime) -> Case:
    """The author says that she has changed what she was asked to change: somebody looks again."""
    if decision.step != Step.ASK or decision.force != Force.IN_FORCE:
        raise Problem(_("This decision does not stand any more."))
    exhibit = exhibit_of(decision.case.thing)
    if exhibit is None:
        raise Problem(_("This is not there any more."))
    subject = Subject(decision.case.thing, exhibit, decision.case.municipality)
    return open_case(subject, reason=Reason(Cause.CHANGED, decision.ground, Rank.LOOK), by=by, now=now)
