"""The open interface: the social map and the areas of the square, for our own map and anybody else's."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from dorfplatz.api.answers import json_answer, language_of
from dorfplatz.api.geojson import area_feature, collection, map_collection
from dorfplatz.kernel.access import public
from dorfplatz.kernel.text import in_language
from dorfplatz.places.map_filter import read_map_filter
from dorfplatz.places.queries import pins, social_map, terms_of_municipality
from dorfplatz.villages.request import SquareRequest
from dorfplatz.villages.sockets import village_pages

PLACES = "places"
HOME = "home"


@public
@require_safe
@gzip_page
def map_geojson(request: SquareRequest) -> HttpResponse:
    """The social map under the filters of its page, as points."""
    language = language_of(request)
    if not request.municipality.has_room(PLACES):
        raise Http404
    now, terms = timezone.now(), terms_of_municipality(request.municipality)
    asked = read_map_filter(request.GET)
    found = social_map(request.village_filter, asked, terms, viewer=request.viewer, now=now, with_counts=False)
    with override(language):
        some = pins(found.ids, site=request.site, terms=terms, language=language, viewer=request.viewer, now=now)
    square = in_language(request.municipality.area.name, language)
    return json_answer(request, map_collection(some, base=_base(request), square=square))


@public
@require_safe
@gzip_page
def areas_geojson(request: SquareRequest) -> HttpResponse:
    """The villages of the square and their neighbours outside it; approximate outlines say so."""
    language = language_of(request)
    page = village_pages.get(HOME)
    own = {area.pk for area in request.site.villages}
    with override(language):
        features = [
            area_feature(
                area, language=language, url=f"{_base(request)}{page(area.slug)}" if page and area.pk in own else ""
            )
            for area in (*request.site.villages, *request.site.outside)
        ]
    name = in_language(request.municipality.area.name, language)
    return json_answer(request, collection(features, attribution=name))


def _base(request: SquareRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"
