"""What a screen shows, one after another. Values only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.safestring import SafeString

from dorfplatz.media.models import Picture
from dorfplatz.ui.qr import qr_svg

# Letters from which on a title is written smaller, and smaller still.
LONG, LONGER = 45, 90


@dataclass(frozen=True)
class Code:
    """A code to scan and the same address to type."""

    svg: SafeString
    address: str

    @property
    def host(self) -> str:
        return self.address.partition("/")[0]

    @property
    def path(self) -> str:
        return self.address.removeprefix(self.host)


def code_to(address: str) -> Code:
    """With the address as one would say it, without the scheme."""
    return Code(qr_svg(address), address.partition("://")[2].rstrip("/"))


@dataclass(frozen=True)
class Line:
    """One date in a list. It goes by itself at `until`; `day` is said where the slide is not about one day."""

    day: date
    hours: str
    title: str
    place: str
    state: str
    is_cancelled: bool
    until: datetime
    language: str
    day_words: str = ""


@dataclass(frozen=True)
class Slide:
    """What stands at a time. With `day` it is shown on that day and the day before; until `until`, if that is set."""

    sort: str
    heading: str
    language: str
    code: Code
    title: str = ""
    kicker: str = ""
    note: str = ""
    text: str = ""
    words_in: str = ""
    picture: Picture | None = None
    lines: Sequence[Line] = ()
    day: date | None = None
    day_words: str = ""
    until: datetime | None = None
    is_ahead: bool = False

    @property
    def size(self) -> str:
        """How large its title can be."""
        return "long" if len(self.title) > LONGER else "middling" if len(self.title) > LONG else "short"
