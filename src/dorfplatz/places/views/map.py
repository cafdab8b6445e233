"""The social map: filters, list and map; the page of one category; the whole result on paper."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from dorfplatz.kernel.access import public
from dorfplatz.kernel.text import in_language
from dorfplatz.places.addresses import map_address, query_pairs
from dorfplatz.places.enums import ADD
from dorfplatz.places.finder import Finder
from dorfplatz.places.map_filter import read_map_filter
from dorfplatz.places.queries import PaperLine, paper_lines, terms_of_municipality
from dorfplatz.places.room import require_room
from dorfplatz.ui.sockets import links
from dorfplatz.villages.filter import VillageFilter
from dorfplatz.villages.kept.notes import keep_under
from dorfplatz.villages.request import SquareRequest

FRAGMENT = "partial"
SEMICOLON = ("separator", "semicolon")


@public
@require_safe
def social_map(request: SquareRequest, slug: str = "") -> HttpResponse:
    """What there is, by village and question; with `slug` the page of one category."""
    require_room(request)
    finder = _finder(request, slug)
    if slug and finder.term is None:
        raise Http404
    is_fragment = request.headers.get("HX-Request-Type") == FRAGMENT
    template = "places/map.html#results" if is_fragment else "places/map.html"
    context = _context(request, finder)
    _keep(request, finder, context["page"].number)
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request-Type"])
    return response


def _keep(request: SquareRequest, finder: Finder, page: int) -> None:
    """What is found by words or in a frame of one's own is asked once; everything else by many."""
    if finder.asked.q or finder.asked.bbox:
        return
    address = map_address(finder.villages, finder.asked)
    if page > 1:
        address += f"{'&' if '?' in address else '?'}page={page}"
    keep_under(request, address)


@public
@require_safe
def print_map(request: SquareRequest) -> HttpResponse:
    """All results on paper, in sections by category, each with its short address."""
    require_room(request)
    finder = _finder(request, "")
    lines = paper_lines(finder.found.ids, language=finder.language, viewer=finder.viewer, now=finder.now)
    context = {
        "finder": finder,
        "sections": _sections(finder, lines),
        "host": request.get_host(),
        "back_url": map_address(finder.villages, finder.asked),
        "has_osm": any(line.is_from_osm for line in lines),
    }
    return render(request, "places/print_map.html", context)


@dataclass(frozen=True)
class Section:
    """One first-level category on paper."""

    name: str
    lines: list[PaperLine]


def _sections(finder: Finder, lines: list[PaperLine]) -> list[Section]:
    by_root: dict[int, list[PaperLine]] = defaultdict(list)
    for line in lines:
        by_root[finder.terms.root_of(line.category_id)].append(line)
    ordered = [term for term in finder.terms.all if term.id in by_root]
    return [Section(in_language(term.name, finder.language), by_root[term.id]) for term in ordered]


def _finder(request: SquareRequest, slug: str) -> Finder:
    parameters = request.GET.copy()
    if slug:
        parameters.setlist("category", [slug])
    asked, terms = read_map_filter(parameters), terms_of_municipality(request.municipality)
    return Finder(
        # The middleware's filter is lazy; changes are made to a real one.
        villages=VillageFilter(request.site, request.village_filter.chosen, request.village_filter.with_neighbours),
        asked=replace(asked, categories=terms.known(asked.categories)),
        terms=terms,
        language=request.LANGUAGE_CODE,
        viewer=request.viewer,
        now=timezone.now(),
    )


def _context(request: SquareRequest, finder: Finder) -> dict[str, Any]:
    page = finder.page(request.GET.get("page"))
    neighbours = [result for result in page.object_list if result.is_from_neighbour]
    own = [result for result in page.object_list if not result.is_from_neighbour]
    cards = {card.id: card for card in finder.cards([*own, *neighbours])}
    here_url = map_address(finder.villages, finder.asked)
    return {
        "finder": finder,
        "page": page,
        "own_cards": [cards[str(result.id)] for result in own if str(result.id) in cards],
        "neighbour_cards": [cards[str(result.id)] for result in neighbours if str(result.id) in cards],
        "search_url": reverse("places:map"),
        "search_fields": query_pairs(finder.villages, finder.asked.without("q", "bbox")),
        "here_url": here_url,
        "address": request.build_absolute_uri(here_url),
        "print_url": map_address(finder.villages, finder.asked, route="places:print_map"),
        "data_url": _data_url(request, "map-entries", [*query_pairs(finder.villages, finder.asked)]),
        "areas_url": _data_url(request, "map-areas", []),
        # In German and Dutch, spreadsheet programs look for semicolons.
        "table_url": _data_url(request, "map-table", [*query_pairs(finder.villages, finder.asked), SEMICOLON]),
        "add_url": reverse("places:add") if request.viewer.holds_within(ADD, request.municipality.path) else "",
    }


def _data_url(request: SquareRequest, name: str, pairs: list[tuple[str, str]]) -> str:
    """Where the map gets what it shows; "" where the data interface is not there."""
    link = links.get(name)
    return f"{link(request)}?{urlencode([*pairs, ('lang', request.LANGUAGE_CODE)])}" if link else ""
