"""What a letter says: the same for all who have the same taste and see the same. Values only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dorfplatz.kernel.actor import Actor
from dorfplatz.villages.models import Area
from dorfplatz.villages.queries import Site


@dataclass(frozen=True)
class Taste:
    """What somebody reads. People with equal tastes get the same words.

    `own` are the ids of the villages the letter is for, `around` of those with whose news it is filled up, nearest
    first. `sees` is what the reader may see, without who she is: her municipalities and from whom she is apart.
    """

    own: tuple[int, ...]
    around: tuple[int, ...]
    left_out: frozenset[str]
    language: str
    sees: Actor


@dataclass(frozen=True)
class Asked:
    """Which letter is asked for: of which square, for whose taste, from where addresses begin, and when."""

    site: Site
    taste: Taste
    days: int
    origin: str
    now: datetime

    @property
    def area_ids(self) -> list[int]:
        """All areas whose things may stand in the letter; what is for the whole municipality is for each village."""
        return [*self.taste.own, self.site.municipality.area.pk, *self.taste.around]

    def rank(self, area_ids: Sequence[int]) -> int:
        """How near something is that stands in these areas: 0 for one's own."""
        near = [*self.taste.own, self.site.municipality.area.pk]
        if any(pk in near for pk in area_ids):
            return 0
        places = [self.taste.around.index(pk) for pk in area_ids if pk in self.taste.around]
        return 1 + min(places, default=len(self.taste.around))


@dataclass(frozen=True)
class Line:
    """One thing in a letter. `origin` names the village where it is none of one's own."""

    title: str
    url: str
    when: str = ""
    lead: str = ""
    origin: str = ""
    kind: str = ""
    language: str = ""


@dataclass(frozen=True)
class Part:
    """One heading with what stands below it; `more_count` things did not fit."""

    key: str
    title: str
    lines: Sequence[Line]
    more_count: int = 0


@dataclass(frozen=True)
class Face:
    name: str
    area: str
    words: str


@dataclass(frozen=True)
class Issue:
    """One letter, without a name."""

    place: str
    square: str
    home_url: str
    parts: Sequence[Part]
    faces: Sequence[Face]

    @property
    def is_empty(self) -> bool:
        return not any(part.lines for part in self.parts)


def area_names(areas: Sequence[Area]) -> str:
    return ", ".join(dict.fromkeys(str(area) for area in areas))
