"""An entry's own address, answered by its kind."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from dorfplatz.entries.models import Entry
from dorfplatz.entries.queries import entry_by_code
from dorfplatz.entries.sockets import kinds
from dorfplatz.kernel.access import public
from dorfplatz.villages.request import SquareRequest


@public
@require_safe
def entry_page(request: SquareRequest, code: str, words: str = "") -> HttpResponseBase:
    """The page of one entry; another wording of the title leads to the present one."""
    entry = _entry(request, code)
    if words != entry.title_words or code != entry.code:
        return redirect(entry_address(entry), permanent=False)
    return kinds[entry.kind].page(request, entry)


@public
@require_safe
def short_address(request: SquareRequest, code: str) -> HttpResponse:
    """`/e/CODE` of printed addresses and QR codes, to the page in the reader's language."""
    return redirect(entry_address(_entry(request, code)))


def _entry(request: SquareRequest, code: str) -> Entry:
    if request.municipality is None:
        raise Http404
    entry = entry_by_code(code, request.viewer, now=timezone.now())
    if entry is None or entry.kind not in kinds:
        raise Http404
    if not request.municipality.has_room(kinds[entry.kind].room):
        raise Http404
    return entry


def entry_address(entry: Entry) -> str:
    """Its page under the active language prefix."""
    return reverse("entries:entry", kwargs={"code": entry.code, "words": entry.title_words})
