"""Serving clean copies of pictures, and nothing else."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.views.decorators.http import require_safe

from dorfplatz.kernel.access import public
from dorfplatz.media.queries import open_copy
from dorfplatz.media.store import TYPES

# A copy never changes under its name. Kept by browsers only: an erased picture must not live on in a proxy.
CACHE = "private, max-age=31536000, immutable"
# Should a file ever be taken for a page, it can do nothing.
POLICY = "default-src 'none'; sandbox"


@public
@require_safe
def file(request: HttpRequest, name: str) -> HttpResponse | FileResponse:
    """One copy by its unguessable name."""
    opened = open_copy(name)
    if opened is None:
        raise Http404
    tag = f'"{name}"'
    response: HttpResponse | FileResponse
    if request.headers.get("If-None-Match") == tag:
        opened.close()
        response = HttpResponseNotModified()
    else:
        response = FileResponse(opened, content_type=TYPES[name.rsplit(".", 1)[1]])
        response["Content-Disposition"] = "inline"
    response["ETag"] = tag
    response["Cache-Control"] = CACHE
    response["Content-Security-Policy"] = POLICY
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
