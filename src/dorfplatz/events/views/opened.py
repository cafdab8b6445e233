"""The event an address names, if the viewer may see it."""

from __future__ import annotations

from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from dorfplatz.entries.models import Entry
from dorfplatz.events.models import Event
from dorfplatz.events.queries import event_of
from dorfplatz.events.room import require_room
from dorfplatz.villages.request import SquareRequest


def opened(request: SquareRequest, code: str) -> Event:
    """Raises Http404 alike for what is not there and for what the viewer may not see."""
    require_room(request)
    event = event_of(code, request.viewer, now=timezone.now())
    if event is None:
        raise Http404
    return event


def page_of(entry: Entry) -> str:
    return reverse("entries:entry", kwargs={"code": entry.code, "words": entry.title_words})
