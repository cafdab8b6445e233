"""What the people concerned are told: who reported, and who wrote the thing. Neither learns of the other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dorfplatz.moderation.enums import Cause, Force, Step
from dorfplatz.moderation.grounds import GROUNDS, label_of
from dorfplatz.moderation.models import Appeal, Case, Decision, Report
from dorfplatz.moderation.policies import APPEAL_WITHIN, can_appeal
from dorfplatz.moderation.queries import own_appeal, standing_decision

TO_REPORTERS: dict[str, str | Promise] = {
    Step.LEAVE: _("It stays as it is."),
    Step.ASK: _("It is hidden until its author has changed it."),
    Step.HIDE: _("It is no longer to be seen."),
    Step.REMOVE: _("It has been removed."),
    Step.RESTRICT: _("It has been removed, and its author cannot write here for a while."),
    Step.LETTERS: _("It has been removed, and its author cannot write letters for a while."),
    Step.SUSPEND: _("It has been removed, and its author has been told why."),
}
TO_AUTHORS: dict[str, str | Promise] = {
    Step.LEAVE: _("What you wrote stays as it is."),
    Step.ASK: _("Please change what you wrote. Until then only you see it."),
    Step.HIDE: _("What you wrote is no longer to be seen."),
    Step.REMOVE: _("What you wrote has been removed."),
    Step.RESTRICT: _("What you wrote has been removed, and you cannot write here for a while."),
    Step.LETTERS: _("What you wrote has been removed, and you cannot write letters for a while."),
    Step.SUSPEND: _("What you wrote has been removed, and you cannot take part any more."),
}
PROPOSED = _("What you wrote is no longer to be seen. Whether you can still take part is decided by a second person.")
GATES: dict[str, str | Promise] = {
    "words": _("One of the words stands in it that want a look"),
    "slow": _("Every entry waits for a look just now"),
    "crowd": _("Many newcomers write at the same time"),
    "unknown": _("No neighbour knows the author yet"),
    "new": _("The first entry of this person"),
    "all": _("A rule wants somebody to look"),
}


@dataclass(frozen=True)
class ToldReporter:
    """Her report, and what became of it. `words` is "" while nobody has decided."""

    report: Report
    ground: str | Promise
    words: str | Promise
    reason: str
    decided_at: datetime | None
    appeal: Appeal | None
    may_appeal: bool
    appeal_until: datetime | None


@dataclass(frozen=True)
class ToldAuthor:
    """What was decided about her thing, with facts, ground and reason (Art. 17 DSA)."""

    decision: Decision
    words: str | Promise
    ground: str | Promise
    law: str
    appeal: Appeal | None
    may_appeal: bool
    appeal_until: datetime
    may_answer: bool
    is_undone: bool
    cause: str | Promise


def words_for_author(decision: Decision) -> str | Promise:
    return PROPOSED if decision.force == Force.PROPOSED else TO_AUTHORS[decision.step]


def why_of(case: Case) -> str | Promise:
    """Why somebody has to look, in a line of the list."""
    if case.cause == Cause.CHANGED:
        return Cause.CHANGED.label
    return GATES.get(case.why) or label_of(case.why) or Cause(case.cause).label


def told_of_report(report: Report, *, now: datetime) -> ToldReporter:
    decision = standing_decision(report.case) if report.case.closed_at else None
    ground = report.ground_label
    if decision is None:
        gone = _("It is no longer there.") if report.case.closed_at else ""
        return ToldReporter(report, ground, gone, "", report.case.closed_at, None, may_appeal=False, appeal_until=None)
    appeal = own_appeal(decision, report)
    stays = decision.step == Step.LEAVE and decision.force == Force.IN_FORCE
    told: str | Promise = TO_REPORTERS[Step.HIDE if decision.force == Force.PROPOSED else decision.step]
    words: str | Promise = told if decision.force != Force.UNDONE else _was_undone(decision)
    return ToldReporter(
        report,
        ground,
        words,
        decision.reason if stays else "",
        decision.decided_at,
        appeal,
        may_appeal=bool(stays and appeal is None and can_appeal(decision, now=now)),
        appeal_until=decision.decided_at + APPEAL_WITHIN,
    )


def _was_undone(decision: Decision) -> str | Promise:
    if decision.step == Step.LEAVE:
        return _("After an appeal it is no longer to be seen.")
    return _("After an appeal it is to be seen again.")


def told_of_decision(decision: Decision, *, now: datetime) -> ToldAuthor:
    ground = GROUNDS.get(decision.ground)
    appeal = own_appeal(decision, None)
    country = decision.case.municipality.area.country
    return ToldAuthor(
        decision,
        words_for_author(decision),
        ground.label if ground else "",
        ground.law(country) if ground else "",
        appeal,
        may_appeal=bool(decision.step != Step.LEAVE and appeal is None and can_appeal(decision, now=now)),
        appeal_until=decision.decided_at + APPEAL_WITHIN,
        may_answer=decision.step == Step.ASK and decision.force == Force.IN_FORCE,
        is_undone=decision.force == Force.UNDONE,
        cause=Cause(decision.case.cause).label,
    )
