"""Where the reader stands: the name in the masthead, and the villages to go to."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dorfplatz.kernel.text import in_language
from dorfplatz.ui.parts import Place, Village
from dorfplatz.villages.models import Area
from dorfplatz.villages.request import SquareRequest


def place_of(request: HttpRequest) -> Place | None:
    """The village of the page, else the one usually looked at, else the municipality."""
    municipality = getattr(request, "municipality", None)
    if municipality is None:
        return None
    here = current_village(request)
    site = cast("SquareRequest", request).site
    language = get_language() or "de"
    shown = here or municipality.area
    return Place(
        name=in_language(shown.name, language),
        tint=here.tint if here else 0,
        url=village_url(here) if here else reverse("portal:municipality"),
        choices=[
            Village(
                in_language(municipality.area.name, language),
                0,
                reverse("portal:municipality"),
                is_current=here is None,
                note=_("all villages"),
            ),
            *(_choice(area, here, language) for area in site.listed),
        ],
        neighbours=[_choice(area, here, language) for area in site.outside],
    )


def current_village(request: HttpRequest) -> Area | None:
    """The village whose page this is, or the only one of the filter in the address."""
    placed = cast("SquareRequest", request)
    match = request.resolver_match
    if match and match.view_name == "portal:village":
        return placed.site.by_slug.get(match.kwargs["slug"])
    return placed.village_filter.only if getattr(request, "village_filter", None) is not None else None


def village_url(area: Area) -> str:
    return reverse("portal:village", kwargs={"slug": area.slug})


def _choice(area: Area, here: Area | None, language: str) -> Village:
    return Village(
        in_language(area.name, language),
        area.tint,
        village_url(area),
        is_current=here is not None and here.pk == area.pk,
        note=_("Netherlands") if area.country == "NL" else "",
    )
