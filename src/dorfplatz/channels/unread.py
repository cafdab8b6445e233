"""How much is new for whom a page is made: in its frame, and in its list."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest
from django.utils import timezone

from dorfplatz.channels.queries import unread_count
from dorfplatz.villages.request import SquareRequest

KEPT = "_new_for_me"


def new_for(request: HttpRequest) -> int:
    """Asked once for each request."""
    if not hasattr(request, KEPT):
        viewer = cast("SquareRequest", request).viewer
        setattr(request, KEPT, unread_count(viewer, now=timezone.now()))
    return cast("int", getattr(request, KEPT))
