"""Roles: given, ended, and never the last admin."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from dorfplatz.journal.actions import record_act
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.facts import announce
from dorfplatz.kernel.verdict import Problem
from dorfplatz.members.enums import Role
from dorfplatz.members.facts import RoleEnded, RoleGranted
from dorfplatz.members.models import Identity, RoleGrant
from dorfplatz.members.policies import can_give_role
from dorfplatz.members.queries import is_minor, working_admins
from dorfplatz.villages.enums import AreaKind
from dorfplatz.villages.models import Area


@transaction.atomic
def grant_role(identity: Identity, *, role: Role, area: Area, by: Actor, now: datetime) -> RoleGrant:
    """Give somebody a role in an area and everything below it. Held already: that grant is returned."""
    can_give_role(by, role, area).require()
    if identity.is_blocked:
        raise Problem(_("%(name)s is blocked and cannot be given a role.") % {"name": identity.name})
    if is_minor(identity):
        raise Problem(_("%(name)s is under 16 and cannot be given a role.") % {"name": identity.name})
    held = RoleGrant.objects.filter(identity=identity, role=role, area=area, ended_at__isnull=True)
    present = held.first()
    if present:
        return present
    try:
        with transaction.atomic():
            grant = RoleGrant.objects.create(identity=identity, role=role, area=area, starts_at=now)
    except IntegrityError:  # given at the same moment elsewhere
        return held.get()
    _note("role.granted", grant, by, now)
    announce(RoleGranted(identity.pk, role, area.pk))
    return grant


@transaction.atomic
def end_grant(grant: RoleGrant, *, by: Actor, now: datetime) -> bool:
    """End a role at once; whether it was still held. Raises Problem for the municipality's last working admin."""
    can_give_role(by, grant.role, grant.area).require()
    # Whoever ends an admin's role in this municipality waits here, so that two cannot end each other's.
    top = Area.objects.select_for_update().get(pk=int(str(grant.area.path).split("/")[1]))
    locked = RoleGrant.objects.select_for_update().get(pk=grant.pk)
    if locked.ended_at is not None:
        return False
    if locked.role == Role.ADMIN:
        _keep_an_admin(locked, top)
    locked.ended_at = now
    locked.save(update_fields=["ended_at"])
    _note("role.ended", locked, by, now)
    announce(RoleEnded(locked.identity_id, locked.role, locked.area_id))
    return True


def _keep_an_admin(grant: RoleGrant, top: Area) -> None:
    if grant.area.kind == AreaKind.VILLAGE or not grant.identity.may_work:
        return  # a village's admin, or one who cannot log in: nobody who runs the municipality is lost
    others = working_admins(grant.area).exclude(pk=grant.pk)
    if not others.exists():
        raise Problem(_("%(name)s needs at least one admin. Give the role to somebody else first.") % {"name": top})


def _note(verb: str, grant: RoleGrant, by: Actor, now: datetime) -> None:
    record_act(
        verb,
        by=by,
        now=now,
        thing=f"identity:{grant.identity_id}",
        area_id=grant.area_id,
        details={"role": grant.role, "grant": grant.pk},
    )
