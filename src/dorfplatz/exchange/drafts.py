"""What is said about one ask or offer besides title and text, as values."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from dorfplatz.entries.actions import Draft
from dorfplatz.exchange.enums import Direction, Sort

# How long it stands there unless somebody renews it.
STANDS = {Direction.ASK: timedelta(days=30), Direction.OFFER: timedelta(days=180)}


@dataclass(frozen=True)
class Wanted:
    """When, for whom, from where to where, in words."""

    sort: Sort
    is_regular: bool = False
    needed_on: date | None = None
    when_words: str = ""
    for_whom: str = ""
    from_words: str = ""
    to_words: str = ""
    seats: int | None = None

    def columns(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class ExchangeDraft:
    """All that is said about one ask or offer."""

    direction: Direction
    words: Draft
    wanted: Wanted
