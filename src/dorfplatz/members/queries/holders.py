"""Who holds which role where, and who is to be told of something, because they may do something about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from django.db.models import QuerySet

from dorfplatz.kernel.actor import Actor
from dorfplatz.members.enums import MANAGE_ROLES, Role
from dorfplatz.members.models import Identity, RoleGrant
from dorfplatz.members.queries.bundles import bundle_changes
from dorfplatz.members.sockets import capabilities_of
from dorfplatz.villages.models import Area
from dorfplatz.villages.queries import municipality_of


def holders_of(capability: str, area: Area) -> QuerySet[Identity]:
    """Those with a login who hold this capability in the area or above it."""
    above = [int(pk) for pk in str(area.path or "").strip("/").split("/") if pk]
    municipality = municipality_of(area)
    changes = bundle_changes(municipality) if municipality else {}
    roles = [role for role in Role if capability in capabilities_of(role, changes.get(role, {}))]
    grants = RoleGrant.objects.filter(role__in=roles, area__in=above, ended_at__isnull=True)
    found = Identity.objects.filter(pk__in=grants.values("identity"), is_blocked=False, login__is_active=True)
    return found.select_related("login").order_by("pk")


@dataclass(frozen=True)
class Held:
    """One role of somebody: the grant's number, and where."""

    pk: int
    role: Role
    area_id: int
    area_name: Mapping[str, str]


@dataclass(frozen=True)
class Holder:
    """Somebody with a role."""

    pk: int
    name: str
    is_blocked: bool
    held: tuple[Held, ...]


def role_holders(area: Area, viewer: Actor) -> list[Holder]:
    """Everybody with a role in the area or below it, by name, for those who give roles there; for others nobody.

    One query, and no models: the few hundred that a large municipality has are counted, sifted and turned over in
    memory.
    """
    if not viewer.holds(MANAGE_ROLES, str(area.path)):
        return []
    found = RoleGrant.objects.filter(area__path__startswith=str(area.path), ended_at__isnull=True)
    columns = ("identity_id", "identity__name", "identity__is_blocked", "pk", "role", "area_id", "area__name")
    rows = found.order_by("identity_id", "role", "pk").values_list(*columns)
    people = [
        Holder(pk, name, is_blocked, tuple(Held(row[3], Role(row[4]), row[5], row[6]) for row in group))
        for (pk, name, is_blocked), group in groupby(rows, key=lambda row: row[:3])
    ]
    return sorted(people, key=lambda one: (one.name, one.pk))  # alike on every database
