"""Pages of a long list, as they are asked for in an address. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from dorfplatz.kernel.verdict import Problem

PER_PAGE, MOST_PER_PAGE, LAST_PAGE = 50, 100, 100_000
DIGITS = 6

T = TypeVar("T")


@dataclass(frozen=True)
class Paging:
    """Which page, counted from 1, and how long it is."""

    page: int = 1
    per_page: int = PER_PAGE

    def of(self, things: Sequence[T]) -> Sequence[T]:
        return things[(self.page - 1) * self.per_page : self.page * self.per_page]

    def pages(self, total: int) -> int:
        return -(-total // self.per_page)


def read_paging(parameters: Mapping[str, Any], *, most: int = MOST_PER_PAGE) -> Paging:
    """The page an address states. Numbers out of bounds are a Problem: guessing would hide half of the data."""
    page = _number(parameters.get("page", "1"), LAST_PAGE)
    per_page = _number(parameters.get("per_page", str(PER_PAGE if most <= MOST_PER_PAGE else most)), most)
    if page is None:
        raise Problem(_("“page” is a whole number from 1 to %(most)d.") % {"most": LAST_PAGE})
    if per_page is None:
        raise Problem(_("“per_page” is a whole number from 1 to %(most)d.") % {"most": most})
    return Paging(page, per_page)


def _number(text: str, most: int) -> int | None:
    if not (text.isascii() and text.isdigit() and len(text) <= DIGITS):
        return None
    return int(text) if 1 <= int(text) <= most else None
