"""Cases: which wait for the viewer, and single ones by number or by the code in a letter."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery

from dorfplatz.kernel.actor import Actor
from dorfplatz.moderation.enums import DECIDE
from dorfplatz.moderation.models import Appeal, Case, Decision, Report
from dorfplatz.moderation.queries.areas import deciding_areas
from dorfplatz.moderation.queries.second_looks import open_appeals, proposals
from dorfplatz.villages.models import Municipality
from dorfplatz.villages.prepared import prepared_for
from dorfplatz.villages.queries import Site

MOST_COUNTED = 100


def queue(viewer: Actor, municipality: Municipality, *, areas: Collection[int] | None = None) -> QuerySet[Case]:
    """What waits for the viewer: the gravest first, then the oldest; nothing of her own. Each with `report_count`.

    `areas` are the viewer's `deciding_areas`, where they are known already.
    """
    return cases_in(frozenset(deciding_areas(viewer, municipality) if areas is None else areas), viewer)


def cases_in(areas: frozenset[int], viewer: Actor) -> QuerySet[Case]:
    """What waits in these areas, of which the caller knows that the viewer decides there. As `queue` has it."""
    waiting = Case.objects.filter(closed_at__isnull=True, area_id__in=areas)
    mine = waiting.exclude(author=viewer.identity_id or 0)
    reports = Report.objects.filter(case=OuterRef("pk")).order_by().values("case").annotate(n=Count("pk")).values("n")
    counted = mine.annotate(report_count=Subquery(reports))
    return counted.select_related("area", "author").order_by("rank", "opened_at", "pk")


def waiting_count(viewer: Actor, site: Site) -> int:
    """How many things wait for the viewer, second looks included; MOST_COUNTED where there are more. One query."""
    municipality = site.municipality
    areas = [area.pk for area in (municipality.area, *site.villages) if viewer.holds(DECIDE, str(area.path))]
    return len(_waiting(tuple(areas), viewer, municipality)()) if areas else 0


def _waiting_question(areas: tuple[int, ...], viewer: Actor, municipality: Municipality) -> QuerySet[Any, Any]:
    waiting = Case.objects.filter(closed_at__isnull=True, area_id__in=areas).exclude(author=viewer.identity_id or 0)
    second = [look(viewer, municipality, areas=areas).order_by().values("pk") for look in (open_appeals, proposals)]
    return waiting.order_by().values("pk").union(*second, all=True)[:MOST_COUNTED]


_waiting = prepared_for(_waiting_question)


def case_for(viewer: Actor, municipality: Municipality, pk: int) -> Case | None:
    """The case with that number, if the viewer decides where it lies."""
    mine = Case.objects.filter(area_id__in=deciding_areas(viewer, municipality), pk=pk)
    return mine.select_related("area", "author__home_area", "municipality__area").first()


def open_case_of(thing: str) -> Case | None:
    """The case about this thing that nobody has decided yet."""
    return Case.objects.filter(thing=thing, closed_at__isnull=True).first()


def report_of_code(code: str, municipality: Municipality) -> Report | None:
    """The report to which this code was given. The code is the permission."""
    found = Report.objects.filter(code=code.lower(), case__municipality=municipality)
    return found.select_related("case__municipality__area").first()


def decision_of_code(code: str, municipality: Municipality) -> Decision | None:
    """The decision whose reasons were sent with this code. The code is the permission."""
    found = Decision.objects.filter(code=code.lower(), case__municipality=municipality)
    return found.select_related("case__municipality__area", "case__author__login").first()


def standing_decision(case: Case) -> Decision | None:
    """The last decision about a case, whatever has become of it since."""
    return case.decisions.order_by("-decided_at", "-pk").first()


def own_appeal(decision: Decision, report: Report | None) -> Appeal | None:
    """What the author, or that reporter, has said against the decision."""
    return decision.appeals.filter(report=report).first()


def held_entries(ids: set[int]) -> set[int]:
    """Those of the removed entries that a case is still about: an appeal may bring them back."""
    things = Case.objects.filter(thing__in=[f"entry:{pk}" for pk in ids]).values_list("thing", flat=True)
    return {int(thing.partition(":")[2]) for thing in things}
