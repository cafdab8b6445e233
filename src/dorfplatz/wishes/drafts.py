"""What is said in one wish, and on one flip chart, as values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dorfplatz.entries.actions import Draft
from dorfplatz.villages.models import Area
from dorfplatz.wishes.enums import Mood


@dataclass(frozen=True)
class WishDraft:
    """All that is said in one wish."""

    mood: Mood
    words: Draft
    on_paper: int = 0


@dataclass(frozen=True)
class Row:
    """One line of a flip chart; `on_paper` are the ticks beside it."""

    mood: Mood
    sentence: str
    language: str
    on_paper: int = 0


@dataclass(frozen=True)
class ChartDraft:
    """A flip chart: where and when it hung, and what stands on it. `origin` and `uri` are the demonstration's."""

    area: Area
    place: str
    held_on: date
    rows: Sequence[Row]
    shows_photos: bool = False
    origin: str = ""
    uri: str = ""
