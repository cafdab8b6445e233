"""What a screen itself asks for: its page, its worker, and to say that it lives."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from django.contrib.staticfiles import finders
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from dorfplatz.kernel.access import public
from dorfplatz.kernel.text import in_language
from dorfplatz.screens.actions import note_sign_of_life
from dorfplatz.screens.models import Screen
from dorfplatz.screens.queries import screen_at, was_ended
from dorfplatz.screens.showing import slides_of
from dorfplatz.screens.slides import Slide, code_to
from dorfplatz.villages.request import SquareRequest

SECONDS = 14  # each slide stands


@public
@require_safe
def show(request: SquareRequest, code: str) -> HttpResponse:
    """Everything of the coming days in one page; the script shows it in turn, and without it all of it stands there.

    The same for whoever asks: a screen is nobody. One that was ended is told so, and forgets what it kept.
    """
    if request.municipality is not None and was_ended(code):
        return render(request, "screens/ended.html", status=404)
    screen, language, now = _opened(request, code), request.LANGUAGE_CODE, timezone.now()
    others = [other for other in screen.languages if other != language] if len(screen.languages) > 1 else []
    base = request.build_absolute_uri("/")[:-1]
    slides = slides_of(screen, request.site, [language, *others[:1]], base=base, now=now)
    today = now.astimezone(ZoneInfo(request.municipality.timezone)).date()
    context = {
        "screen": screen,
        "name": in_language(screen.area.name, language),
        "zone": request.municipality.timezone,
        "slides": [(slide, _is_now(slide, today.toordinal(), now)) for slide in slides],
        "today": today,
        "now": now,
        "code": code_to(f"{base}/{language}/{screen.area.slug}/"),
        "worker_url": reverse("screens:worker", kwargs={"code": code}),
        "alive_url": reverse("screens:alive", kwargs={"code": code}),
        "seconds": SECONDS,
    }
    return render(request, "screens/screen.html", context)


def _is_now(slide: Slide, today: int, now: datetime) -> bool:
    if slide.day is not None:
        return slide.day.toordinal() - today in (0, 1)
    return slide.until is None or slide.until > now


@public
@require_safe
def worker(request: SquareRequest, code: str) -> HttpResponse:
    """The service worker, from below the screen's address, so that it answers for this screen alone."""
    _opened(request, code)
    response = HttpResponse(_worker(), content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


@cache
def _worker() -> str:
    found = finders.find("ui/build/screens-worker.js")
    return Path(str(found)).read_text() if found else ""


@csrf_exempt  # sent by a machine without a session; the signed address is the permission, and an hour is all it says
@public
@require_POST
def alive(request: SquareRequest, code: str) -> HttpResponse:
    """The screen has just heard of us."""
    note_sign_of_life(_opened(request, code), now=timezone.now())
    return HttpResponse(status=204)


def _opened(request: SquareRequest, code: str) -> Screen:
    screen = screen_at(code, request.site) if request.municipality is not None else None
    if screen is None:
        raise Http404
    return screen
