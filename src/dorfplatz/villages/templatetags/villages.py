"""`{% village_filter %}`: the chosen villages as chips, and the form to choose others."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import RequestContext
from django.utils.formats import number_format

from dorfplatz.ui.parts import Village
from dorfplatz.villages.filter import PARAMETERS, VillageFilter
from dorfplatz.villages.request import SquareRequest

register = template.Library()
# A new choice of villages begins on the first page again.
NOT_KEPT = {*PARAMETERS, "page"}


@register.filter
def said_count(number: object) -> str:
    """A number as people write it: “4.614” in German and Dutch, “4,614” in English."""
    return number_format(number, force_grouping=True) if isinstance(number, int) else ""


@register.inclusion_tag("villages/parts/filter.html", takes_context=True)
def village_filter(context: RequestContext, usual: bool = False) -> dict[str, Any]:
    """The filter of this address; with `usual`, of the last visit where the address states none.

    The form is sent by GET to the page it stands on and keeps everything else in the address.
    """
    request: SquareRequest = context["request"]
    villages = request.usual_villages if usual else request.village_filter
    kept = [(name, value) for name, values in request.GET.lists() if name not in NOT_KEPT for value in values]
    return {
        "villages": villages,
        "all": [*villages.site.listed],
        "chosen_ids": {area.pk for area in villages.chosen},
        "chips": [_chip(request, villages, number) for number in range(len(villages.chosen))],
        "without_neighbours": _address(request, [area.slug for area in villages.chosen], with_neighbours=False),
        "kept": kept,
        "action": request.path,
    }


def _chip(request: SquareRequest, villages: VillageFilter, number: int) -> Village:
    """A chosen village; its address leads to the same page without it."""
    area = villages.chosen[number]
    others = [other.slug for other in villages.chosen if other is not area]
    return Village(str(area), area.tint, _address(request, others, with_neighbours=villages.with_neighbours))


def _address(request: SquareRequest, slugs: list[str], *, with_neighbours: bool) -> str:
    """This page with these villages chosen and all else kept."""
    query = request.GET.copy()
    for name in NOT_KEPT:
        query.pop(name, None)
    if slugs:
        query.setlist("village", slugs)
    else:
        query["villages"] = ""
    if with_neighbours:
        query["neighbours"] = "1"
    return f"{request.path}?{query.urlencode()}"
