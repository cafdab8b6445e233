"""One's own letter as it would come today."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from dorfplatz.channels.issue import Asked
from dorfplatz.channels.queries import days_of, issue_for, reader_of, taste_of
from dorfplatz.kernel.access import members_only
from dorfplatz.villages.request import SquareRequest


@members_only
@never_cache
@require_safe
def letter(request: SquareRequest) -> HttpResponse:
    """In one's own language, with what one may see oneself. Nothing is sent."""
    reader = reader_of(request.viewer.identity_id or 0)
    if reader is None or request.municipality is None:
        raise Http404
    taste, days = taste_of(reader, request.site), days_of(reader.preferences.rhythm)
    now = timezone.now()
    issue = issue_for(Asked(request.site, taste, days, "", now), viewer=taste.sees)
    context = {"issue": issue, "on": timezone.localdate(), "taste": taste, "reader": reader}
    return render(request, "channels/letter.html", context)
