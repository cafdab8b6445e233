"""The phone list, typed in afterwards in one pass."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from dorfplatz.desk.enums import USE_DESK
from dorfplatz.desk.policies import can_use_desk
from dorfplatz.desk.queries import areas_of_desk
from dorfplatz.kernel.access import needs
from dorfplatz.kernel.verdict import Problem
from dorfplatz.places.actions import enter_calls
from dorfplatz.places.asking import CHANGED, GONE, RIGHT
from dorfplatz.places.confirmation import confirmed_in_words
from dorfplatz.places.models import Listing
from dorfplatz.places.queries import phone_list
from dorfplatz.places.room import require_room
from dorfplatz.villages.models import Area
from dorfplatz.villages.request import SquareRequest

ANSWERS = (
    (RIGHT, gettext_lazy("Still right")),
    (CHANGED, gettext_lazy("Changed")),
    (GONE, gettext_lazy("It is gone")),
    ("", gettext_lazy("Not reached")),
)
LONGEST = 2000


@needs(USE_DESK)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def calls(request: SquareRequest, slug: str) -> HttpResponse:
    """The rows of the printed list, in its order, with what was heard about each."""
    require_room(request)
    area = own_village(request, slug)
    now = timezone.now()
    listings = phone_list(area, request.viewer, now=now)
    said = {listing.pk: _said(request, listing.pk) for listing in listings}
    problem = ""
    if request.method == "POST":
        try:
            counts = enter_calls(listings, said=said, by=request.viewer, now=now)
        except Problem as found:
            problem = str(found)
        else:
            told = {"right": counts[RIGHT], "changed": counts[CHANGED], "gone": counts[GONE]}
            messages.success(
                request, _("Entered: %(right)s confirmed, %(changed)s to change, %(gone)s gone. Thank you!") % told
            )
            return redirect("desk:desk")
    context = {"area": area, "rows": _rows(listings, said), "answers": ANSWERS, "problem": problem}
    return render(request, "desk/calls.html", context, status=422 if problem else 200)


def own_village(request: SquareRequest, slug: str) -> Area:
    """The village of that name, of which the viewer has the desk. Raises Http404 for any other."""
    area = next((village for village in request.site.villages if village.slug == slug), None)
    if area is None or area.pk not in areas_of_desk(request.site, request.viewer):
        raise Http404
    can_use_desk(request.viewer, area).require()
    return area


def _said(request: SquareRequest, pk: int) -> tuple[str, str]:
    return request.POST.get(f"answer-{pk}", ""), request.POST.get(f"words-{pk}", "").replace("\x00", "")[:LONGEST]


def _rows(listings: Sequence[Listing], said: dict[int, tuple[str, str]]) -> list[dict[str, object]]:
    return [
        {
            "listing": listing,
            "confirmed": confirmed_in_words(listing),
            "answer": said[listing.pk][0],
            "words": said[listing.pk][1],
        }
        for listing in listings
    ]
