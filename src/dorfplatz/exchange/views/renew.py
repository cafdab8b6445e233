"""“Yes, leave it there”, by the link of a mail: looking changes nothing, since programs follow links too."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from dorfplatz.exchange.actions import renew_by_link
from dorfplatz.exchange.post import read_renewal_token
from dorfplatz.exchange.queries import exchange_of_link
from dorfplatz.exchange.room import require_room
from dorfplatz.exchange.views.opened import page_of
from dorfplatz.kernel.access import public
from dorfplatz.kernel.verdict import Problem
from dorfplatz.villages.kept.notes import never_keep
from dorfplatz.villages.request import SquareRequest


@public
@require_http_methods(["GET", "HEAD", "POST"])
def renew(request: SquareRequest, token: str) -> HttpResponse:
    """A page with one button; the button renews. 410 where the link is not good any more."""
    require_room(request)
    never_keep(request)
    read = read_renewal_token(token)
    exchange = exchange_of_link(*read, municipality=request.municipality) if read else None
    is_done = False
    if exchange is not None and request.method == "POST":
        try:
            exchange = renew_by_link(token, by=request.viewer, now=timezone.now())
            is_done = True
        except Problem:
            exchange = None
    context = {
        "exchange": exchange,
        "entry": exchange.entry if exchange else None,
        "is_done": is_done,
        "page_url": page_of(exchange.entry) if exchange else "",
    }
    return render(request, "exchange/renew.html", context, status=200 if exchange else 410)
