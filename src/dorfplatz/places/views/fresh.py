"""A keeper's answer by the link of a mail: looking changes nothing, since programs follow links too."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from dorfplatz.kernel.access import public
from dorfplatz.kernel.verdict import Problem
from dorfplatz.places.actions import answer_by_link
from dorfplatz.places.asking import ANSWERS, CHANGED, read_fresh_token
from dorfplatz.places.queries.keeping import keeper_of_link
from dorfplatz.places.room import require_room
from dorfplatz.places.views.opened import page_of
from dorfplatz.villages.kept.notes import never_keep
from dorfplatz.villages.request import SquareRequest


@public
@require_http_methods(["GET", "HEAD", "POST"])
def fresh(request: SquareRequest, token: str) -> HttpResponse:
    """A page with one button; the button answers. 410 where the link is not good any more."""
    require_room(request)
    never_keep(request)
    asked = read_fresh_token(token)
    keeper = keeper_of_link(asked, municipality=request.municipality) if asked else None
    words, problem, is_done = request.POST.get("words", "").replace("\x00", ""), "", False
    if keeper is not None and request.method == "POST":
        try:
            answer_by_link(token, words=words, by=request.viewer, now=timezone.now())
            is_done = True
        except Problem as said:
            problem = str(said)
    status = (422 if problem else 200) if keeper else 410
    entry = keeper.listing.entry if keeper else None
    context = {
        "entry": entry,
        "answer": asked.answer if asked else "",
        "label": ANSWERS[asked.answer] if asked else "",
        "asks_words": asked is not None and asked.answer == CHANGED,
        "words": words,
        "problem": problem,
        "is_done": is_done,
        "page_url": page_of(entry) if entry else "",
        "edit_url": reverse("places:edit", args=[entry.code]) if entry else "",
    }
    return render(request, "places/fresh.html", context, status=status)
