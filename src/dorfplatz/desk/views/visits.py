"""The visit list of a village: printed, walked, and ticked off afterwards."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from dorfplatz.desk.actions import note_visits, take_back_visit
from dorfplatz.desk.enums import USE_DESK
from dorfplatz.desk.models import VISIT_LENGTH
from dorfplatz.desk.queries import visit_lists
from dorfplatz.desk.views.calls import own_village
from dorfplatz.kernel.access import needs
from dorfplatz.kernel.verdict import Problem
from dorfplatz.villages.request import SquareRequest


@needs(USE_DESK)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def visits(request: SquareRequest, slug: str) -> HttpResponse:
    """Where nobody was for a year, with boxes to tick; and where somebody was."""
    area, now, problem = own_village(request, slug), timezone.now(), ""
    found = visit_lists(request.site, [area], request.viewer, day=timezone.localdate(), now=now)[area.pk]
    if request.method == "POST":
        try:
            if "back" in request.POST:
                take_back_visit(request.POST["back"][:VISIT_LENGTH], area=area, by=request.viewer, now=now)
            else:
                count = note_visits(request.POST.getlist("place"), places=found, by=request.viewer, now=now)
                told = ngettext("One visit is noted.", "%(n)s visits are noted.", count) % {"n": count}
                messages.success(request, told)
        except Problem as said:
            problem = str(said)
        else:
            return redirect("desk:visits", area.slug)
    return render(request, "desk/visits.html", {"list": found, "problem": problem}, status=422 if problem else 200)
