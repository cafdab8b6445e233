"""What gives a municipality its colours on every page, and its shape on every map."""

from __future__ import annotations

import hashlib
import json

from django.http import Http404, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from dorfplatz.kernel.access import public
from dorfplatz.kernel.text import in_language
from dorfplatz.villages.colours import look_version, stylesheet
from dorfplatz.villages.queries import Site
from dorfplatz.villages.request import SquareRequest

YEAR_S = 365 * 24 * 3600


@public
@require_safe
def look(request: SquareRequest, municipality_id: int, version: str) -> HttpResponse:
    """The stylesheet of the municipality's accent. Under an outdated version it is answered too, but not kept."""
    municipality = request.municipality
    if municipality is None or municipality.pk != municipality_id:
        raise Http404
    response = HttpResponse(stylesheet(municipality.accent), content_type="text/css; charset=utf-8")
    current = version == look_version(municipality.accent)
    response["Cache-Control"] = f"public, max-age={YEAR_S}, immutable" if current else "public, max-age=60"
    return response


@public
@require_safe
def outlines(request: SquareRequest, municipality_id: int) -> HttpResponse:
    """The villages' outlines for maps as a GeoJSON FeatureCollection, in the reader's language, with an ETag."""
    municipality = request.municipality
    if municipality is None or municipality.pk != municipality_id:
        raise Http404
    body = json.dumps(_collection(request.site), ensure_ascii=False, separators=(",", ":")).encode()
    etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
    known = request.headers.get("If-None-Match") == etag
    response = HttpResponse(status=304) if known else HttpResponse(body, content_type="application/geo+json")
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    return response


def _collection(site: Site) -> dict[str, object]:
    language = get_language() or "de"
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "geometry": village.outline,
                "properties": {
                    "slug": village.slug,
                    "name": in_language(village.name, language),
                    "approximate": village.is_approximate,
                    "tint": village.tint,
                    "url": site.url_of(village),
                },
            }
            for village in site.listed
            if village.outline
        ],
    }
