"""What needs a second person: suspensions that one has proposed, and appeals."""

from __future__ import annotations

from collections.abc import Collection

from django.db import connection
from django.db.models import Q, QuerySet

from dorfplatz.kernel.actor import Actor
from dorfplatz.members.enums import SUSPEND
from dorfplatz.moderation.enums import Force
from dorfplatz.moderation.models import Appeal, Decision
from dorfplatz.moderation.queries.areas import deciding_areas
from dorfplatz.villages.models import Municipality

_ANY = (
    "SELECT EXISTS (SELECT 1 FROM moderation_appeal WHERE decided_at IS NULL) "
    "OR EXISTS (SELECT 1 FROM moderation_decision WHERE force = 'proposed')"
)


def any_second_look() -> bool:
    """Whether an appeal or a proposal waits for anybody at all: mostly none does, and then no more need be asked.

    A system query; past the ORM, which would pass by the two small indexes.
    """
    with connection.cursor() as cursor:
        cursor.execute(_ANY)
        return bool(cursor.fetchone()[0])


def proposals(viewer: Actor, municipality: Municipality, *, areas: Collection[int] | None = None) -> QuerySet[Decision]:
    """Suspensions that wait for a second person who may suspend and is neither the first nor the one it is about.

    `areas` are the viewer's `deciding_areas`, where they are known already.
    """
    if not viewer.holds_within(SUSPEND, municipality.path):
        return Decision.objects.none()
    where = deciding_areas(viewer, municipality) if areas is None else areas
    waiting = Decision.objects.filter(force=Force.PROPOSED, case__area_id__in=where).exclude(
        Q(by=viewer.identity_id or 0) | Q(case__author=viewer.identity_id or 0)
    )
    return waiting.select_related("case__area", "case__author", "by").order_by("decided_at", "pk")


def open_appeals(
    viewer: Actor, municipality: Municipality, *, areas: Collection[int] | None = None
) -> QuerySet[Appeal]:
    """Appeals that the viewer may decide: against decisions of others about others. `areas` as above."""
    where = deciding_areas(viewer, municipality) if areas is None else areas
    me = viewer.identity_id or 0
    mine = Q(decision__by=me) | Q(decision__second=me) | Q(decision__case__author=me) | Q(report__reporter=me)
    waiting = Appeal.objects.filter(decided_at__isnull=True, decision__case__area_id__in=where).exclude(mine)
    return waiting.select_related("decision__case__area", "decision__case__author").order_by("made_at", "pk")
