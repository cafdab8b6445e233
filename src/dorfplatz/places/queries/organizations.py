"""Organisations of the square, to choose from in a form."""

from __future__ import annotations

from datetime import datetime

from dorfplatz.entries.models import Entry
from dorfplatz.kernel.actor import Actor
from dorfplatz.places.enums import PlaceKind
from dorfplatz.villages.queries import Site


def organizations_of(site: Site, viewer: Actor, *, now: datetime) -> list[tuple[int, str]]:
    """Ids and titles of the organisations that the viewer may see, by title."""
    areas = frozenset({area.pk for area in (*site.villages, *site.outside, site.municipality.area)})
    found = Entry.objects.filter(kind=PlaceKind.ORGANIZATION).in_areas(areas).visible_to(viewer, now=now)
    return list(found.order_by("title", "pk").values_list("pk", "title"))
