"""The villages as a group of filters, for lists of any room."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from django.utils.translation import gettext as _

from dorfplatz.kernel.text import in_language
from dorfplatz.ui.parts import FacetGroup, FacetValue
from dorfplatz.villages.filter import VillageFilter
from dorfplatz.villages.models import Area

Address = Callable[[VillageFilter], str]


def village_facets(villages: VillageFilter, address: Address, language: str) -> FacetGroup:
    """Each village of the square, those from elsewhere that are chosen, and whether neighbours come along.

    `address` is that of the list with these villages, where choosing none means all of them.
    """
    outside = [area for area in villages.site.outside if area in villages.chosen]
    values = [_village(villages, area, address, language) for area in (*villages.site.listed, *outside)]
    turned = address(replace(villages, with_neighbours=not villages.with_neighbours))
    neighbours = FacetValue(_("with neighbouring villages"), turned, is_on=villages.with_neighbours, icon="signpost")
    return FacetGroup("village", _("Village"), [*values, neighbours], is_open=True)


def _village(villages: VillageFilter, area: Area, address: Address, language: str) -> FacetValue:
    kept = tuple(other for other in villages.chosen if other.pk != area.pk)
    chosen = kept if len(kept) < len(villages.chosen) else (*kept, area)
    url = address(replace(villages, chosen=chosen))
    return FacetValue(in_language(area.name, language), url, is_on=area in villages.chosen, tint=area.tint)
