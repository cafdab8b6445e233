"""What time brings, done by the clocks of the installation; and what goes with a withdrawn consent."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from dorfplatz.journal.actions import Line, record_acts
from dorfplatz.kernel.actor import Actor
from dorfplatz.matching.actions.introduce import end_it
from dorfplatz.matching.models import AskedPerson, Introduction
from dorfplatz.matching.policies import can_keep_introductions
from dorfplatz.matching.queries import (
    going,
    is_hindered,
    long_over,
    passed_long_ago,
    standing_about,
    waiting_too_long,
    without_a_word,
)

AT_A_TIME = 500


@transaction.atomic
def end_waiting(*, by: Actor, now: datetime) -> int:
    """End what nobody has answered for a fortnight, what has become void, and what nobody says anything of."""
    can_keep_introductions(by).require()
    late = {*waiting_too_long(now=now)[:AT_A_TIME], *without_a_word(now=now)[:AT_A_TIME]}
    void = {one for one in going().iterator(AT_A_TIME) if is_hindered(list(one.people.all()), now=now)}
    for introduction in late | void:
        end_it(introduction, by, now)
    return len(late | void)


@transaction.atomic
def erase_long_over(*, by: Actor, now: datetime) -> int:
    """Erase what ended a quarter of a year ago, and what was found not to fit half a year ago."""
    can_keep_introductions(by).require()
    passed_long_ago(now=now).delete()
    return _erase(long_over(now=now), by, now)


@transaction.atomic
def withdraw_people(identity_ids: Collection[int], *, by: Actor, now: datetime) -> int:
    """Erase every introduction and suggestion of people who have gone, or who no longer consent. Nobody is told why."""
    can_keep_introductions(by).require()
    standing_about(identity_ids).delete()
    asked = AskedPerson.objects.filter(identity__in=list(identity_ids)).values("introduction")
    return _erase(Introduction.objects.filter(pk__in=asked), by, now)


def _erase(rows: QuerySet[Introduction], by: Actor, now: datetime) -> int:
    ids = list(rows.values_list("pk", flat=True)[:AT_A_TIME])
    if ids:
        record_acts("matching.erased", lines=[Line(f"introduction:{pk}") for pk in ids], by=by, now=now)
        Introduction.objects.filter(pk__in=ids).delete()
    return len(ids)
