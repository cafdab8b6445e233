"""Answers of the open interfaces: for any website, with an ETag, and faults as RFC 9457 problem details."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date
from django.utils.translation import get_supported_language_variant, override
from django.utils.translation import gettext as _

from dorfplatz.kernel.verdict import Problem
from dorfplatz.villages.request import SquareRequest

GEOJSON = "application/geo+json"
JSON = "application/json"
PROBLEM = "application/problem+json"
METHODS = "GET, HEAD, OPTIONS"
# What everybody may read is kept by caches in between for a minute; after that they ask whether it has changed.
FOR_EVERYBODY = "public, max-age=60"
ROOM = "places"

Content = Mapping[str, Any]
View = Callable[..., HttpResponse]


def language_of(request: SquareRequest) -> str:
    """`?lang=`, else what the reader's browser asks for, else the municipality's first language."""
    asked = request.GET.get("lang", "")
    try:
        return get_supported_language_variant(asked) if asked else request.LANGUAGE_CODE
    except LookupError:
        return request.LANGUAGE_CODE


def base_of(request: HttpRequest) -> str:
    """What absolute addresses begin with."""
    return f"{request.scheme}://{request.get_host()}"


def need_social_map(request: SquareRequest) -> None:
    """Where the municipality has closed that room, there are no data of it."""
    if not request.municipality.has_room(ROOM):
        raise Http404


def machine_readable(view: View) -> View:
    """A view that only answers: GET, HEAD and OPTIONS, readable from any website, its faults as problem details.

    It runs in the reader's language. Other methods are refused by us and not by the check of form tokens, so that a
    machine is told in its own format; nothing here acts.
    """

    @wraps(view)
    def answer(request: SquareRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with override(language_of(request)):
            response = _answered(view, request, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        response["Cross-Origin-Resource-Policy"] = "cross-origin"
        patch_vary_headers(response, ["Accept-Language", "Cookie"])
        return response

    answer.csrf_exempt = True  # type: ignore[attr-defined]  # a function may carry notes
    return answer


def _answered(view: View, request: SquareRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    if request.method == "OPTIONS":
        return HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"Allow": METHODS})
    if request.method not in {"GET", "HEAD"}:
        refusal = problem(HTTPStatus.METHOD_NOT_ALLOWED, _("These data can be read, not changed."))
        refusal["Allow"] = METHODS
        return refusal
    try:
        return view(request, *args, **kwargs)
    except Http404:
        return problem(HTTPStatus.NOT_FOUND, _("There is nothing here, or nothing that everybody may see."))
    except Problem as wrong:
        return problem(HTTPStatus.BAD_REQUEST, str(wrong))


def problem(status: HTTPStatus, detail: str) -> HttpResponse:
    """One clear sentence about what went wrong (RFC 9457)."""
    content = {"type": "about:blank", "title": status.phrase, "status": status.value, "detail": detail}
    return HttpResponse(json.dumps(content, ensure_ascii=False).encode(), status=status, content_type=PROBLEM)


def json_answer(
    request: HttpRequest,
    content: Content,
    *,
    content_type: str = JSON,
    licences: tuple[str, ...] = (),
    changed_at: datetime | None = None,
) -> HttpResponse:
    """The content, or 304 when the reader has it already. `licences` are addresses of texts (RFC 8288)."""
    return bytes_answer(request, as_bytes(content), content_type=content_type, licences=licences, changed_at=changed_at)


@dataclass(frozen=True)
class Packed:
    """A file made ready for many readers: compressed, with the ETag of what is in it."""

    body: bytes
    etag: str
    licences: tuple[str, ...]


def packed(content: Content, *, licences: tuple[str, ...] = ()) -> Packed:
    body = as_bytes(content)
    return Packed(gzip.compress(body, 6, mtime=0), _etag(body), licences)


def packed_answer(request: HttpRequest, file: Packed, *, content_type: str) -> HttpResponse:
    """As `json_answer`, of a file that is ready. It holds no secret whose length compression could tell."""
    if "gzip" not in request.headers.get("Accept-Encoding", ""):
        body = gzip.decompress(file.body)
        response = bytes_answer(request, body, content_type=content_type, licences=file.licences)
    else:
        response = get_conditional_response(request, etag=file.etag) or HttpResponse(
            file.body, content_type=content_type, headers={"Content-Encoding": "gzip"}
        )
        response["ETag"] = f"W/{file.etag}"  # the same words, not the same bytes
        _add_licences(response, file.licences)
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def as_bytes(content: Content) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _etag(body: bytes) -> str:
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"'


def _add_licences(response: HttpResponse, licences: tuple[str, ...]) -> None:
    if licences:
        response["Link"] = ", ".join(f'<{url}>; rel="license"' for url in licences)


def bytes_answer(
    request: HttpRequest,
    body: bytes,
    *,
    content_type: str,
    licences: tuple[str, ...] = (),
    changed_at: datetime | None = None,
) -> HttpResponse:
    """As `json_answer`. Whether it has changed is told by the ETag alone: what is shown also hangs on other things."""
    etag = _etag(body)
    response = get_conditional_response(request, etag=etag) or HttpResponse(body, content_type=content_type)
    response["ETag"] = etag
    if changed_at is not None:
        response["Last-Modified"] = http_date(changed_at.timestamp())
    _add_licences(response, licences)
    return response
