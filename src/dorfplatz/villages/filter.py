"""The village filter: one object for map, list, calendar, feed and search; in the address, and remembered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict

from dorfplatz.villages.models import Area
from dorfplatz.villages.queries import Site

COOKIE = "villages"
COOKIE_AGE_S = 365 * 24 * 3600
MOST_VILLAGES = 50
WITH_NEIGHBOURS = "+"
# What states a filter in an address; `villages=` is what an emptied form sends.
PARAMETERS = ("village", "neighbours", "villages")


@dataclass(frozen=True)
class VillageFilter:
    """Which villages somebody looks at. No chosen village means the whole municipality: all that are open."""

    site: Site
    chosen: tuple[Area, ...] = ()
    with_neighbours: bool = False

    @property
    def is_all(self) -> bool:
        return not self.chosen

    @property
    def neighbours(self) -> tuple[Area, ...]:
        """Areas added by “with neighbours”: the chosen villages’, or all outside when the whole is looked at."""
        if not self.with_neighbours:
            return ()
        if self.is_all:
            return self.site.outside
        chosen = {area.pk for area in self.chosen}
        found = {n.pk: n for area in self.chosen for n in self.site.neighbours(area) if n.pk not in chosen}
        return tuple(found.values())

    @property
    def areas(self) -> tuple[Area, ...]:
        return (*(self.chosen or self.site.rolled_up), *self.neighbours)

    @property
    def area_ids(self) -> frozenset[int]:
        """Ids for WHERE; the municipality’s own is among them, as what is for all villages is for each."""
        return frozenset({area.pk for area in self.areas} | {self.site.municipality.area.pk})

    @property
    def everywhere(self) -> VillageFilter:
        """All that readers gather from, neighbours included; and what is chosen, though it is not open yet."""
        early = tuple(area for area in self.chosen if not area.is_open)
        chosen = (*self.site.rolled_up, *early) if early else ()
        return VillageFilter(self.site, chosen, with_neighbours=True)

    @property
    def only(self) -> Area | None:
        """The one chosen village, when it is one."""
        return self.chosen[0] if len(self.chosen) == 1 else None

    @property
    def parameters(self) -> list[tuple[str, str]]:
        chosen = [("village", area.slug) for area in self.chosen]
        return [*chosen, ("neighbours", "1")] if self.with_neighbours else chosen

    @property
    def query(self) -> str:
        """The filter as it stands in an address, without the question mark."""
        return urlencode(self.parameters)

    @property
    def remembered(self) -> str:
        """The cookie's value."""
        return ".".join([*(a.slug for a in self.chosen), *([WITH_NEIGHBOURS] if self.with_neighbours else [])])


def is_stated(parameters: QueryDict | Mapping[str, str]) -> bool:
    """Whether an address states a filter."""
    return any(name in parameters for name in PARAMETERS)


def read_filter(site: Site, parameters: QueryDict) -> VillageFilter:
    """The filter an address states; villages that are not there are left out."""
    chosen = _known(site, parameters.getlist("village")[:MOST_VILLAGES])
    return VillageFilter(site, chosen, parameters.get("neighbours") == "1")


def remembered_filter(site: Site, cookie: str) -> VillageFilter:
    """The filter of the last visit."""
    words = cookie.split(".")[: MOST_VILLAGES + 1]
    return VillageFilter(site, _known(site, words), WITH_NEIGHBOURS in words)


def _known(site: Site, slugs: list[str]) -> tuple[Area, ...]:
    found = {slug: site.by_slug[slug] for slug in slugs if slug in site.by_slug}
    return tuple(area for area in found.values() if site.shows(area))
