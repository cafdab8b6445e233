"""Lists of people by name, page by page: each begins where the one before ended."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from django.utils.http import urlencode

from dorfplatz.villages.request import SquareRequest

LONGEST_WORDS = 80


class Named(Protocol):
    """Somebody in a list."""

    @property
    def pk(self) -> int: ...
    @property
    def name(self) -> str: ...


def words_asked(request: SquareRequest) -> str:
    return request.GET.get("q", "").replace("\0", "")[:LONGEST_WORDS]


def after_asked(request: SquareRequest) -> tuple[str, int] | None:
    """Where the page before ended: a name and the number that tells namesakes apart."""
    name, number = request.GET.get("name", "").replace("\0", "")[:LONGEST_WORDS], request.GET.get("after", "")
    return (name, int(number)) if number.isascii() and number.isdigit() and len(number) < 18 else None


def page_of(request: SquareRequest, found: Sequence[Named], *, size: int, kept: tuple[str, ...]) -> dict[str, Any]:
    """The people of this page, and the address of the next: `kept` goes along. `found` has one more if there is one."""
    people = found[:size]
    more = ""
    if len(found) > size:
        said = {key: str(request.GET[key]) for key in kept if request.GET.get(key)}
        more = "?" + urlencode({**said, "name": people[-1].name, "after": str(people[-1].pk)})
    return {"people": people, "more": more}
