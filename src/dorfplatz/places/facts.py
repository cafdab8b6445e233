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
