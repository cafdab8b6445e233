"""The municipality's own pages as readers see them."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from dorfplatz.kernel.access import public
from dorfplatz.kernel.text import ANY_LANGUAGE, in_language
from dorfplatz.kernel.text import render as rendered
from dorfplatz.villages.policies import can_manage_municipality
from dorfplatz.villages.queries import published_pages
from dorfplatz.villages.request import SquareRequest


@public
@require_safe
def page(request: SquareRequest, slug: str) -> HttpResponse:
    """One page in the reader's language, else in the one it was written in, marked as such."""
    municipality = request.municipality
    if municipality is None:
        raise Http404
    may_edit = bool(can_manage_municipality(request.viewer, municipality))
    pages = municipality.pages.all() if may_edit else published_pages(municipality)
    found = get_object_or_404(pages, slug=slug)
    reader = get_language() or "de"
    order = list(municipality.languages)
    context = {
        "page": found,
        "title": in_language(found.title, reader, order),
        "body": rendered(in_language(found.body, reader, order), top=2),
        "body_language": language_of(found.body, reader, order),
        "may_edit": may_edit,
    }
    return render(request, "villages/page.html", context)


def language_of(texts: Mapping[str, str], reader: str, order: list[str]) -> str:
    """In which language the reader is shown the text, when that is not hers; else ""."""
    if texts.get(reader) or texts.get(ANY_LANGUAGE):
        return ""
    return next((code for code in order if texts.get(code)), "")
