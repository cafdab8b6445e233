"""The filters of the list as the page shows them: each value with the address that switches it."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dorfplatz.exchange.addresses import list_address
from dorfplatz.exchange.asked import Asked
from dorfplatz.exchange.enums import ICONS, Sort
from dorfplatz.ui.parts import FacetGroup, FacetValue, Step
from dorfplatz.villages.facets import village_facets
from dorfplatz.villages.filter import VillageFilter


def facet_groups(villages: VillageFilter, asked: Asked, language: str, *, looks_after: bool) -> list[FacetGroup]:
    """Village, sort, and whether it is solved."""
    return [_villages(villages, asked, language), _sorts(villages, asked), _states(villages, asked, looks_after)]


def direction_tabs(villages: VillageFilter, asked: Asked) -> list[Step]:
    names = {"": pgettext("directions", "Everything"), "ask": _("Asks"), "offer": _("Offers")}
    return [
        Step(name, list_address(villages, asked.but(direction=key)), is_current=asked.direction == key)
        for key, name in names.items()
    ]


def _villages(villages: VillageFilter, asked: Asked, language: str) -> FacetGroup:
    return village_facets(villages, lambda chosen: list_address(chosen, asked.but(), forget=True), language)


def _sorts(villages: VillageFilter, asked: Asked) -> FacetGroup:
    values = [
        FacetValue(
            str(sort.label),
            list_address(villages, asked.but(sort="" if asked.sort == sort else str(sort))),
            is_on=asked.sort == sort,
            icon=ICONS[sort],
        )
        for sort in Sort
    ]
    return FacetGroup("sort", _("What it is about"), values, is_open=True, one_of=True)


def _states(villages: VillageFilter, asked: Asked, looks_after: bool) -> FacetGroup:
    names = {"solved": _("What is solved")}
    if looks_after:
        names = {"unanswered": _("Unanswered"), **names}
    values = [
        FacetValue(
            name,
            list_address(villages, asked.but(state="open" if asked.state == key else key)),
            is_on=asked.state == key,
        )
        for key, name in names.items()
    ]
    return FacetGroup("state", _("How far it is"), values, is_open=True, one_of=True)
