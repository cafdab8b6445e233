"""Whom a connector rings, and what there is to tell her: gathered from all sources, in the order of waiting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from dorfplatz.intake.models import Told
from dorfplatz.kernel.actor import Actor
from dorfplatz.members.models import Mandate
from dorfplatz.members.queries import looked_after
from dorfplatz.members.sockets import Call, calls

MOST_OF_A_PERSON = 50
SHOWN_AFTER = timedelta(days=14)
KEPT_AFTER = timedelta(days=90)


@dataclass(frozen=True)
class Line:
    """One thing to tell, or told: with what she said to it."""

    call: Call
    told: Told | None

    @property
    def is_told(self) -> bool:
        return self.told is not None and self.told.told_at is not None and self.told.told_at >= self.call.since

    @property
    def anchor(self) -> str:
        """Its place on the page."""
        return f"{self.call.person_id}-{self.call.key.replace(':', '-')}"


@dataclass(frozen=True)
class Ringing:
    """One person, by the mandate to act for her: what waits to be told, and what was told lately."""

    mandate: Mandate
    waiting: Sequence[Line]
    done: Sequence[Line]

    @property
    def since(self) -> datetime | None:
        return self.waiting[0].call.since if self.waiting else None

    @property
    def to_tell(self) -> Sequence[Line]:
        """What waits without a duty of its own on the desk."""
        return [line for line in self.waiting if not line.call.has_duty]


def call_list(viewer: Actor, *, now: datetime) -> list[Ringing]:
    """The people for whom the viewer acts; whom something has waited for longest stands first, then those to whom
    nothing is to be told, by name. The same number of queries for one as for many.
    """
    mandates = looked_after(viewer, now=now)
    if not mandates:
        return []
    found = _calls_of({mandate.person_id: mandate for mandate in mandates}, viewer, now)
    told = {(row.person_id, row.key): row for row in Told.objects.filter(person__in=list(found))}
    people = [_ringing(mandate, found[mandate.person_id], told, now) for mandate in mandates]
    return sorted(people, key=lambda one: (one.since is None, one.since or now))


def _calls_of(mandates: Mapping[int, Mandate], viewer: Actor, now: datetime) -> dict[int, list[Call]]:
    found: dict[int, list[Call]] = {pk: [] for pk in mandates}
    for source in calls:
        for call in source(list(mandates), viewer, now):
            if call.person_id in found:
                found[call.person_id].append(call)
    return found


def _ringing(mandate: Mandate, found: Sequence[Call], told: Mapping[tuple[int, str], Told], now: datetime) -> Ringing:
    ordered = sorted(found, key=lambda call: (call.since, call.key))[:MOST_OF_A_PERSON]
    lines = [Line(call, told.get((mandate.person_id, call.key))) for call in ordered]
    done = [line for line in lines if line.told and line.is_told and line.told.noted_at > now - SHOWN_AFTER]
    return Ringing(mandate, [line for line in lines if not line.is_told], done)


def line_of(person_id: int, key: str, viewer: Actor, *, now: datetime) -> Line | None:
    """One thing on the viewer's own list at this moment, told or not."""
    for one in call_list(viewer, now=now):
        if one.mandate.person_id == person_id:
            return next((line for line in (*one.waiting, *one.done) if line.call.key == key), None)
    return None


def told_long_ago(*, now: datetime) -> QuerySet[Told]:
    return Told.objects.filter(noted_at__lte=now - KEPT_AFTER)
