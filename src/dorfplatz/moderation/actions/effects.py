"""What a decision does to the thing and to who wrote it, and how that is taken back."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Max

from dorfplatz.kernel.actor import Actor
from dorfplatz.members.actions.standing import curb_identity, unblock_identity
from dorfplatz.members.models import Identity
from dorfplatz.moderation.enums import FOR_A_WHILE, Force, Step
from dorfplatz.moderation.exhibits import remove_thing, restore_thing
from dorfplatz.moderation.models import Decision


def take_away(decision: Decision, *, by: Actor, now: datetime) -> None:
    """Remove the thing; where that was decided keep its author from writing, or from letters, for a while."""
    remove_thing(decision.case, by=by, now=now)
    if decision.step in FOR_A_WHILE:
        curb_author(decision, by=by, now=now)


def curb_author(decision: Decision, *, by: Actor, now: datetime) -> None:
    """Until the latest moment that any decision in force says."""
    author = decision.case.author
    if author is None:
        return
    path, step = str(decision.case.area.path), Step(decision.step)
    curb_identity(author, curb=FOR_A_WHILE[step], until=_until(author, step, now), path=path, by=by, now=now)


def _until(author: Identity, step: Step, now: datetime) -> datetime | None:
    standing = Decision.objects.filter(case__author=author, step=step, force=Force.IN_FORCE, until__gt=now)
    latest: datetime | None = standing.aggregate(latest=Max("until"))["latest"]
    return latest


def put_back(decision: Decision, *, by: Actor, now: datetime) -> None:
    """Show the thing again, and give back what was taken, unless another decision took it too."""
    case = decision.case
    restore_thing(case, by=by, now=now)
    if case.author is None:
        return
    if decision.step in FOR_A_WHILE:
        curb_author(decision, by=by, now=now)
    others = Decision.objects.filter(case__author=case.author, step=Step.SUSPEND, force=Force.IN_FORCE)
    if decision.step == Step.SUSPEND and not others.exists():
        unblock_identity(case.author, path=str(case.area.path), by=by, now=now)
