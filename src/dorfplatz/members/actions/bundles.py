"""What a role may do in a municipality, changed by its admins within what the product allows."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dorfplatz.journal.actions import record_act
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.verdict import Problem
from dorfplatz.members.enums import GIVEN_BY_ADMINS, Role
from dorfplatz.members.models import BundleChange
from dorfplatz.members.policies import can_change_bundle
from dorfplatz.members.queries import bundle_changes
from dorfplatz.members.sockets import capabilities, capabilities_of
from dorfplatz.villages.models import Area, Municipality


@transaction.atomic
def change_bundle(
    municipality: Municipality, *, role: Role, carried: Collection[str], by: Actor, now: datetime
) -> list[str]:
    """Have the role carry exactly these capabilities in the municipality; returns which are different now.

    It counts with the next request of everybody who holds the role. Raises Problem for what the role may never carry,
    must always carry, or gets from somebody who has it not.
    """
    can_change_bundle(by, municipality.area).require()
    if role not in GIVEN_BY_ADMINS:
        raise Problem(_("This role is as it is everywhere."))
    Area.objects.select_for_update().get(pk=municipality.pk)
    present = capabilities_of(role, bundle_changes(municipality)[role])
    wanted = frozenset(carried)
    different = sorted(present ^ wanted)
    for name in different:
        _require_may_differ(name, role, name in wanted, by, municipality.path)
    BundleChange.objects.filter(municipality=municipality, role=role, capability__in=different).delete()
    unusual = [name for name in different if (name in wanted) != (role in capabilities[name].roles)]
    BundleChange.objects.bulk_create(
        BundleChange(municipality=municipality, role=role, capability=name, is_held=name in wanted) for name in unusual
    )
    if different:
        details = {
            "role": str(role), "given": [n for n in different if n in wanted],
            "taken": [n for n in different if n not in wanted],
        }  # fmt: skip
        thing = f"bundle:{municipality.pk}"
        record_act("bundle.changed", by=by, now=now, thing=thing, area_id=municipality.pk, details=details)
    return different


def _require_may_differ(name: str, role: Role, is_given: bool, by: Actor, path: str) -> None:
    capability = capabilities.get(name)
    if capability is None or role not in capability.roles | capability.also:
        raise Problem(_("This role can never do that."))
    said = {"what": str(capability.label)}
    if not is_given and role in capability.always:
        raise Problem(_("This role always needs to be able to do this: %(what)s.") % said)
    if is_given and role in capability.also and not by.holds(name, path):
        raise Problem(_("You can give on only what you may do yourself: %(what)s.") % said)
