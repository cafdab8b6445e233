"""What the social map tells."""

from dataclasses import dataclass

from dorfplatz.kernel.facts import Fact


@dataclass(frozen=True)
class PlaceConfirmed(Fact):
    """Somebody said that an entry is still right."""

    entry_id: int


@dataclass(frozen=True)
class CorrectionReceived(Fact):
    """Somebody said that an entry is wrong."""

    correction_id: int
    entry_id: int


@dataclass(frozen=True)
class PlaceClaimed(Fact):
    """A member asks to keep an entry."""

    claim_id: int
    entry_id: int


@dataclass(frozen=True)
class ClaimDecided(Fact):
    """She was told yes or no."""

    claim_id: int
    entry_id: int


@dataclass(frozen=True)
class ClaimWaits(Fact):
    """The present keepers have had their week; from now on others may decide as well."""

    claim_id: int
    entry_id: int


@dataclass(frozen=True)
class ClaimWithdrawn(Fact):
    """She has taken her question back."""

    claim_id: int
    entry_id: int


@dataclass(frozen=True)
class PlaceHandedOver(Fact):
    """A successor keeps an entry now; `by_id` is who handed it over, None for somebody who did not keep it."""

    hand_over_id: int
    entry_id: int
    by_id: int | None
    successor_id: int
