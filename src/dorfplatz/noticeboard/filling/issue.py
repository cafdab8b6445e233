"""What may stand in a paper, as those who gather it hand it on. Values only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from dorfplatz.kernel.text import in_language
from dorfplatz.media.models import Picture
from dorfplatz.places.queries import Terms
from dorfplatz.villages.models import Area
from dorfplatz.villages.queries import Site


@dataclass(frozen=True)
class Asked:
    """Which paper is filled: of which area, for which days, in which languages, as of which moment."""

    site: Site
    area: Area
    since: date
    until: date
    languages: Sequence[str]
    terms: Terms
    now: datetime

    @property
    def own(self) -> frozenset[int]:
        """What is for the whole municipality is for each village."""
        return frozenset({self.area.pk, self.site.municipality.area.pk})

    @property
    def around(self) -> list[Area]:
        """Whose items fill the paper up, nearest first; a municipality's paper has all its villages."""
        if self.area.pk == self.site.municipality.area.pk:
            return list(self.site.rolled_up)
        near = [*self.site.neighbours(self.area), *self.site.rolled_up]
        return list({area.pk: area for area in near if area.pk != self.area.pk}.values())

    @property
    def everywhere(self) -> frozenset[int]:
        return self.own | {area.pk for area in self.around}

    def distance(self, area_ids: Sequence[int]) -> int:
        """How near something is that stands in these areas: 0 for one's own, then by the order of neighbours."""
        if self.own & set(area_ids) or self.area.pk == self.site.municipality.area.pk:
            return 0
        order = [area.pk for area in self.around]
        return 1 + min((order.index(pk) for pk in area_ids if pk in order), default=len(order))

    def names(self, area_ids: Sequence[int], language: str) -> str:
        """Where it is from, when that is not one's own village."""
        if self.own & set(area_ids):
            return ""
        return ", ".join(in_language(self.site.by_id[pk].name, language) for pk in area_ids if pk in self.site.by_id)


@dataclass(frozen=True)
class Said:
    """An item in one language of the paper; `language` is the one its words are in."""

    title: str
    kicker: str = ""
    text: str = ""
    note: str = ""
    language: str = "de"


@dataclass(frozen=True)
class Candidate:
    """One thing that may stand in the paper. `address` is what its code leads to, without the scheme."""

    key: str
    section: str
    weight: float
    said: Mapping[str, Said]
    path: str
    entry_id: int | None = None
    picture: Picture | None = None
