"""What neighbours can, as far as the reader may know."""

from __future__ import annotations

from itertools import groupby

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from dorfplatz.gifts.enums import GiftPart
from dorfplatz.gifts.forms import NearbyForm
from dorfplatz.gifts.models import record_paths
from dorfplatz.gifts.queries import PAGE_OF_GIFTS, gifts_nearby
from dorfplatz.gifts.room import require_room
from dorfplatz.gifts.said import line_of
from dorfplatz.kernel.access import members_only
from dorfplatz.members.decoys import decoy_code
from dorfplatz.ui.parts import Step
from dorfplatz.villages.request import SquareRequest


@members_only
@never_cache
@require_safe
def nearby(request: SquareRequest) -> HttpResponse:
    """By name, with what each has named for this reader; by village, part and words."""
    require_room(request)
    villages = [*request.site.villages, *request.site.outside]
    form = NearbyForm(request.GET, villages=villages)
    form.is_valid()
    said = form.cleaned_data
    chosen = form.areas.get(said.get("village") or "")
    page, part, words = said.get("page") or 1, said.get("part") or "", said.get("q") or ""
    found = gifts_nearby(
        [area.pk for area in ([chosen] if chosen else villages)], request.viewer,
        now=timezone.now(), part=part, words=words, page=page,
    )  # fmt: skip
    shown = found[:PAGE_OF_GIFTS]
    people = [(owner, [line_of(g) for g in gifts]) for owner, gifts in groupby(shown, key=lambda gift: gift.owner)]
    asked = {"village": chosen.slug if chosen else "", "part": part, "q": words}
    kept = {name: value for name, value in asked.items() if value}
    context = {
        "people": people,
        "more": f"?{urlencode({**kept, 'page': page + 1})}" if len(found) > PAGE_OF_GIFTS else "",
        "asked": asked,
        "is_filtered": bool(kept),
        "villages": villages,
        "parts": GiftPart.choices,
        "decoy": decoy_code(request.municipality),
        "looks_after": bool(record_paths(request.viewer)),
        "steps": [Step(_("What neighbours can"), is_current=True)],
    }
    return render(request, "gifts/nearby.html", context)
