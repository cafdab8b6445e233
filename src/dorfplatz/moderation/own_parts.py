"""What moderation has about a person, as she gets it, and what happens to it when she goes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.data_map import Basis, Kept, tables
from dorfplatz.members.naming import naming
from dorfplatz.members.sockets import Part, Row, personal_data
from dorfplatz.moderation.enums import Force, Outcome, Step
from dorfplatz.moderation.grounds import GROUNDS
from dorfplatz.moderation.models import Appeal, Case, Decision, Report

GROUND_WORDS = {key: ground.label for key, ground in GROUNDS.items()}


def _reports_of(identity_id: int) -> QuerySet[Report]:
    return Report.objects.filter(reporter=identity_id)


def _reports(identity_id: int) -> Iterable[Row]:
    for report in _reports_of(identity_id).select_related("case").order_by("pk"):
        yield {
            "thing": report.case.title, "ground": report.ground, "text": report.text, "made_at": report.made_at,
            "closed_at": report.case.closed_at,
        }  # fmt: skip


def _let_go_reports(identity_id: int, _by: Actor, _now: datetime) -> None:
    """A report stays until its time is over, without a name; what it says goes where it names her."""
    is_named = naming(identity_id)
    mine = _reports_of(identity_id)
    Report.objects.filter(pk__in=[report.pk for report in mine if is_named(report.text)]).update(text="")
    mine.update(reporter=None, name="", email="")


def _decisions_about(identity_id: int) -> QuerySet[Decision]:
    return Decision.objects.filter(case__author=identity_id).exclude(force=Force.PROPOSED)


def _decisions(identity_id: int) -> Iterable[Row]:
    """About what she wrote. Who reported is nobody's business but of those who decide."""
    for decision in _decisions_about(identity_id).select_related("case").prefetch_related("appeals").order_by("pk"):
        appeal = next((one for one in decision.appeals.all() if one.report_id is None), None)
        yield {
            "title": decision.case.title, "excerpt": decision.case.excerpt, "opened_at": decision.case.opened_at,
            "step": decision.step, "ground": decision.ground, "reason": decision.reason,
            "decided_at": decision.decided_at, "until": decision.until, "force": decision.force,
            "closed_at": decision.case.closed_at, "text": appeal.text if appeal else "",
            "made_at": appeal.made_at if appeal else None, "outcome": appeal.outcome if appeal else "",
        }  # fmt: skip


def _let_go_decisions(identity_id: int, _by: Actor, _now: datetime) -> None:
    """What she wrote and said goes; that something was decided, and why, stays until its time is over."""
    Appeal.objects.filter(decision__case__author=identity_id, report=None).update(text="–")
    is_named = naming(identity_id)
    decisions = Decision.objects.filter(case__author=identity_id).exclude(reason="")
    Decision.objects.filter(pk__in=[one.pk for one in decisions if is_named(one.reason)]).update(reason="–")
    Case.objects.filter(author=identity_id).update(author=None, title="", excerpt="")


def plug_own_parts() -> None:
    personal_data.plug("reports", Part(
        _("What you reported"),
        {"thing": _("About what"), "ground": _("On what ground"), "text": _("Text"), "made_at": _("When"),
         "closed_at": _("Decided")},
        _reports, _let_go_reports, words={"ground": GROUND_WORDS}, there=_reports_of,
        stays=_("Reports stay until half a year after the decision, without your name."),
    ), rank=75)  # fmt: skip
    personal_data.plug("decisions", Part(
        _("What was decided about what you wrote"),
        {"title": _("About what"), "excerpt": _("What it said"), "opened_at": _("Opened"), "step": _("What"),
         "ground": _("On what ground"), "reason": _("Reason"), "decided_at": _("When"), "until": _("Until"),
         "force": _("State"), "closed_at": _("Closed"), "text": _("Your appeal"), "made_at": _("Appealed"),
         "outcome": _("What became of it")},
        _decisions, _let_go_decisions,
        words={"ground": GROUND_WORDS, "step": dict(Step.choices), "force": dict(Force.choices),
               "outcome": dict(Outcome.choices)},
        there=_decisions_about,
    ), rank=76)  # fmt: skip
    half_a_year = _("Until half a year after the decision.")
    tables.plug("moderation.Case", Kept(
        _("What of yours was looked at, and what it said"), _("To decide about it, and so that you can appeal."),
        half_a_year, Basis.DUTY, ("author", "title", "excerpt", "thing", "opened_at", "closed_at"),
        subject="author_id", part="decisions", secret=("author",),
    ), rank=46)  # fmt: skip
    tables.plug("moderation.Report", Kept(
        _("What you reported"), _("To decide about it, and to tell you. The author never sees who it was."),
        half_a_year, Basis.DUTY,
        ("reporter", "name", "email", "ground", "text", "language", "code", "made_at"), subject="reporter_id",
        part="reports", secret=("reporter", "name", "email", "language", "code"),
    ), rank=47)  # fmt: skip
    tables.plug("moderation.Decision", Kept(
        _("What was decided about what you wrote, and why"), _("The law asks for reasons that can be read again."),
        _("Until half a year after the decision, or as long as it is in force."), Basis.DUTY,
        ("step", "ground", "reason", "force", "by", "decided_at", "until", "second", "second_at", "code"),
        subject="case__author_id", part="decisions", secret=("by", "second", "second_at", "code"),
    ), rank=48)  # fmt: skip
    tables.plug("moderation.Appeal", Kept(
        _("What you said against it"), _("So that somebody else can decide again."), half_a_year, Basis.DUTY,
        ("text", "made_at", "outcome", "reason", "by", "decided_at"), subject="decision__case__author_id",
        part="decisions", secret=("by",),
    ), rank=49)  # fmt: skip
