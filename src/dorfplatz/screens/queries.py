"""Reads of screens: which there are, which is asked for, and when each was last heard of."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import QuerySet

from dorfplatz.kernel.actor import Actor
from dorfplatz.screens.addresses import pk_of
from dorfplatz.screens.enums import KEEP_SCREENS
from dorfplatz.screens.models import Screen
from dorfplatz.villages.models import Area
from dorfplatz.villages.queries import Site

SILENT = timedelta(hours=3)


def screen_at(code: str, site: Site) -> Screen | None:
    """The screen with this signed address, on this square."""
    pk = pk_of(code)
    return _on(site).filter(pk=pk).select_related("area", "organization__entry").first() if pk else None


def was_ended(code: str) -> bool:
    """Whether this was the address of a screen that is no more; what we have not signed never was."""
    pk = pk_of(code)
    return pk is not None and not Screen.objects.filter(pk=pk).exists()


def areas_to_keep(site: Site, viewer: Actor) -> list[Area]:
    """Where the viewer may set screens up: villages, and the municipality."""
    areas = [*site.villages, site.municipality.area]
    return [area for area in areas if viewer.holds(KEEP_SCREENS, str(area.path))]


def screens_kept_by(viewer: Actor, site: Site) -> QuerySet[Screen]:
    """The screens that the viewer looks after, by name."""
    found = _on(site).filter(area__in=[area.pk for area in areas_to_keep(site, viewer)])
    return found.select_related("area", "organization__entry").prefetch_related("organization__entry__texts")


def is_alive(screen: Screen, now: datetime) -> bool:
    """Whether it has asked for news in the last hours."""
    return screen.seen_at is not None and now - screen.seen_at < SILENT


def areas_of_screens(ids: Collection[int]) -> set[int]:
    """Of which areas these screens show something."""
    return set(Screen.objects.filter(pk__in=list(ids)).values_list("area_id", flat=True))


def _on(site: Site) -> QuerySet[Screen]:
    return Screen.objects.filter(area__in=[site.municipality.area.pk, *(village.pk for village in site.villages)])
