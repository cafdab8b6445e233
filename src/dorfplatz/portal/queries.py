"""What the home pages of a village and of a municipality show. Each page reads the social map's rows once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.geo import distance_m
from dorfplatz.kernel.text import in_language
from dorfplatz.members.queries import Face, connectors_of
from dorfplatz.places.map_filter import MapFilter
from dorfplatz.places.queries import Branch, Terms, cards, rows_of, social_map, terms_of_municipality
from dorfplatz.places.queries.social_map import Row
from dorfplatz.portal.strip import Piece, draw_strip
from dorfplatz.ui.parts import Card, Strip
from dorfplatz.villages.filter import VillageFilter
from dorfplatz.villages.models import Area
from dorfplatz.villages.queries import Site

FEW = 8  # a village with fewer entries than this is filled up with its neighbours'
OPEN_SHOWN = 4
NEAR_SHOWN = 6
NEIGHBOURS_SHOWN = 8


@dataclass(frozen=True)
class Corner:
    """A branch of the social map with how much is there."""

    branch: Branch
    count: int


@dataclass(frozen=True)
class Neighbour:
    area: Area
    metres: float | None
    count: int


@dataclass(frozen=True)
class HomePage:
    """What there is now in an area: `area` is a village or the municipality itself."""

    area: Area
    terms: Terms
    total: int
    corners: Sequence[Corner]
    open_now: Sequence[Card]
    open_count: int
    clubs: Sequence[Card]
    nearby: Sequence[Card]
    faces: Sequence[Face]
    neighbours: Sequence[Neighbour]
    strip: Strip | None


def village_home(
    site: Site, village: Area, *, language: str, viewer: Actor, now: datetime, label: str, urls: dict[int, str]
) -> HomePage:
    """One village, filled up with its neighbours' entries when it has few of its own."""
    terms = terms_of_municipality(site.municipality)
    rows = rows_of(site, terms, viewer=viewer, now=now)
    own = VillageFilter(site, (village,))
    found = social_map(own, MapFilter(), terms, viewer=viewer, now=now, rows=rows)
    opened = social_map(own, MapFilter(open="now"), terms, viewer=viewer, now=now, rows=rows)
    around = VillageFilter(site, (village,), with_neighbours=True)
    nearby = social_map(around, MapFilter(), terms, viewer=viewer, now=now, rows=rows) if len(found.ids) < FEW else None
    open_ids = opened.ids[:OPEN_SHOWN]
    club_ids = _clubs(found.ids, rows, terms)
    near_ids = [r.id for r in nearby.results if r.is_from_neighbour][:NEAR_SHOWN] if nearby else []
    shown = _cards([*open_ids, *club_ids, *near_ids], site, terms, language, viewer, now, village)
    neighbours = site.neighbours(village)
    return HomePage(
        area=village,
        terms=terms,
        total=len(found.ids),
        corners=_corners(terms, found.counts["categories"]),
        open_now=[shown[pk] for pk in open_ids if pk in shown],
        open_count=len(opened.ids),
        clubs=[shown[pk] for pk in club_ids if pk in shown],
        nearby=[shown[pk] for pk in near_ids if pk in shown],
        faces=connectors_of([village], viewer),
        neighbours=[
            Neighbour(a, _metres(village, a), found.village_counts.get(a.pk, 0)) for a in neighbours[:NEIGHBOURS_SHOWN]
        ],
        strip=_strip(site, rows, terms, language, label, urls, here=village),
    )


def municipality_home(
    site: Site, *, language: str, viewer: Actor, now: datetime, label: str, urls: dict[int, str]
) -> HomePage:
    """All villages at a glance."""
    terms = terms_of_municipality(site.municipality)
    rows = rows_of(site, terms, viewer=viewer, now=now)
    whole = VillageFilter(site)
    found = social_map(whole, MapFilter(), terms, viewer=viewer, now=now, rows=rows)
    opened = social_map(whole, MapFilter(open="now"), terms, viewer=viewer, now=now, rows=rows)
    open_ids = opened.ids[:OPEN_SHOWN]
    shown = _cards(open_ids, site, terms, language, viewer, now, None)
    return HomePage(
        area=site.municipality.area,
        terms=terms,
        total=len(found.ids),
        corners=_corners(terms, found.counts["categories"]),
        open_now=[shown[pk] for pk in open_ids if pk in shown],
        open_count=len(opened.ids),
        clubs=(),
        nearby=(),
        faces=connectors_of(site.villages, viewer),
        neighbours=[Neighbour(a, None, found.village_counts.get(a.pk, 0)) for a in (*site.villages, *site.outside)],
        strip=_strip(site, rows, terms, language, label, urls, here=None),
    )


def _metres(a: Area, b: Area) -> float | None:
    return distance_m(a.point, b.point) if a.point and b.point else None


def _cards(
    ids: Sequence[int], site: Site, terms: Terms, language: str, viewer: Actor, now: datetime, village: Area | None
) -> dict[int, Card]:
    near = village.point if village else None
    wanted = list(dict.fromkeys(ids))
    found = cards(wanted, site=site, terms=terms, language=language, viewer=viewer, now=now, near=near)
    return {int(card.id): card for card in found}


def _corners(terms: Terms, counts: Mapping[int, int]) -> list[Corner]:
    return [Corner(branch, counts[branch.term.id]) for branch in terms.branches if counts.get(branch.term.id)]


def _clubs(ids: Sequence[int], rows: Sequence[Row], terms: Terms) -> list[int]:
    """The first few in the branches where people come together."""
    together = terms.ids_below("clubs") | terms.ids_below("neighbourhood")
    of = {row.id: row.categories for row in rows}
    return [pk for pk in ids if of[pk] & together][:NEAR_SHOWN]


def _strip(
    site: Site, rows: Sequence[Row], terms: Terms, language: str, label: str, urls: dict[int, str], here: Area | None
) -> Strip | None:
    pieces = [
        Piece(
            name=in_language(area.name, language),
            tint=area.tint,
            outline=area.outline,
            centre=(area.lat, area.lon) if area.lat is not None and area.lon is not None else None,
            url=urls.get(area.pk, ""),
            is_here=here is not None and area.pk == here.pk,
            is_approximate=area.is_approximate,
        )
        for area in site.villages
    ]
    dots = [
        (row.lat, row.lon, _colour(row, terms))
        for row in rows
        if row.lat is not None and row.lon is not None and (here is None or here.pk in row.areas)
    ]
    return draw_strip(pieces, dots, label=label, focus=here is not None and here.outline is not None)


def _colour(row: Row, terms: Terms) -> str:
    found = [terms.by_id[pk] for pk in sorted(row.categories) if pk in terms.by_id]
    return found[0].colour if found else "slate"
