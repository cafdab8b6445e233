"""The entry an address names, if the viewer may see it."""

from __future__ import annotations

from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from dorfplatz.entries.models import Entry
from dorfplatz.entries.queries import entry_by_code
from dorfplatz.places.enums import PlaceKind
from dorfplatz.places.models import Listing
from dorfplatz.places.queries import listing_of
from dorfplatz.places.room import require_room
from dorfplatz.villages.request import SquareRequest


def opened(request: SquareRequest, code: str) -> Listing:
    """Raises Http404 alike for what is not there and for what the viewer may not see."""
    require_room(request)
    entry = entry_by_code(code, request.viewer, now=timezone.now())
    if entry is None or entry.kind not in PlaceKind.values:
        raise Http404
    return listing_of(entry)


def page_of(entry: Entry) -> str:
    return reverse("entries:entry", kwargs={"code": entry.code, "words": entry.title_words})
