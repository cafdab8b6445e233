"""What is asked of the list: direction, sort, state, words, and where a page begins. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from dorfplatz.exchange.enums import Direction, Sort

STATES = ("open", "solved", "unanswered")
LONGEST_Q = 200
MICROSECONDS = 1_000_000
LATEST = 4_102_444_800 * MICROSECONDS  # the year 2100


@dataclass(frozen=True)
class Cursor:
    """The last line of the page before: when it was published, in microseconds, and its number."""

    at_us: int
    pk: int

    @classmethod
    def at(cls, moment: datetime, pk: int) -> Cursor:
        return cls(int(moment.timestamp()) * MICROSECONDS + moment.microsecond, pk)

    @classmethod
    def read(cls, text: str) -> Cursor | None:
        """None for anything that is none."""
        at, _, pk = text.partition("-")
        if not (at.isascii() and at.isdecimal() and pk.isascii() and pk.isdecimal()) or len(text) > 36:
            return None
        return cls(int(at), int(pk)) if int(at) < LATEST and int(pk) < 2**63 else None

    def __str__(self) -> str:
        return f"{self.at_us}-{self.pk}"


@dataclass(frozen=True)
class Asked:
    """One question to the list. `state` is one of STATES; "" asks for both directions, or all sorts."""

    direction: str = ""
    sort: str = ""
    state: str = "open"
    q: str = ""
    after: Cursor | None = None

    @property
    def parameters(self) -> list[tuple[str, str]]:
        said = [
            ("direction", self.direction),
            ("sort", self.sort),
            ("state", self.state if self.state != "open" else ""),
        ]
        pairs = [*said, ("q", self.q), ("after", str(self.after) if self.after else "")]
        return [(name, value) for name, value in pairs if value]

    def but(self, **changes: str) -> Asked:
        """The same with another answer to one question, from the first page on."""
        return replace(self, after=None, **changes)


def read_asked(parameters: Mapping[str, str]) -> Asked:
    """What an address asks; what is no answer to a question is left out."""
    direction, sort = parameters.get("direction", ""), parameters.get("sort", "")
    state = parameters.get("state", "")
    return Asked(
        direction=direction if direction in Direction.values else "",
        sort=sort if sort in Sort.values else "",
        state=state if state in STATES else "open",
        q=" ".join(parameters.get("q", "").replace("\x00", "").split())[:LONGEST_Q],
        after=Cursor.read(parameters.get("after", "")),
    )
