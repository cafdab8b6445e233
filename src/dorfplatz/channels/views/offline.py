"""What a phone needs to keep the square: a manifest, icons, the worker, and the page for when there is no network."""

from __future__ import annotations

import json
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dorfplatz.channels.app_icon import SIZES, app_icon
from dorfplatz.kernel.access import public
from dorfplatz.kernel.text import in_language
from dorfplatz.villages.request import SquareRequest

PAPER = "#fbf8f2"
A_DAY_S = 86_400


@public
@require_safe
def offline(request: SquareRequest) -> HttpResponse:
    """Choose to keep pages on this device; and, without a network, which there are."""
    _require_square(request)
    return render(request, "channels/offline.html")


@public
@require_safe
def manifest(request: SquareRequest) -> HttpResponse:
    """What stands on the home screen, in the language of the address (W3C Web Application Manifest)."""
    _require_square(request)
    language = get_language() or "de"
    name = in_language(request.municipality.area.name, language)
    icons = [
        {"src": reverse(f"pwa:icon_{size}"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
        for size in SIZES
        for purpose in ("any", "maskable")
    ]
    told = {
        "id": "/",
        "name": _("Village square of %(square)s") % {"square": name},
        "short_name": name,
        "lang": language,
        "start_url": f"/{language}/",
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": request.municipality.accent,
        "icons": icons,
    }
    return JsonResponse(told, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False})


@public
@require_safe
def icon(request: SquareRequest, size: int) -> HttpResponse:
    """The square's picture for home screens, in the municipality's colour."""
    _require_square(request)
    answer = HttpResponse(app_icon(request.municipality.accent, size), content_type="image/png")
    answer["Cache-Control"] = f"public, max-age={A_DAY_S}"
    return answer


@public
@require_safe
def worker(request: SquareRequest) -> HttpResponse:
    """The service worker, from the root, so that it may answer for all pages; with its addresses and words."""
    _require_square(request)
    offered = [code for code in request.municipality.languages if code in dict(settings.LANGUAGES)]
    pages, words = {}, {}
    for code in offered:
        with override(code):
            pages[code], words[code] = reverse("channels:offline"), _("There is something new for you on the square.")
    script = _worker()
    told = json.dumps({"offline": pages, "news": words, "version": sha256(script.encode()).hexdigest()[:12]})
    answer = HttpResponse(f"self.dorf={told};\n{script}", content_type="text/javascript; charset=utf-8")
    answer["Cache-Control"] = "no-cache"
    return answer


@cache
def _worker() -> str:
    found = finders.find("ui/build/channels-worker.js")
    if not isinstance(found, str):
        raise Http404
    return Path(found).read_text("utf-8")


def _require_square(request: SquareRequest) -> None:
    if request.municipality is None:
        raise Http404
