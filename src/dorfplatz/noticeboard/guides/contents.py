"""What stands in a guide: every public entry of the social map, by category, in the guide's languages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from dorfplatz.kernel.actor import VISITOR
from dorfplatz.kernel.geo import Point
from dorfplatz.kernel.text import in_language
from dorfplatz.places.map_filter import MapFilter
from dorfplatz.places.queries import PaperLine, Terms, paper_lines, social_map
from dorfplatz.villages.filter import VillageFilter
from dorfplatz.villages.models import Area
from dorfplatz.villages.queries import Site


@dataclass(frozen=True)
class GuideAsked:
    """Which guide: of a village or of the whole municipality, in which languages, as of which moment."""

    site: Site
    area: Area
    languages: Sequence[str]
    terms: Terms
    now: datetime

    @property
    def is_village(self) -> bool:
        return self.area.pk != self.site.municipality.area.pk

    @property
    def villages(self) -> VillageFilter:
        return VillageFilter(self.site, (self.area,) if self.is_village else ())


@dataclass(frozen=True)
class GuideEntry:
    """One entry in all languages of the guide, the first of them first. `number` counts through the guide."""

    number: int
    lines: Sequence[PaperLine]
    category_id: int

    @property
    def first(self) -> PaperLine:
        return self.lines[0]

    @property
    def id(self) -> int:
        return self.first.id

    @property
    def point(self) -> Point | None:
        return self.first.point


@dataclass(frozen=True)
class Chapter:
    """A category of the first level."""

    names: Sequence[str]
    entries: Sequence[GuideEntry]


def chapters_of(asked: GuideAsked) -> list[Chapter]:
    """In the order of the taxonomy, each in the order of its titles. What its source knows no longer is left out."""
    found = social_map(asked.villages, MapFilter(), asked.terms, viewer=VISITOR, now=asked.now, with_counts=False)
    by_language = [_lines(asked, code, found.ids) for code in asked.languages]
    by_root: dict[int, list[list[PaperLine]]] = defaultdict(list)
    for lines in map(list, zip(*by_language, strict=True)):
        if not lines[0].is_missing:
            by_root[asked.terms.root_of(lines[0].category_id)].append(lines)
    number, chapters = 0, []
    for term in (term for term in asked.terms.all if term.id in by_root):
        entries = []
        for lines in by_root[term.id]:
            number += 1
            entries.append(GuideEntry(number, lines, lines[0].category_id))
        chapters.append(Chapter([in_language(term.name, code) for code in asked.languages], entries))
    return chapters


def _lines(asked: GuideAsked, language: str, ids: Sequence[int]) -> list[PaperLine]:
    with override(language):
        return paper_lines(ids, language=language, viewer=VISITOR, now=asked.now)


def confirmed(line: PaperLine, language: str) -> str:
    """“bestätigt im November 2026”; for imports what their source says."""
    with override(language):
        if line.assured_on is None:
            return _("not confirmed yet")
        told = {"month": date_format(line.assured_on, "F Y")}
        return (_("OpenStreetMap, %(month)s") if line.is_from_osm else _("confirmed in %(month)s")) % told
