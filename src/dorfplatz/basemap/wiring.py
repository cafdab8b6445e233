"""What the base map plugs into lower floors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from dorfplatz.basemap.queries import shown_file
from dorfplatz.ui.sockets import slots
from dorfplatz.villages.sockets import SettingsPage, settings_pages


def _for_maps(request: HttpRequest, _context: Mapping[str, Any]) -> SafeString:
    """In the head of each page with a map: where the tiles are, and whose data they are."""
    municipality = getattr(request, "municipality", None)
    file = shown_file(municipality.pk) if municipality else ""
    url = reverse("basemap_files:tiles", args=[file.removesuffix(".pmtiles")]) if file else ""
    return render_to_string("basemap/parts/tiles.html", {"url": url})


def _settings(_request: HttpRequest) -> str:
    return reverse("basemap:settings")


slots.plug("map:head", "basemap", _for_maps)
settings_pages.plug(
    "base-map",
    SettingsPage(_("Base map"), _("Streets, paths and water under the pins; addresses."), "map", _settings),
    rank=65,
)
