"""Embeds: a list in a frame or as a piece of HTML for other websites, and the page that makes them."""

from __future__ import annotations

from typing import Any

from csp.constants import SELF
from csp.decorators import csp_update
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from dorfplatz.embeds.asked import Asked, read_asked
from dorfplatz.embeds.enums import What
from dorfplatz.embeds.forms import USUALLY, EmbedForm
from dorfplatz.embeds.items import ROOMS, items_of, page_behind
from dorfplatz.embeds.look import look_of_word, read_look
from dorfplatz.kernel.access import public
from dorfplatz.kernel.text import in_language
from dorfplatz.places.queries import terms_of_municipality
from dorfplatz.villages.kept.notes import keep_under, never_keep
from dorfplatz.villages.request import SquareRequest

# The one page that others may put into theirs: it runs nothing, sends nothing, and shows our own styles and pictures.
FRAMED = (
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors *"
)
FOR_EVERYBODY = {
    "Access-Control-Allow-Origin": "*",  # which also says: no cookie is set
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Cache-Control": "public, max-age=300",
}
YEAR_S = 365 * 24 * 3600


@public
@require_safe
def frame(request: SquareRequest, what: str) -> HttpResponse:
    """The list as a page of its own, to be put into a frame. The same for whoever asks."""
    asked = _asked(request, what)
    if asked.is_offered:
        keep_under(request, asked.address())
    response = render(request, "embeds/frame.html", _context(request, asked))
    response["Content-Security-Policy"] = FRAMED
    return _for_everybody(response)


@public
@require_safe
def fragment(request: SquareRequest, what: str) -> HttpResponse:
    """The list as a piece of HTML without styles, for websites that build their pages from pieces."""
    asked = _asked(request, what)
    if asked.is_offered:
        keep_under(request, asked.address("embeds:fragment"))
    return _for_everybody(render(request, "embeds/parts/list.html", _context(request, asked)))


@public
@require_safe
def colours(request: SquareRequest, look: str) -> HttpResponse:
    """The stylesheet of a look that can be read."""
    found = look_of_word(look) if request.municipality is not None else None
    if found is None:
        raise Http404
    response = HttpResponse(found.stylesheet, content_type="text/css; charset=utf-8")
    response["Cache-Control"] = f"public, max-age={YEAR_S}, immutable"
    return response


@csp_update({"frame-src": [SELF]})  # type: ignore[arg-type]  # what it gets is a SquareRequest
@public
@require_safe
def make(request: SquareRequest) -> HttpResponse:
    """Choose, see how it looks, copy."""
    offered = _offered(request)
    if not offered:
        raise Http404
    never_keep(request)
    villages = [(area.slug, in_language(area.name, request.LANGUAGE_CODE)) for area in request.site.listed]
    form = EmbedForm({**USUALLY, **request.GET.dict(), "village": request.GET.getlist("village")}, offered=offered,
                     villages=villages)  # fmt: skip
    what = request.GET.get("what", "")
    asked = _asked(request, what if what in offered else offered[0])
    address = request.build_absolute_uri(asked.address())
    context = {
        "form": form,
        "preview_url": asked.address(),
        "title": _title(asked, request.LANGUAGE_CODE),
        "is_other_look": read_look(request.GET) != asked.look,
        "snippet": render_to_string(
            "embeds/parts/snippet.html", {"address": address, "title": _title(asked, request.LANGUAGE_CODE)}
        ),
        "fragment_url": request.build_absolute_uri(asked.address("embeds:fragment")),
    }
    return render(request, "embeds/make.html", context)


def _offered(request: SquareRequest) -> list[What]:
    municipality = request.municipality
    return [what for what in What if municipality is not None and municipality.has_room(ROOMS[what])]


def _asked(request: SquareRequest, what: str) -> Asked:
    if what not in _offered(request):
        raise Http404
    terms = terms_of_municipality(request.municipality)
    return read_asked(what, request.GET, request.village_filter, terms)


def _title(asked: Asked, language: str) -> str:
    areas = asked.villages.chosen[:3] or [asked.villages.site.municipality.area]
    return f"{asked.what.label}: {', '.join(in_language(area.name, language) for area in areas)}"


def _context(request: SquareRequest, asked: Asked) -> dict[str, Any]:
    language, base = request.LANGUAGE_CODE, request.build_absolute_uri("/")[:-1]
    terms = terms_of_municipality(request.municipality)
    return {
        "base": base,
        "title": _title(asked, language),
        "items": items_of(asked, terms, language, now=timezone.now()),
        "more_url": f"{base}{page_behind(asked)}",
        "square": in_language(request.municipality.area.name, language),
        "colours_url": reverse("embeds:colours", kwargs={"look": asked.look.word}),
    }


def _for_everybody(response: HttpResponse) -> HttpResponse:
    for name, value in FOR_EVERYBODY.items():
        response[name] = value
    return response
