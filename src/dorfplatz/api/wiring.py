"""What the open interfaces plug into lower floors: where maps get their data, the table, the page in the foot."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from dorfplatz.ui.sockets import links, slots


def _to(name: str) -> Callable[[HttpRequest], str]:
    def address(_request: HttpRequest) -> str:
        return reverse(name)

    return address


def _foot(request: HttpRequest, _context: Mapping[str, Any]) -> SafeString:
    """On pages of a square only."""
    is_on_a_square = getattr(request, "municipality", None) is not None
    return render_to_string("api/parts/foot_link.html", {"is_on_a_square": is_on_a_square})


links.plug("map-entries", _to("api:map_geojson"))
links.plug("map-areas", _to("api:areas_geojson"))
links.plug("map-table", _to("api:places_csv"))
slots.plug("page:footer", "open-data", _foot, rank=200)
