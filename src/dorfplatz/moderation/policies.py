"""Who may decide what."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.verdict import ALLOWED, Verdict, allowed_if, refused
from dorfplatz.members.enums import CURB, SUSPEND
from dorfplatz.moderation.enums import DECIDE, SET_RULES, Force, Step
from dorfplatz.moderation.models import Appeal, Case, Decision
from dorfplatz.villages.models import Area, Municipality

APPEAL_WITHIN = timedelta(days=183)  # half a year: Art. 20 (1) DSA
LONGEST_RESTRICTION = timedelta(days=90)
NEEDED = {Step.RESTRICT: CURB, Step.LETTERS: CURB, Step.SUSPEND: CURB}


def can_decide_case(actor: Actor, case: Case) -> Verdict:
    """Those who look after the area decide, nobody about what she wrote herself."""
    if actor.is_system:
        return ALLOWED
    if not actor.holds(DECIDE, str(case.area.path)):
        return refused(str(_("Only connectors and moderators of this village decide this.")))
    is_own = case.author_id is not None and case.author_id == actor.identity_id
    return allowed_if(not is_own, str(_("Nobody decides about what she wrote herself. Please ask somebody else.")))


def can_look_oneself(actor: Actor, area: Area | None, author_id: int | None) -> Verdict:
    """Whether the actor may open a case about what stands in the area; None is elsewhere. Not about her own."""
    may = area is not None and actor.is_member and actor.holds(DECIDE, str(area.path))
    return allowed_if(
        may and actor.identity_id != author_id, str(_("Only connectors and moderators of this village decide this."))
    )


def can_take_step(actor: Actor, case: Case, step: Step) -> Verdict:
    verdict = can_decide_case(actor, case)
    if not verdict or step not in NEEDED:
        return verdict
    return allowed_if(
        actor.holds(NEEDED[step], str(case.area.path)),
        str(_("Only connectors and moderators of this village decide this.")),
    )


def can_second(actor: Actor, decision: Decision) -> Verdict:
    """A suspension is confirmed by a second person who may suspend."""
    if decision.force != Force.PROPOSED:
        return refused(str(_("This has been decided already.")))
    if decision.by_id == actor.identity_id:
        return refused(str(_("A second person has to look at this. You proposed it.")))
    verdict = can_decide_case(actor, decision.case)
    if not verdict:
        return verdict
    return allowed_if(
        actor.holds(SUSPEND, str(decision.case.area.path)), str(_("Only moderators and admins may shut people out."))
    )


def can_appeal(decision: Decision, *, now: datetime) -> Verdict:
    """Whether it can still be appealed. Who may is told by the code in the letter."""
    if decision.force != Force.IN_FORCE:
        return refused(str(_("This decision does not stand any more.")))
    return allowed_if(
        now <= decision.decided_at + APPEAL_WITHIN, str(_("The half year in which one can appeal is over."))
    )


def can_decide_appeal(actor: Actor, appeal: Appeal) -> Verdict:
    """Somebody else than who decided first."""
    if appeal.decided_at is not None:
        return refused(str(_("This has been decided already.")))
    decision = appeal.decision
    if actor.identity_id in (decision.by_id, decision.second_id):
        return refused(str(_("An appeal is decided by somebody else than who decided first.")))
    if appeal.report and appeal.report.reporter_id == actor.identity_id:
        return refused(str(_("Nobody decides about what she wrote herself. Please ask somebody else.")))
    return can_decide_case(actor, decision.case)


def can_set_rules(actor: Actor, municipality: Municipality) -> Verdict:
    return allowed_if(
        actor.holds(SET_RULES, municipality.path), str(_("Only moderators and admins set what is looked at first."))
    )
