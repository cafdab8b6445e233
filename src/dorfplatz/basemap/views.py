"""The tiles, piece by piece; the addresses that fit what is typed; and the settings page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from django.contrib import messages
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotModified,
    StreamingHttpResponse,
)
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dorfplatz.basemap.actions import switch_base_map
from dorfplatz.basemap.queries import base_map_of, find_addresses, find_houses, maps_folder
from dorfplatz.basemap.ranges import NotThere, asked_part
from dorfplatz.kernel.access import members_only, needs, public
from dorfplatz.ui.parts import Step
from dorfplatz.villages.enums import MANAGE
from dorfplatz.villages.policies import can_manage_municipality
from dorfplatz.villages.request import SquareRequest

# Under a name there are always the same bytes.
CACHE = "public, max-age=31536000, immutable"
PIECE = 256 * 1024


@public
@require_safe
def tiles(request: HttpRequest, name: str) -> HttpResponseBase:
    """A file of tiles, or the part of it that is asked for."""
    # Tiles are compressed one by one; packed once more, the places in the file would no longer be where they are.
    request.META["HTTP_ACCEPT_ENCODING"] = "identity"
    try:
        file = (maps_folder() / f"{name}.pmtiles").open("rb")
    except OSError as error:
        raise Http404 from error
    etag = f'"{name}"'
    if request.headers.get("If-None-Match") in (etag, "*"):
        file.close()
        response: HttpResponseBase = HttpResponseNotModified()
    else:
        response = _part(request, file, etag)
    response["ETag"] = etag
    response["Cache-Control"] = CACHE
    response["Accept-Ranges"] = "bytes"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _part(request: HttpRequest, file: BinaryIO, etag: str) -> HttpResponseBase:
    size = Path(file.name).stat().st_size
    wants_part = request.method == "GET" and request.headers.get("If-Range", etag) == etag
    try:
        part = asked_part(request.headers.get("Range"), size) if wants_part else None
    except NotThere:
        file.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    first, last = part or (0, size - 1)
    length = last - first + 1
    response: HttpResponseBase
    if length > PIECE:
        response = StreamingHttpResponse(_pieces(file, first, length))
    else:
        with file:
            file.seek(first)
            response = HttpResponse(file.read(length))
    response["Content-Type"] = "application/vnd.pmtiles"
    response["Content-Length"] = str(length)
    if part:
        response.status_code = 206
        response["Content-Range"] = f"bytes {first}-{last}/{size}"
    return response


def _pieces(file: BinaryIO, first: int, length: int) -> Iterator[bytes]:
    with file:
        file.seek(first)
        while length > 0 and (piece := file.read(min(PIECE, length))):
            length -= len(piece)
            yield piece


@members_only
@require_safe
def addresses(request: SquareRequest) -> HttpResponse:
    """The options of the search for an address: streets, and behind a chosen street its houses."""
    text, street = request.GET.get("q", "")[:120], request.GET.get("street", "")
    pk = request.municipality.pk
    if street.isdecimal() and len(street) < 19:
        found = find_houses(pk, int(street), text)
    else:
        found = find_addresses(pk, text) if text.strip() else []
    response = render(request, "basemap/parts/options.html", {"found": found, "is_asked": bool(text.strip() or street)})
    response["Cache-Control"] = "private, no-store"
    return response


@needs(MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: SquareRequest) -> HttpResponse:
    """Which base map there is, from when, and whether it is shown."""
    can_manage_municipality(request.viewer, request.municipality).require()
    base_map = base_map_of(request.municipality.pk)
    if request.method == "POST":
        if base_map is None:
            raise Http404
        is_on = request.POST.get("is_on") == "yes"
        if switch_base_map(base_map, is_on=is_on, by=request.viewer, now=timezone.now()):
            messages.success(
                request, _("The base map is shown again.") if is_on else _("The base map is switched off.")
            )
        return redirect("basemap:settings")
    steps = [Step(_("Settings"), reverse("villages:settings"))]
    missing = base_map is not None and not (maps_folder() / base_map.file).is_file()
    context = {"base_map": base_map, "is_missing": missing, "steps": steps}
    return render(request, "basemap/settings.html", context)
