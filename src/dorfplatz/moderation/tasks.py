"""What the worker does for moderation."""

from __future__ import annotations

from django.utils import timezone

from dorfplatz.jobs.job import job
from dorfplatz.kernel.actor import system
from dorfplatz.members.queries import actor_of_identity, holders_of
from dorfplatz.moderation.actions import clear_portion as clear
from dorfplatz.moderation.actions import forget_old_cases
from dorfplatz.moderation.enums import DECIDE
from dorfplatz.moderation.letters import write_alarm
from dorfplatz.moderation.models import Decision, Report


@job()
def clear_portion(decision_id: int, case_ids: list[int]) -> None:
    """A part of a crowd, as whoever decided about the first of it."""
    first = Decision.objects.select_related("by__home_area__parent__municipality").get(pk=decision_id)
    if first.by:
        clear(case_ids, like=first, by=actor_of_identity(first.by), now=timezone.now())


@job()
def raise_alarm(report_id: int) -> None:
    """Everybody who decides there, but whom it is about."""
    report = Report.objects.select_related("case__area", "case__municipality__area").get(pk=report_id)
    for person in holders_of(DECIDE, report.case.area).exclude(pk=report.case.author_id or 0):
        write_alarm(report, person, now=timezone.now())


@job()
def forget_cases() -> None:
    forget_old_cases(by=system("retention"), now=timezone.now())
