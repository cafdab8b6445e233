"""What the home pages of a village and of a municipality show. Each page reads the social map's rows once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from dorfplatz.entries.models import Entry
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.geo import distance_m
from dorfplatz.members.queries import Face, connectors_of
from dorfplatz.places.map_filter import MapFilter
from dorfplatz.places.queries import Board, Branch, Spot, Terms, cards, rows_of, social_map
from dorfplatz.ui.parts import Card, Strip
from dorfplatz.villages.filter import VillageFilter
from dorfplatz.villages.models import Area
from dorfplatz.villages.queries import Site
from dorfplatz.villages.strip import draw_strip, frame_of

FEW = 8  # a village with fewer entries than this is filled up with its neighbours'
OPEN_SHOWN = 4
NEAR_SHOWN = 6
NEIGHBOURS_SHOWN = 8


# As many as a sitemap may list.
MOST_INDEXED = 49_000


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
class Glance:
    """Whose glance at which square: what both home pages are told by their view. `urls` are village pages by area."""

    site: Site
    terms: Terms
    language: str
    viewer: Actor
    now: datetime
    map_label: str
    urls: Mapping[int, str]


@dataclass(frozen=True)
class HomePage:
    """What there is now in an area: `area` is a village or the municipality itself."""

    area: Area
    total: int
    corners: Sequence[Corner]
    open_now: Sequence[Card]
    open_count: int
    clubs: Sequence[Card]
    nearby: Sequence[Card]
    faces: Sequence[Face]
    neighbours: Sequence[Neighbour]
    strip: Strip | None


def village_home(look: Glance, village: Area) -> HomePage:
    """One village, filled up with its neighbours' entries when it has few of its own."""
    site, viewer, now = look.site, look.viewer, look.now
    rows = rows_of(site, viewer=viewer, now=now, language=look.language)
    own = VillageFilter(site, (village,))
    found = social_map(own, MapFilter(), look.terms, viewer=viewer, now=now, rows=rows)
    opened = social_map(own, MapFilter(open="now"), look.terms, viewer=viewer, now=now, rows=rows)
    open_ids = _worth_a_visit(opened.ids, rows)
    club_ids = _clubs(found.ids, rows, look.terms)
    near_ids = _nearby_ids(look, village, rows) if len(found.ids) < FEW else []
    shown = _cards([*open_ids, *club_ids, *near_ids], look, village)
    return HomePage(
        area=village,
        total=len(found.ids),
        corners=_corners(look.terms, found.counts["categories"]),
        open_now=[shown[pk] for pk in open_ids],
        open_count=len(opened.ids),
        clubs=[shown[pk] for pk in club_ids],
        nearby=[shown[pk] for pk in near_ids],
        faces=connectors_of([village], viewer),
        neighbours=[
            Neighbour(area, _metres(village, area), found.village_counts.get(area.pk, 0))
            for area in site.neighbours(village)[:NEIGHBOURS_SHOWN]
        ],
        strip=_strip(look, rows, here=village),
    )


def municipality_home(look: Glance) -> HomePage:
    """All villages at a glance."""
    site, viewer, now = look.site, look.viewer, look.now
    rows = rows_of(site, viewer=viewer, now=now, language=look.language)
    whole = VillageFilter(site)
    found = social_map(whole, MapFilter(), look.terms, viewer=viewer, now=now, rows=rows)
    opened = social_map(whole, MapFilter(open="now"), look.terms, viewer=viewer, now=now, rows=rows)
    open_ids = _worth_a_visit(opened.ids, rows)
    shown = _cards(open_ids, look, None)
    return HomePage(
        area=site.municipality.area,
        total=len(found.ids),
        corners=_corners(look.terms, found.counts["categories"]),
        open_now=[shown[pk] for pk in open_ids],
        open_count=len(opened.ids),
        clubs=(),
        nearby=(),
        faces=connectors_of(site.rolled_up, viewer),
        neighbours=[Neighbour(a, None, found.village_counts.get(a.pk, 0)) for a in (*site.listed, *site.outside)],
        strip=_strip(look, rows, here=None),
    )


def _worth_a_visit(open_ids: Sequence[int], rows: Board) -> list[int]:
    """Some of what is open: first what will close again, then what always is."""
    always = set(rows.ids(rows.never_closed))
    return sorted(open_ids, key=lambda pk: pk in always)[:OPEN_SHOWN]


def _metres(a: Area, b: Area) -> float | None:
    return distance_m(a.point, b.point) if a.point and b.point else None


def _nearby_ids(look: Glance, village: Area, rows: Board) -> list[int]:
    around = VillageFilter(look.site, (village,), with_neighbours=True)
    found = social_map(around, MapFilter(), look.terms, viewer=look.viewer, now=look.now, rows=rows)
    return [result.id for result in found.results if result.is_from_neighbour][:NEAR_SHOWN]


def _cards(ids: Sequence[int], look: Glance, village: Area | None) -> dict[int, Card]:
    found = cards(
        list(dict.fromkeys(ids)),
        site=look.site,
        terms=look.terms,
        language=look.language,
        viewer=look.viewer,
        now=look.now,
        near=village.point if village else None,
    )
    return {int(card.id): card for card in found}


def _corners(terms: Terms, counts: Mapping[int, int]) -> list[Corner]:
    return [Corner(branch, counts[branch.term.id]) for branch in terms.branches if counts.get(branch.term.id)]


def _clubs(ids: Sequence[int], rows: Board, terms: Terms) -> list[int]:
    """The first few in the branches where people come together."""
    together = terms.ids_below("clubs") | terms.ids_below("neighbourhood")
    there = set(rows.ids(rows.in_categories(together)))
    return [pk for pk in ids if pk in there][:NEAR_SHOWN]


def _strip(look: Glance, rows: Board, *, here: Area | None) -> Strip | None:
    frame = frame_of([here] if here and here.outline else look.site.rolled_up)
    if frame is None:
        return None
    dots = [
        (row.lat, row.lon, _colour(row, look.terms))
        for row in rows.spots(rows.all if here is None else rows.by_area.get(here.pk, 0))
        if row.lat is not None and row.lon is not None
    ]
    return draw_strip(
        frame,
        (*look.site.listed, *look.site.outside),
        dots,
        language=look.language,
        label=look.map_label,
        here=[here.pk] if here else [],
        urls=look.urls,
    )


def _colour(row: Spot, terms: Terms) -> str:
    found = [terms.by_id[pk] for pk in row.categories if pk in terms.by_id]
    return found[0].colour if found else "slate"


def indexed_entries(site: Site, *, viewer: Actor, now: datetime) -> list[tuple[str, str, datetime]]:
    """Code, words of the address, and last change of what this viewer may read in the municipality. One query."""
    found = Entry.objects.visible_to(viewer, now=now).in_areas(VillageFilter(site).area_ids)
    some = found.only("code", "title", "kind", "changed_at").order_by("-changed_at", "pk")[:MOST_INDEXED]
    return [(entry.code, entry.title_words, entry.changed_at) for entry in some]
