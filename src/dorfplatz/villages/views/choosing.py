"""Choosing villages: all of them on one page, and back to where the reader came from."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from dorfplatz.kernel.access import public
from dorfplatz.kernel.address import is_own_address
from dorfplatz.villages.filter import PARAMETERS, VillageFilter, read_filter
from dorfplatz.villages.models import Area
from dorfplatz.villages.queries import Site
from dorfplatz.villages.request import SquareRequest

LONGEST_NEXT = 1_500


@public
@require_safe
def choose(request: SquareRequest) -> HttpResponse:
    """All villages and their neighbours to tick. With `show` the choice is taken to the page in `next`.

    `next` is an address of this square; anything else is ignored.
    """
    if request.municipality is None:
        raise Http404
    back = _own_address(request, request.GET.get("next", ""))
    if "show" in request.GET:
        chosen = read_filter(request.site, request.GET)
        return redirect(with_villages(back or request.path, chosen))
    usual = request.usual_villages
    context = {
        "back": back,
        "country": request.municipality.area.country,
        "filter": usual,
        "chosen": {area.pk for area in usual.chosen},
        "villages": _rows(request.site, request.site.listed),
        "outside": _rows(request.site, request.site.outside),
    }
    return render(request, "villages/choose.html", context)


def with_villages(address: str, villages: VillageFilter) -> str:
    """The address with its village filter replaced; all else in its query stays."""
    parts = urlsplit(address)
    kept = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name not in PARAMETERS]
    stated = villages.parameters or [("villages", "")]
    return parts._replace(query=urlencode([*kept, *stated])).geturl()


def _own_address(request: SquareRequest, address: str) -> str:
    is_own = is_own_address(address) and len(address) <= LONGEST_NEXT
    return address if is_own and urlsplit(address).path != request.path else ""


def _rows(site: Site, areas: tuple[Area, ...]) -> list[dict[str, object]]:
    return [{"area": area, "url": site.url_of(area)} for area in areas]
