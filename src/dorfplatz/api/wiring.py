"""What the open interface plugs into lower floors: where maps get their data."""

from django.http import HttpRequest
from django.urls import reverse

from dorfplatz.ui.sockets import links


def _entries(_request: HttpRequest) -> str:
    return reverse("api:map_geojson")


def _areas(_request: HttpRequest) -> str:
    return reverse("api:areas_geojson")


links.plug("map-entries", _entries)
links.plug("map-areas", _areas)
