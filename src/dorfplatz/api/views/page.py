"""What there is for others to use, under which licence, and where it comes from: a page for people."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dorfplatz.api.answers import ROOM, base_of
from dorfplatz.api.sources import OPENSTREETMAP, square_source
from dorfplatz.kernel.access import public
from dorfplatz.kernel.text import in_language
from dorfplatz.villages.request import SquareRequest


@dataclass(frozen=True)
class DataSet:
    """One thing to take away: what it is in plain words, for whom, and its address."""

    icon: str
    title: str
    about: str
    url: str
    short: str


@public
@require_safe
def open_data(request: SquareRequest) -> HttpResponse:
    """Where the social map is closed, there are the villages alone."""
    name = in_language(request.municipality.area.name, request.LANGUAGE_CODE)
    context = {
        "name": name,
        "sets": _sets(request),
        "square": square_source(name, base_of(request)),
        "openstreetmap": OPENSTREETMAP,
        "has_places": request.municipality.has_room(ROOM),
        "host": request.get_host(),
    }
    return render(request, "api/open_data.html", context)


def _sets(request: SquareRequest) -> list[DataSet]:
    language = f"?lang={request.LANGUAGE_CODE}"
    areas = reverse("api:areas_geojson")
    villages = DataSet(
        "map-pinned", _("Villages on a map"), _("Names, centres and outlines, as GeoJSON."), f"{areas}{language}", areas
    )
    if not request.municipality.has_room(ROOM):
        return [villages]
    table, points = reverse("api:places_csv"), reverse("api:map_geojson")
    ours, hsds = reverse("api:openapi"), reverse("hsds:about")
    return [
        DataSet(
            "list",
            _("The social map as a table"),
            _("For Excel, LibreOffice and the like: every entry on a line of its own."),
            f"{table}{language}&separator=semicolon",
            table,
        ),
        DataSet(
            "map",
            _("The social map on a map"),
            _("Every entry as a point, as GeoJSON: for uMap, QGIS or a website of your own."),
            f"{points}{language}",
            points,
        ),
        villages,
        DataSet(
            "file-text",
            _("For programs"),
            _("Entries, categories and villages as JSON, described by OpenAPI 3.1."),
            ours,
            ours,
        ),
        DataSet(
            "hand-heart",
            _("For directories of help"),
            _("Organisations, services and places as Open Referral HSDS 3.0 has them."),
            hsds,
            hsds,
        ),
    ]
