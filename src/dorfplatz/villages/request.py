"""The type of a request after the middleware has placed it: which municipality, who looks, which villages."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from dorfplatz.kernel.actor import Actor
from dorfplatz.villages.filter import VillageFilter
from dorfplatz.villages.models import Municipality
from dorfplatz.villages.queries import Site


class RequestOnItsWay(HttpRequest):
    """What middleware handles: nothing is known of it yet, and what is known may be None or lazy."""

    municipality: Any
    site: Any
    viewer: Actor
    village_filter: Any
    usual_villages: Any


class SquareRequest(HttpRequest):
    """What views of the square receive. On the installation's own addresses the municipality is None."""

    LANGUAGE_CODE: str
    municipality: Municipality
    site: Site  # type: ignore[assignment]  # the name django.contrib.sites, which is not installed, would use
    viewer: Actor
    village_filter: VillageFilter
    usual_villages: VillageFilter
    device_key: str  # set by who begins a session: by what the browser is known again
