"""Notes of readings: when which file was read, and what came of it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from dorfplatz.imports.faults import SourceProblem
from dorfplatz.imports.models import Reading, Source
from dorfplatz.imports.outcome import Outcome
from dorfplatz.imports.policies import can_import
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.verdict import Problem
from dorfplatz.villages.models import Municipality


@transaction.atomic
def open_reading(municipality: Municipality, *, kind: str, address: str, by: Actor, now: datetime) -> Reading:
    """Note that a file is about to be read."""
    can_import(by, municipality).require()
    return Reading.objects.create(municipality=municipality, kind=kind, address=address[:500], began_at=now)


@transaction.atomic
def close_reading(
    reading: Reading,
    *,
    outcome: Outcome | None = None,
    label: str = "",
    problem: Problem | None = None,
    by: Actor,
    now: datetime,
) -> None:
    """Note what came of it: counts and rejected records, or the problem that says why nothing did."""
    can_import(by, reading.municipality).require()
    reading.ended_at = now
    reading.source = Source.objects.filter(municipality=reading.municipality, kind=reading.kind, label=label).first()
    if isinstance(problem, SourceProblem):
        reading.fault, reading.fault_values = problem.text, problem.values
    elif problem:
        reading.fault = str(problem)[:300]
    if outcome:
        reading.counts = outcome.counts
        reading.rejected = [[record.key, record.text, dict(record.values)] for record in outcome.rejected[:1000]]
    reading.save()
