"""What members tells."""

from dataclasses import dataclass

from dorfplatz.kernel.facts import Fact


@dataclass(frozen=True)
class IdentityCreated(Fact):
    """Somebody is on the square now."""

    identity_id: int


@dataclass(frozen=True)
class MemberJoined(Fact):
    """Somebody has joined by herself, with a card or by mail, and is at home there."""

    identity_id: int
    area_id: int


@dataclass(frozen=True)
class RoleGranted(Fact):
    """Somebody holds a role in an area from now on."""

    identity_id: int
    role: str
    area_id: int


@dataclass(frozen=True)
class RoleEnded(Fact):
    """Somebody does not hold the role there any more."""

    identity_id: int
    role: str
    area_id: int


@dataclass(frozen=True)
class MandateHandedOver(Fact):
    """Another acts for somebody without internet now, instead of the first: what he set out for her is the other's."""

    identity_id: int
    from_id: int
    to_id: int


@dataclass(frozen=True)
class MandateEnded(Fact):
    """Somebody without internet is not acted for any more by one who did; others may."""

    identity_id: int
