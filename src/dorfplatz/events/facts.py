"""What the calendar tells."""

from dataclasses import dataclass
from datetime import date

from dorfplatz.kernel.facts import Fact


@dataclass(frozen=True)
class DatesChanged(Fact):
    """Dates of an event are cancelled, moved or back in place; `on` is the one day, None for all that are to come."""

    entry_id: int
    change: str
    on: date | None


@dataclass(frozen=True)
class ComingSaid(Fact):
    """Somebody said that she comes on that date, or that she does not after all."""

    entry_id: int
    on: date
    is_coming: bool
