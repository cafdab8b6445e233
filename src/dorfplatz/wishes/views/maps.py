"""What there is and what is wished, side by side."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from dorfplatz.kernel.access import public
from dorfplatz.kernel.text import in_language
from dorfplatz.places.map_filter import MapFilter, box_around
from dorfplatz.places.queries import cards as place_cards
from dorfplatz.places.queries import social_map, terms_of_municipality
from dorfplatz.places.room import ROOM as PLACES
from dorfplatz.ui.sockets import links
from dorfplatz.villages.filter import VillageFilter
from dorfplatz.villages.kept.notes import keep_under
from dorfplatz.villages.request import SquareRequest
from dorfplatz.wishes.enums import COLOURS, ICONS, Mood, Status
from dorfplatz.wishes.queries import PinnedWish, pinned_wishes
from dorfplatz.wishes.room import require_room

MOST_PLACES = 60


@public
@require_safe
def both_maps(request: SquareRequest) -> HttpResponse:
    """The social map and the wishes of the chosen villages; the lists say the same without a map."""
    require_room(request)
    villages = VillageFilter(request.site, request.village_filter.chosen, request.village_filter.with_neighbours)
    keep_under(request, _address(villages))
    chosen = villages.chosen or (request.municipality.area,)
    language = request.LANGUAGE_CODE
    wishes = pinned_wishes(villages, viewer=request.viewer, now=timezone.now(), language=language)
    context = {
        "where": ", ".join(in_language(area.name, language) for area in chosen),
        "box": None if villages.is_all else box_around(area.outline for area in villages.areas if area.outline),
        "here": villages.only.slug if villages.only else "",
        "wishes": [(wish, str(Mood(wish.mood).label)) for wish in wishes],
        "query": villages.query,
        "points_url": f"{reverse('wishes:points')}?{villages.query}",
        "address": request.build_absolute_uri(_address(villages)),
        **_places(request, villages),
    }
    return render(request, "wishes/maps.html", context)


def _address(villages: VillageFilter) -> str:
    base = reverse("wishes:map")
    return f"{base}?{villages.query}" if villages.query else base


def _places(request: SquareRequest, villages: VillageFilter) -> dict[str, Any]:
    """What there is; nothing where the municipality has closed the social map."""
    if not request.municipality.has_room(PLACES):
        return {"places": [], "place_count": 0, "places_url": "", "areas_url": _link(request, "map-areas", [])}
    terms = terms_of_municipality(request.municipality)
    how = {"viewer": request.viewer, "now": timezone.now()}
    found = social_map(villages, MapFilter(), terms, with_counts=False, **how)  # type: ignore[arg-type]  # both
    some = place_cards(found.ids[:MOST_PLACES], site=request.site, terms=terms, language=request.LANGUAGE_CODE, **how)  # type: ignore[arg-type]  # both
    return {
        "places": some,
        "place_count": len(found.ids),
        "places_url": _link(request, "map-entries", villages.parameters),
        "areas_url": _link(request, "map-areas", []),
    }


def _link(request: SquareRequest, name: str, pairs: list[tuple[str, str]]) -> str:
    link = links.get(name)
    return f"{link(request)}?{urlencode([*pairs, ('lang', request.LANGUAGE_CODE)])}" if link else ""


@public
@require_safe
def points(request: SquareRequest) -> HttpResponse:
    """The wishes that go on and have a point, as the map takes them (GeoJSON, RFC 7946)."""
    require_room(request)
    villages = VillageFilter(request.site, request.village_filter.chosen, request.village_filter.with_neighbours)
    language = request.LANGUAGE_CODE
    found = pinned_wishes(villages, viewer=request.viewer, now=timezone.now(), language=language)
    features = [_feature(wish, request, language) for wish in found]
    return JsonResponse({"type": "FeatureCollection", "features": features}, content_type="application/geo+json")


def _feature(wish: PinnedWish, request: SquareRequest, language: str) -> dict[str, Any]:
    mood, known = Mood(wish.mood), request.site.by_id
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [wish.point.lon, wish.point.lat]},
        "properties": {
            "id": wish.code,
            "kind": "wish",
            "name": wish.title,
            "category": f"{mood.label} · {Status(wish.status).label}",
            "villages": [in_language(known[pk].name, language) for pk in wish.area_ids if pk in known],
            "url": wish.url,
            "open": None,
            "confirmed_on": None,
            "shape": "drop",
            "colour": COLOURS[mood],
            "icon": ICONS[mood],
        },
    }
