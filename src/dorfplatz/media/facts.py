"""What media tells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dorfplatz.kernel.facts import Fact


@dataclass(frozen=True)
class PictureMadeReady(Fact):
    """The copies of a picture exist and may be shown."""

    picture_id: int
    at: datetime


@dataclass(frozen=True)
class PictureTurnedDown(Fact):
    """An upload looked like a picture but could not be read; `refusal` is a code of media.enums.Refusal."""

    picture_id: int
    refusal: str
    at: datetime


@dataclass(frozen=True)
class PictureErased(Fact):
    """A picture is gone for good; whoever remembers its id forgets it."""

    picture_id: int
    at: datetime
