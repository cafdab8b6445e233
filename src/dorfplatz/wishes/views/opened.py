"""The wish an address names, if the viewer may see it."""

from __future__ import annotations

from django.http import Http404
from django.utils import timezone

from dorfplatz.entries.queries import entry_by_code
from dorfplatz.villages.request import SquareRequest
from dorfplatz.wishes.enums import KIND
from dorfplatz.wishes.models import Wish
from dorfplatz.wishes.queries import wish_of
from dorfplatz.wishes.room import require_room


def opened(request: SquareRequest, code: str) -> Wish:
    """Raises Http404 alike for what is not there and for what the viewer may not see."""
    require_room(request)
    entry = entry_by_code(code, request.viewer, now=timezone.now())
    if entry is None or entry.kind != KIND:
        raise Http404
    return wish_of(entry)
