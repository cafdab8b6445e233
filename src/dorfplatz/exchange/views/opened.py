"""The ask or offer an address names, if the viewer may see it."""

from __future__ import annotations

from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from dorfplatz.entries.models import Entry
from dorfplatz.entries.queries import entry_by_code
from dorfplatz.exchange.enums import Direction
from dorfplatz.exchange.models import Exchange
from dorfplatz.exchange.queries import exchange_of
from dorfplatz.exchange.room import require_room
from dorfplatz.villages.request import SquareRequest


def opened(request: SquareRequest, code: str) -> Exchange:
    """Raises Http404 alike for what is not there and for what the viewer may not see."""
    require_room(request)
    entry = entry_by_code(code, request.viewer, now=timezone.now())
    if entry is None or entry.kind not in Direction.values:
        raise Http404
    return exchange_of(entry)


def page_of(entry: Entry) -> str:
    return reverse("entries:entry", kwargs={"code": entry.code, "words": entry.title_words})
