"""What is decided about a thing, with the reasons that are sent to whoever wrote it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from dorfplatz.journal.actions import record_act
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.facts import announce
from dorfplatz.kernel.verdict import Problem
from dorfplatz.members.actions.standing import block_identity
from dorfplatz.moderation.actions.effects import put_back, take_away
from dorfplatz.moderation.enums import FOR_A_WHILE, LOOKED_AT_FIRST, Force, Step
from dorfplatz.moderation.exhibits import hide_thing, restore_thing
from dorfplatz.moderation.facts import CaseDecided
from dorfplatz.moderation.grounds import GROUNDS
from dorfplatz.moderation.letters import write_to_author, write_to_reporter
from dorfplatz.moderation.models import Case, Decision
from dorfplatz.moderation.policies import LONGEST_RESTRICTION, can_second, can_take_step


@dataclass(frozen=True)
class Ruling:
    """What somebody decides: the step, on what ground, why, and for how many days where it is for a while."""

    step: Step
    ground: str = ""
    reason: str = ""
    days: int = 0


@transaction.atomic
def decide_case(case: Case, *, ruling: Ruling, by: Actor, now: datetime) -> Decision:
    """Decide, do it, and tell everybody concerned. Raises Problem for what is decided already or lacks its reasons.

    A suspension hides the thing and waits for a second person (`second_decision`).
    """
    can_take_step(by, case, ruling.step).require()
    require_reasons(ruling, case)
    locked = Case.objects.select_for_update().get(pk=case.pk)
    if locked.closed_at is not None:
        raise Problem(_("This has been decided already."))
    case.closed_at = locked.closed_at = now
    locked.save(update_fields=["closed_at"])
    decision = Decision.objects.create(
        case=case,
        step=ruling.step,
        ground=ruling.ground,
        reason=ruling.reason.strip(),
        force=Force.PROPOSED if ruling.step == Step.SUSPEND else Force.IN_FORCE,
        by_id=by.identity_id,
        decided_at=now,
        until=now + timedelta(days=ruling.days) if ruling.step in FOR_A_WHILE else None,
    )
    _do(decision, by, now)
    note_decision(decision, by=by, now=now)
    tell_everybody(decision, now=now)
    return decision


def require_reasons(ruling: Ruling, case: Case) -> None:
    """Raises Problem unless a restriction carries ground and reason (Art. 17 DSA) and has somebody it can be about."""
    if ruling.step == Step.LEAVE:
        return
    if ruling.ground not in GROUNDS or not ruling.reason.strip():
        raise Problem(_("Please give ground and reason: the author gets both."))
    if ruling.step in (*FOR_A_WHILE, Step.SUSPEND) and case.author_id is None:
        raise Problem(_("Nobody with an account wrote this. You can hide or remove it."))
    if ruling.step in FOR_A_WHILE and not 0 < ruling.days <= LONGEST_RESTRICTION.days:
        raise Problem(_("Please say for how many days, at most %(most)d.") % {"most": LONGEST_RESTRICTION.days})


def _do(decision: Decision, by: Actor, now: datetime) -> None:
    case, step = decision.case, decision.step
    if step == Step.LEAVE:
        if case.cause in LOOKED_AT_FIRST:
            restore_thing(case, by=by, now=now)
    elif step in (Step.ASK, Step.HIDE, Step.SUSPEND):
        hide_thing(case, by=by, now=now)
    else:
        take_away(decision, by=by, now=now)


def note_decision(decision: Decision, *, by: Actor, now: datetime) -> None:
    """The journal's line, from which the yearly report is counted, and the fact."""
    case = decision.case
    hours = int((now - case.opened_at).total_seconds()) // 3600
    details = {
        "case": case.pk, "step": decision.step, "ground": decision.ground, "cause": case.cause, "hours": hours,
    }  # fmt: skip
    thing = f"decision:{decision.pk}"
    record_act("moderation.decided", by=by, now=now, thing=thing, area_id=case.area_id, details=details)
    announce(CaseDecided(case.pk, decision.pk, decision.step))


def tell_everybody(decision: Decision, *, now: datetime) -> None:
    """Reasons to the author; to who reported that it is decided. Who was never told of a report hears nothing."""
    case = decision.case
    if decision.step != Step.LEAVE:
        write_to_author(decision, "reasons", key=f"decision:{decision.pk}:{decision.force}", now=now)
    elif case.cause in LOOKED_AT_FIRST:
        write_to_author(decision, "released", key=f"decision:{decision.pk}", now=now)
    for report in case.reports.select_related("case__municipality__area"):
        write_to_reporter(report, "outcome", key=f"outcome:{decision.pk}:{report.pk}", now=now)


@transaction.atomic
def second_decision(decision: Decision, *, agrees: bool, by: Actor, now: datetime) -> Decision:
    """The second person's word on a suspension. Without it the thing stays hidden and the person stays."""
    locked = Decision.objects.select_for_update().get(pk=decision.pk)
    decision.force = locked.force
    can_second(by, decision).require()
    case = decision.case
    decision.second_id, decision.second_at, decision.force = by.identity_id, now, Force.IN_FORCE
    if not agrees:
        decision.step = Step.HIDE
    decision.save(update_fields=["second", "second_at", "force", "step"])
    if agrees and case.author:
        take_away(decision, by=by, now=now)
        block_identity(case.author, path=str(case.area.path), by=by, now=now)
    verb = "moderation.seconded" if agrees else "moderation.declined"
    record_act(verb, by=by, now=now, thing=f"decision:{decision.pk}", area_id=case.area_id, details={"case": case.pk})
    if agrees:
        write_to_author(decision, "reasons", key=f"decision:{decision.pk}:{decision.force}", now=now)
    return decision


@transaction.atomic
def undo_decision(decision: Decision, *, by: Actor, now: datetime) -> None:
    """Take a decision back and put everything where it was. Whether one may is asked before."""
    decision.force = Force.UNDONE
    decision.save(update_fields=["force"])
    put_back(decision, by=by, now=now)
    case = decision.case
    thing = f"decision:{decision.pk}"
    record_act("moderation.undone", by=by, now=now, thing=thing, area_id=case.area_id, details={"case": case.pk})
