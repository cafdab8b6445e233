"""What the roles carry in a municipality."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise

from dorfplatz.kernel.actor import Actor
from dorfplatz.members.enums import GIVEN_BY_ADMINS, MANAGE_ROLES, Role
from dorfplatz.members.models import BundleChange
from dorfplatz.members.sockets import Capability, capabilities, capabilities_of
from dorfplatz.villages.models import Municipality


@dataclass(frozen=True)
class Item:
    """One capability as a role has it. `is_open`: whether it can be given or taken here, by the one who looks."""

    name: str
    label: str | Promise
    is_held: bool
    is_usual: bool
    is_open: bool


@dataclass(frozen=True)
class Bundle:
    """A role with all it may carry in a municipality, what it does carry, and whether that is the usual."""

    role: Role
    items: tuple[Item, ...]

    @property
    def held(self) -> list[Item]:
        return [item for item in self.items if item.is_held]

    @property
    def fixed(self) -> list[Item]:
        return [item for item in self.items if item.is_held and not item.is_open]

    @property
    def open(self) -> list[Item]:
        return [item for item in self.items if item.is_open]

    @property
    def is_usual(self) -> bool:
        return all(item.is_held == item.is_usual for item in self.items)


def bundle_changes(municipality: Municipality) -> dict[str, dict[str, bool]]:
    """What the municipality has changed, by role and capability."""
    found: dict[str, dict[str, bool]] = {role: {} for role in GIVEN_BY_ADMINS}
    for change in BundleChange.objects.filter(municipality=municipality):
        found[change.role][change.capability] = change.is_held
    return found


def bundles_in(municipality: Municipality, viewer: Actor) -> list[Bundle]:
    """The roles that admins give, for those who give them; for others nothing. One query."""
    if not viewer.holds(MANAGE_ROLES, municipality.path):
        return []
    changes = bundle_changes(municipality)
    return [_bundle(role, changes[role], municipality, viewer) for role in GIVEN_BY_ADMINS]


def _bundle(role: Role, changes: Mapping[str, bool], municipality: Municipality, viewer: Actor) -> Bundle:
    held = capabilities_of(role, changes)
    items = []
    for name, capability in capabilities.items():
        if role in capability.roles | capability.also:
            is_open = may_differ(capability, role, name in held, viewer.holds(name, municipality.path))
            items.append(Item(name, capability.label, name in held, role in capability.roles, is_open))
    return Bundle(role, tuple(items))


def may_differ(capability: Capability, role: str, is_held: bool, has_it: bool) -> bool:
    """Whether this can be taken from the role, or given to it by somebody who has it herself or has not."""
    if is_held or role in capability.roles:
        return role not in capability.always
    return role in capability.also and has_it
