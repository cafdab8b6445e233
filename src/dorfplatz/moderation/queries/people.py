"""Who wrote a thing, as those see it who decide: how she stands, and what was decided before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dorfplatz.entries.enums import State
from dorfplatz.entries.models import Entry
from dorfplatz.kernel.actor import Actor
from dorfplatz.members.models import Identity, Joining
from dorfplatz.moderation.enums import DECIDE, Force, Step
from dorfplatz.moderation.models import Case, Decision, Report

EARLIER = 10


@dataclass(frozen=True)
class Standing:
    """`earlier` are decisions about her that still count, newest first."""

    person: Identity
    published_count: int
    batch_id: int | None
    case_count: int
    earlier: list[Decision]
    no_writing_until: datetime | None
    no_letters_until: datetime | None


def standing_of(case: Case, viewer: Actor, *, now: datetime) -> Standing | None:
    """About the author of a case, for who decides it; for others nothing. Five queries."""
    person = case.author
    if person is None or not viewer.holds(DECIDE, str(case.area.path)):
        return None
    earlier = Decision.objects.filter(case__author=person).exclude(step=Step.LEAVE).exclude(force=Force.UNDONE)
    writing, letters = person.no_writing_until, person.no_letters_until
    return Standing(
        person=person,
        published_count=Entry.objects.filter(author=person, state=State.PUBLISHED).count(),
        batch_id=Joining.objects.filter(identity=person).values_list("card__batch_id", flat=True).first(),
        case_count=Case.objects.filter(author=person).exclude(pk=case.pk).count(),
        earlier=list(earlier.exclude(case=case).select_related("case").order_by("-decided_at")[:EARLIER]),
        no_writing_until=writing if writing and writing > now else None,
        no_letters_until=letters if letters and letters > now else None,
    )


def reports_of(case: Case, viewer: Actor) -> list[Report]:
    """What was said about the thing, oldest first, for who decides; never for its author."""
    if not viewer.holds(DECIDE, str(case.area.path)) or case.author_id == viewer.identity_id:
        return []
    return list(case.reports.select_related("reporter").order_by("made_at", "pk")[:50])


def decisions_of(case: Case, viewer: Actor) -> list[Decision]:
    """What was decided about the case, with its appeals, oldest first, for who decides there."""
    if not viewer.holds(DECIDE, str(case.area.path)):
        return []
    made = case.decisions.select_related("by", "second").prefetch_related("appeals__by", "appeals__report")
    return list(made.order_by("decided_at", "pk"))
