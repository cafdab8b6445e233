"""Cases that nobody reported: what a gate held back, what is looked at afterwards, and what is gone."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction

from dorfplatz.entries.models import Entry
from dorfplatz.journal.actions import Line, record_acts
from dorfplatz.kernel.actor import Actor
from dorfplatz.members.queries import actor_of_identity
from dorfplatz.moderation.actions.cases import Reason, Subject, open_case
from dorfplatz.moderation.enums import Cause, Rank, When
from dorfplatz.moderation.exhibits import exhibits_of
from dorfplatz.moderation.guards import WORDS, meets_words, paths_of, rule_for, watches_over
from dorfplatz.moderation.letters import write_to_reporter
from dorfplatz.moderation.models import Case, Report
from dorfplatz.villages.models import Municipality


@transaction.atomic
def open_cases(reasons: Mapping[int, str], *, cause: Cause, by: Actor, now: datetime) -> None:
    """Cases about these entries, each with what the gate said."""
    fallback = Municipality.objects.filter(is_served=True).select_related("area").order_by("pk").first()
    shown = exhibits_of([f"entry:{pk}" for pk in reasons])
    for pk, why in reasons.items():
        exhibit = shown.get(f"entry:{pk}")
        if exhibit and fallback:
            subject = Subject(f"entry:{pk}", exhibit, fallback)
            open_case(subject, reason=Reason(cause, why, Rank.LOOK), by=by, now=now)


@transaction.atomic
def look_afterwards(entry_ids: Collection[int], *, by: Actor, now: datetime) -> None:
    """Of what has just been published by people, open cases for what a rule wants to be looked at."""
    written = Entry.objects.filter(pk__in=list(entry_ids), origin="", author__isnull=False)
    reasons: dict[int, str] = {}
    for entry in written.select_related("author__home_area__parent__municipality"):
        if entry.author is None:
            continue
        paths = paths_of(entry)
        rules = [rule for watch in watches_over(paths) for rule in watch.rules if rule.when == When.AFTER]
        if rules and (why := rule_for(rules, When.AFTER, entry, actor_of_identity(entry.author), paths)):
            reasons[entry.pk] = why
    open_cases(reasons, cause=Cause.AFTER, by=by, now=now)


@transaction.atomic
def look_at_change(entry_id: int, *, by: Actor, now: datetime) -> None:
    """What a published entry says now may meet one of the words."""
    entry = Entry.objects.filter(pk=entry_id, origin="", author__isnull=False).first()
    if entry and meets_words(entry):
        open_cases({entry_id: WORDS}, cause=Cause.AFTER, by=by, now=now)


@transaction.atomic
def close_gone(things: Collection[str], *, by: Actor, now: datetime) -> int:
    """The things are erased: open cases about them end without a decision, and who reported is told; how many."""
    gone = list(Case.objects.filter(thing__in=list(things), closed_at__isnull=True).select_for_update())
    Case.objects.filter(pk__in=[case.pk for case in gone]).update(closed_at=now)
    lines = [Line(f"case:{case.pk}", case.area_id) for case in gone]
    record_acts("moderation.gone", lines=lines, by=by, now=now)
    for report in Report.objects.filter(case__in=gone).select_related("case__municipality__area"):
        write_to_reporter(report, "outcome", key=f"gone:{report.pk}", now=now)
    return len(gone)
