"""What moderation tells."""

from dataclasses import dataclass

from dorfplatz.kernel.facts import Fact


@dataclass(frozen=True)
class CaseOpened(Fact):
    """Somebody has to look at something."""

    case_id: int
    rank: int


@dataclass(frozen=True)
class CaseDecided(Fact):
    """Something was decided about a thing."""

    case_id: int
    decision_id: int
    step: str
