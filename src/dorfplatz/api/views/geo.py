"""The social map and the areas of the square as GeoJSON, for our own map and anybody else's."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.gzip import gzip_page

from dorfplatz.api.answers import (
    GEOJSON,
    Packed,
    base_of,
    json_answer,
    language_of,
    machine_readable,
    need_social_map,
    packed,
    packed_answer,
)
from dorfplatz.api.geojson import area_feature, collection, map_collection
from dorfplatz.api.sources import licence_urls, sources_of, square_source
from dorfplatz.kernel.access import public
from dorfplatz.kernel.keeping import Share
from dorfplatz.kernel.text import in_language
from dorfplatz.places.map_filter import read_map_filter
from dorfplatz.places.queries import pinboard, rows_of, social_map, terms_of_municipality
from dorfplatz.villages.edition_memory import EditionMemory
from dorfplatz.villages.queries import edition_to_keep_under
from dorfplatz.villages.request import SquareRequest
from dorfplatz.villages.sockets import village_pages

HOME = "home"
# Compressed; what an answer is kept under takes some room too.
_files: EditionMemory[Packed] = EditionMemory(Share.FILES.bytes(), size_of=lambda file: len(file.body) + 20_000)


@public
@machine_readable
def map_geojson(request: SquareRequest) -> HttpResponse:
    """The social map under the filters of its page, as points. Members see here what they see on the page."""
    need_social_map(request)
    language, now, base = language_of(request), timezone.now(), base_of(request)
    terms = terms_of_municipality(request.municipality)
    asked = read_map_filter(request.GET)
    edition = edition_to_keep_under(request.municipality.pk)  # before anything is read
    site, viewer = request.site, request.viewer
    rows = rows_of(site, viewer=viewer, now=now, language=language)
    found = social_map(request.village_filter, asked, terms, viewer=viewer, now=now, rows=rows, with_counts=False)
    board = pinboard(edition=edition, site=site, terms=terms, language=language)
    openings = board.openings(now.astimezone(ZoneInfo(request.municipality.timezone)))

    def draw() -> Packed:
        some = list(board.pins(found.ids, openings))
        square = square_source(in_language(request.municipality.area.name, language), base)
        sources = sources_of((pin.origin for pin in some), square)
        return packed(map_collection(some, base=base, sources=sources), licences=licence_urls(sources))

    # All that the file follows from: two readers to whom all this is alike may have the same one.
    key = (request.municipality.pk, language, base, found.board.key, found.groups, tuple(found.answers), openings)
    return packed_answer(request, _files.get(key, edition, draw), content_type=GEOJSON)


@public
@machine_readable
@gzip_page
def areas_geojson(request: SquareRequest) -> HttpResponse:
    """The villages of the square and their neighbours outside it; approximate outlines say so."""
    language, base = language_of(request), base_of(request)
    page = village_pages.get(HOME)
    own = {area.pk for area in request.site.listed}
    features = [
        area_feature(area, language=language, url=f"{base}{page(area.slug)}" if page and area.pk in own else "")
        for area in (*request.site.listed, *request.site.outside)
    ]
    sources = (square_source(in_language(request.municipality.area.name, language), base),)
    content = collection(features, sources=sources)
    return json_answer(request, content, content_type=GEOJSON, licences=licence_urls(sources))
