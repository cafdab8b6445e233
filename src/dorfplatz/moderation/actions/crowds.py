"""A whole crowd at once: all that waits from people who came with the same cards, or who came today."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dorfplatz.entries.actions import remove_entries
from dorfplatz.entries.models import Entry
from dorfplatz.jobs.queue import enqueue
from dorfplatz.journal.actions import Line, record_act, record_acts
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.verdict import Problem
from dorfplatz.members.actions import withdraw_cards
from dorfplatz.members.actions.standing import curb_identity
from dorfplatz.members.models import Identity
from dorfplatz.moderation.actions.decisions import Ruling, decide_case
from dorfplatz.moderation.actions.gates import open_cases
from dorfplatz.moderation.enums import FOR_A_WHILE, Cause, Step
from dorfplatz.moderation.exhibits import remove_thing
from dorfplatz.moderation.letters import write_to_author, write_to_reporter
from dorfplatz.moderation.models import Case, Decision, Report
from dorfplatz.moderation.policies import can_decide_case
from dorfplatz.moderation.queries import batches_of, crowd_of

PORTION = 250


@transaction.atomic
def clear_crowd(case: Case, *, crowd: str, ruling: Ruling, by: Actor, now: datetime) -> int:
    """Keep everybody of this crowd from writing at once, and remove all of theirs, in portions; how many things.

    The cards with which it came let nobody in any more.
    The case is decided as the others will be; each author gets one letter.
    """
    if ruling.step != Step.RESTRICT:
        raise Problem(_("A crowd is removed and kept from writing for a while; everything else is decided one by one."))
    found = crowd_of(case, crowd, by, now=now)
    first = decide_case(case, ruling=ruling, by=by, now=now)
    path = str(case.area.path)
    for batch in batches_of(case, crowd):
        withdraw_cards(batch, by=by, now=now)
    for identity in Identity.objects.filter(pk__in=found.author_ids).exclude(pk=case.author_id or 0):
        curb_identity(identity, curb=FOR_A_WHILE[Step.RESTRICT], until=first.until, path=path, by=by, now=now)
    open_cases(dict.fromkeys(found.entry_ids, ruling.ground), cause=Cause.OWN, by=by, now=now)
    ids = [pk for pk in crowd_of(case, crowd, by, now=now).case_ids if pk != case.pk]
    for start in range(0, len(ids), PORTION):
        enqueue(
            "dorfplatz.moderation.tasks.clear_portion", key=f"crowd:{first.pk}:{start}",
            decision_id=first.pk, case_ids=ids[start : start + PORTION],
        )  # fmt: skip
    details = {"case": case.pk, "crowd": crowd, "people": len(found.author_ids), "things": len(ids) + 1}
    thing = f"decision:{first.pk}"
    record_act("moderation.crowd_cleared", by=by, now=now, thing=thing, area_id=case.area_id, details=details)
    return len(ids) + 1


@transaction.atomic
def clear_portion(case_ids: Collection[int], *, like: Decision, by: Actor, now: datetime) -> int:
    """Decide these cases as the first of the crowd was decided; those decided meanwhile are left. How many."""
    open_ones = Case.objects.filter(pk__in=list(case_ids), closed_at__isnull=True).select_for_update(of=("self",))
    cases = [case for case in open_ones.select_related("area", "author") if can_decide_case(by, case)]
    told = set(Decision.objects.filter(case__author__isnull=False, step=Step.RESTRICT, decided_at=like.decided_at,
                                       by=like.by).values_list("case__author", flat=True))  # fmt: skip
    decisions = [_like(like, case, told) for case in cases]
    Decision.objects.bulk_create(decisions)
    Case.objects.filter(pk__in=[case.pk for case in cases]).update(closed_at=now)
    _remove(cases, by, now)
    lines = [
        Line(f"decision:{one.pk}", one.case.area_id, {
            "case": one.case_id, "step": one.step, "ground": one.ground, "cause": one.case.cause,
            "hours": int((now - one.case.opened_at).total_seconds()) // 3600,
        }) for one in decisions
    ]  # fmt: skip
    record_acts("moderation.decided", lines=lines, by=by, now=now)
    for decision in decisions:
        if decision.step == Step.RESTRICT:
            write_to_author(decision, "reasons", key=f"decision:{decision.pk}:{decision.force}", now=now)
    for report in Report.objects.filter(case__in=cases).select_related("case__municipality__area"):
        write_to_reporter(report, "outcome", key=f"outcome:{like.pk}:{report.pk}", now=now)
    return len(decisions)


def _like(first: Decision, case: Case, told: set[int]) -> Decision:
    """The author's first one also keeps her from writing, and is the one she gets a letter about."""
    is_first = case.author_id is not None and case.author_id not in told
    if is_first and case.author_id:
        told.add(case.author_id)
    return Decision(
        case=case,
        step=Step.RESTRICT if is_first else Step.REMOVE,
        ground=first.ground,
        reason=first.reason,
        by_id=first.by_id,
        decided_at=first.decided_at,
        until=first.until if is_first else None,
    )


def _remove(cases: Sequence[Case], by: Actor, now: datetime) -> None:
    ids = [case.thing_id for case in cases if case.sort == "entry"]
    entries = Entry.objects.filter(pk__in=ids).prefetch_related("placements__area")
    remove_entries(list(entries), by=by, now=now)
    for case in cases:
        if case.sort != "entry":
            remove_thing(case, by=by, now=now)
