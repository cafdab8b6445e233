"""Whether asks and offers are open on this square."""

from __future__ import annotations

from django.http import Http404

from dorfplatz.villages.request import SquareRequest

ROOM = "exchange"


def require_room(request: SquareRequest) -> None:
    """404 where there is no municipality, or where it has closed this room."""
    if request.municipality is None or not request.municipality.has_room(ROOM):
        raise Http404
