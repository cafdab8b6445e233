"""Answers of the open interface: compressed, with an ETag, readable from other websites."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import get_supported_language_variant

from dorfplatz.villages.request import SquareRequest

GEOJSON = "application/geo+json"


def language_of(request: SquareRequest) -> str:
    """`?lang=`, else what the reader's browser asks for, else the municipality's first language."""
    if request.municipality is None:
        raise Http404
    asked = request.GET.get("lang", "")
    try:
        return get_supported_language_variant(asked) if asked else request.LANGUAGE_CODE
    except LookupError:
        return request.LANGUAGE_CODE


def json_answer(request: HttpRequest, content: dict[str, Any], *, content_type: str = GEOJSON) -> HttpResponse:
    """The content, or 304 when the reader has it already. Public data may be read by any website."""
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    response = get_conditional_response(request, etag=etag) or HttpResponse(body, content_type=content_type)
    response["ETag"] = etag
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response
