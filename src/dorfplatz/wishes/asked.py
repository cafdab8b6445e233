"""What is asked of the list: mood, status, theme, and where a page begins. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from dorfplatz.wishes.enums import Mood, Status

EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
LATEST = 4_102_444_800_000_000
LONGEST_ID = 18


@dataclass(frozen=True)
class Place:
    """A place in the list: after the wish with this moment and id. Stands in addresses as “1733-42”."""

    at: datetime
    pk: int

    def __str__(self) -> str:
        return f"{(self.at - EPOCH) // MICROSECOND}-{self.pk}"


def read_place(said: str) -> Place | None:
    """The place an address names; None for anything else."""
    at, _dash, pk = said.partition("-")
    if not (_is_number(at) and _is_number(pk)) or int(at) > LATEST:
        return None
    return Place(EPOCH + int(at) * MICROSECOND, int(pk))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= LONGEST_ID


@dataclass(frozen=True)
class Asked:
    """One question to the list; "" asks for all, theme 0 too. `goes_on` is asked by pages, never in an address."""

    mood: str = ""
    status: str = ""
    theme: int = 0
    after: Place | None = None
    goes_on: bool = False

    @property
    def parameters(self) -> list[tuple[str, str]]:
        said = [
            ("mood", self.mood), ("status", self.status), ("theme", str(self.theme) if self.theme else ""),
            ("after", str(self.after) if self.after else ""),
        ]  # fmt: skip
        return [(name, value) for name, value in said if value]

    def but(self, **changes: str | int) -> Asked:
        """The same with another answer to one question, from the first page on."""
        return replace(self, after=None, **changes)  # type: ignore[arg-type]  # the fields, each of its own type


def read_asked(parameters: Mapping[str, str]) -> Asked:
    """What an address asks; what is no answer to a question is left out."""
    mood, status, theme = (parameters.get(name, "") for name in ("mood", "status", "theme"))
    return Asked(
        mood=mood if mood in Mood.values else "",
        status=status if status in Status.values else "",
        theme=int(theme) if _is_number(theme) else 0,
        after=read_place(parameters.get("after", "")),
    )
