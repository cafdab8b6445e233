"""What ties a person to areas, and what keeps her apart from others: asked with every page of a member."""

from __future__ import annotations

from collections import defaultdict

from django.db.models import Case, Q, QuerySet, Value, When
from django.db.models.functions import Concat

from dorfplatz.members.models import Block, BundleChange, HomeBesides, RoleGrant
from dorfplatz.villages.prepared import Prepared

Bundles = defaultdict[tuple[str, str], dict[str, bool]]


def _asked_ties(identity_id: int) -> QuerySet[RoleGrant, tuple[str, str | None, str]]:
    held = RoleGrant.objects.filter(identity=identity_id, ended_at__isnull=True)
    besides = HomeBesides.objects.filter(identity=identity_id).values_list(Value(""), "area__path", "area__kind")
    near = Q(municipality__in=held.values("area")) | Q(municipality__in=held.values("area__parent"))
    said = Concat(Case(When(is_held=True, then=Value("+")), default=Value("-")), "capability")
    changed = BundleChange.objects.filter(near, role__in=held.values("role"))
    changes = changed.values_list("role", "municipality__area__path", said)
    return held.values_list("role", "area__path", "area__kind").union(besides, changes, all=True)


def _asked_apart(identity_id: int) -> QuerySet[Block, tuple[int, int]]:
    between = Block.objects.filter(Q(who=identity_id) | Q(whom=identity_id), whom__isnull=False)
    return between.values_list("who_id", "whom_id")


_rows_of_ties, _pairs_apart = Prepared(_asked_ties, int), Prepared(_asked_apart, int)


def ties_of(identity_id: int) -> tuple[list[tuple[str, str, str]], Bundles]:
    """Role, path and kind of area of what this person holds, a further home being a row without a role; and what her
    roles carry otherwise than usual, by role and path of the municipality. One query.
    """
    ties, bundles = [], Bundles(dict)
    for role, path, what in _rows_of_ties(identity_id):
        if what[0] in "+-":
            bundles[role, str(path)][what[1:]] = what[0] == "+"
        else:
            ties.append((role, str(path), what))
    return ties, bundles


def people_apart_from(identity_id: int) -> frozenset[int]:
    """Everybody whom this person has blocked, and who has blocked this person: it works both ways alike."""
    return frozenset(pk for pair in _pairs_apart(identity_id) for pk in pair if pk != identity_id)
