"""What an engine promises."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


class EngineAway(Exception):
    """The engine cannot be asked now: down, slow, or it has had enough. Later it may do. The message is a sentence."""


class PairUnknown(Exception):
    """The engine does not translate between these two languages."""


@dataclass(frozen=True)
class Standing:
    """How translation stands on this installation, in a sentence for the operator."""

    is_ready: bool
    is_well: bool
    says: str


@dataclass(frozen=True)
class Route:
    """How an engine gets from one language to the other, and with which model. `path` reads “de-en-nl”."""

    path: str
    model: str


class Engine(Protocol):
    """Translates sentences. `leaves_the_house` says whether texts are sent to somebody else's server."""

    name: str
    leaves_the_house: bool
    keeps_address: bool  # whether it can be told to say “Sie” or “du”

    def standing(self) -> Standing:
        """How it stands; quick, and never raises."""

    def route(self, source: str, target: str) -> Route | None:
        """How it would get from one language to the other; None when it cannot."""

    def translate(self, texts: Sequence[str], source: str, target: str, /, *, address: str = "") -> list[str]:
        """Each text in the other language, formal or informal as `address` says if it can; "" for one that it could
        not do. Raises EngineAway, PairUnknown."""
