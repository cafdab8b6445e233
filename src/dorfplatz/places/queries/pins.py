"""Results as pins on a map: small values in a fixed number of queries, also for thousands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse

from dorfplatz.entries.models import Entry, EntryArea, EntryText
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.text import in_language, slug
from dorfplatz.places.hours import is_open
from dorfplatz.places.queries.rows import holiday_regions
from dorfplatz.places.queries.taxonomy import Terms
from dorfplatz.villages.queries import Site


@dataclass(frozen=True)
class Pin:
    """One result with a point. `open` is None where nobody knows; `origin` says whom to name beside it."""

    id: int
    code: str
    lat: float
    lon: float
    kind: str
    name: str
    category: str
    villages: Sequence[str]
    url: str
    open: bool | None
    confirmed_on: date | None
    shape: str
    colour: str
    icon: str
    origin: str


def pins(ids: Sequence[int], *, site: Site, terms: Terms, language: str, viewer: Actor, now: datetime) -> list[Pin]:
    """Pins of those entries that the viewer may see and that have a point, in the order of the ids."""
    columns = (
        "pk", "code", "kind", "title", "lat", "lon", "origin",
        "listing__category_id", "listing__opening_hours", "listing__assured_on",
    )  # fmt: skip
    visible = Entry.objects.filter(pk__in=list(ids), lat__isnull=False, listing__isnull=False)
    rows = {row[0]: row for row in visible.visible_to(viewer, now=now).values_list(*columns)}
    titles = dict(EntryText.objects.filter(entry_id__in=list(rows), language=language).values_list("entry_id", "title"))
    areas: dict[int, list[int]] = {}
    for entry_id, area_id in EntryArea.objects.filter(entry_id__in=list(rows)).values_list("entry_id", "area_id"):
        areas.setdefault(entry_id, []).append(area_id)
    draw = _Drawing(site, terms, language, now.astimezone(ZoneInfo(site.municipality.timezone)), holiday_regions(site))
    return [draw.pin(rows[pk], titles.get(pk), areas.get(pk, [])) for pk in ids if pk in rows]


@dataclass(frozen=True)
class _Drawing:
    """What all pins of one answer share."""

    site: Site
    terms: Terms
    language: str
    local: datetime
    regions: Mapping[int, str]

    def pin(self, row: tuple[Any, ...], title: str | None, area_ids: Sequence[int]) -> Pin:
        pk, code, kind, original, lat, lon, origin, category_id, hours, assured_on = row
        term = self.terms.by_id.get(category_id)
        area_pks = [area for area in area_ids if area in self.site.by_id]
        region = next((self.regions[area] for area in area_pks), self.site.municipality.area.country)
        return Pin(
            id=pk,
            code=code,
            lat=lat,
            lon=lon,
            kind=kind,
            name=title or original,
            category=in_language(term.name, self.language) if term else "",
            villages=[in_language(self.site.by_id[area].name, self.language) for area in area_pks],
            url=reverse("entries:entry", kwargs={"code": code, "words": slug(original) or kind}),
            open=is_open(hours, self.local, region) if hours else None,
            confirmed_on=assured_on,
            shape=term.shape if term else "circle",
            colour=term.colour if term else "slate",
            icon=term.icon if term else "map-pin",
            origin=origin,
        )
