"""How many people a village has on the square: numbers about nobody, the same for whoever asks."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Count, Q

from dorfplatz.members.enums import Role
from dorfplatz.members.models import HomeBesides, Identity, RoleGrant


def neighbour_counts(area_ids: Collection[int]) -> dict[int, int]:
    """By village, how many are at home there, also besides another village. Two queries."""
    at_home = Identity.objects.filter(home_area__in=area_ids, is_blocked=False).order_by()
    counts = dict(at_home.values("home_area").annotate(n=Count("pk")).values_list("home_area", "n"))
    besides = HomeBesides.objects.filter(area__in=area_ids, identity__is_blocked=False).order_by()
    for area_id, n in besides.values("area").annotate(n=Count("pk")).values_list("area", "n"):
        counts[area_id] = counts.get(area_id, 0) + n
    return counts


def connector_counts(area_ids: Collection[int]) -> dict[int, tuple[int, int]]:
    """By village, how many connectors it has, and how many of them show a picture of themselves. One query."""
    held = RoleGrant.objects.filter(role=Role.CONNECTOR, area__in=area_ids, ended_at__isnull=True).order_by()
    people = Count("identity", distinct=True)
    seen = Count("identity", filter=Q(identity__portrait__isnull=False), distinct=True)
    rows = held.filter(identity__is_blocked=False).values("area").annotate(people=people, seen=seen)
    return {area_id: (n, shown) for area_id, n, shown in rows.values_list("area", "people", "seen")}
