"""What is new for me."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from dorfplatz.channels.actions import read_note, read_notes
from dorfplatz.channels.queries import note_address, own_notes, page_of_notes, told
from dorfplatz.channels.queries.notes import ON_A_PAGE
from dorfplatz.channels.unread import new_for
from dorfplatz.kernel.access import members_only
from dorfplatz.villages.request import SquareRequest

LARGEST = 2**63 - 1


@members_only
@never_cache
@require_safe
def notes(request: SquareRequest) -> HttpResponse:
    """The newest first; `before` is the id of the last one on the page before."""
    if request.municipality is None:
        raise Http404
    now, viewer = timezone.now(), request.viewer
    before = _number(request.GET.get("before", ""))
    some = page_of_notes(viewer, now=now, before=before)
    shown = some[:ON_A_PAGE]
    context = {
        "notes": told(shown, viewer, get_language() or "de"),
        "older": f"?before={shown[-1].pk}" if len(some) > ON_A_PAGE else "",
        "is_first": not before,
        "newest": shown[0].pk if shown else 0,
        "new_count": new_for(request),
    }
    return render(request, "channels/notes.html", context)


@members_only
@never_cache
@require_safe
def open_note(request: SquareRequest, pk: int) -> HttpResponse:
    """To what the note is about; from then on it is no longer new. A note that is gone, or never was, is not there."""
    if pk > LARGEST:
        raise Http404
    now = timezone.now()
    note = get_object_or_404(own_notes(request.viewer, now=now), pk=pk)
    read_note(note, by=request.viewer, now=now)
    return redirect(note_address(note))


@members_only
@require_POST
def all_read(request: SquareRequest) -> HttpResponse:
    """All up to the newest that was shown."""
    read_notes(up_to=_number(request.POST.get("up_to", "")), by=request.viewer, now=timezone.now())
    return redirect(reverse("channels:notes"))


def _number(said: str) -> int:
    return min(int(said), LARGEST) if said.isascii() and said.isdecimal() and len(said) < 20 else 0
