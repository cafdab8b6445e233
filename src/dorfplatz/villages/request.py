"""The type of a request after the middleware has placed it: which municipality, who looks, which villages."""

from __future__ import annotations

from django.http import HttpRequest

from dorfplatz.kernel.actor import Actor
from dorfplatz.villages.filter import VillageFilter
from dorfplatz.villages.models import Municipality
from dorfplatz.villages.queries import Site


class SquareRequest(HttpRequest):
    """What views of the square receive. On the installation's own addresses the municipality is None."""

    LANGUAGE_CODE: str
    municipality: Municipality
    site: Site
    viewer: Actor
    village_filter: VillageFilter
    usual_villages: VillageFilter
