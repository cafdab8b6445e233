"""What members offers: apps name their capabilities here, and the roles that carry them from the start."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise

from dorfplatz.kernel.registry import Registry
from dorfplatz.members.enums import Role


@dataclass(frozen=True)
class Capability:
    """Something a role allows in an area, in words for the page of roles."""

    label: str | Promise
    roles: frozenset[Role]


capabilities: Registry[Capability] = Registry("capabilities")


def offer_capability(name: str, label: str | Promise, *roles: Role) -> None:
    """Plug a capability; operators always hold it."""
    capabilities.plug(name, Capability(label, frozenset({*roles, Role.OPERATOR})))


def capabilities_of(role: str) -> frozenset[str]:
    return frozenset(name for name, capability in capabilities.items() if role in capability.roles)
