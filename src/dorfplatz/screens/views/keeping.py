"""For those in charge: which screens there are, setting up, changing, revoking."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dorfplatz.entries.queries import reading
from dorfplatz.kernel.access import needs
from dorfplatz.kernel.actor import VISITOR
from dorfplatz.kernel.text import in_language
from dorfplatz.kernel.verdict import Problem
from dorfplatz.places.queries import organizations_of
from dorfplatz.screens.actions import change_screen, revoke_screen, set_up_screen
from dorfplatz.screens.addresses import code_of
from dorfplatz.screens.enums import KEEP_SCREENS
from dorfplatz.screens.forms import ScreenForm, as_it_is, usual
from dorfplatz.screens.models import Screen
from dorfplatz.screens.queries import areas_to_keep, is_alive, screens_kept_by
from dorfplatz.screens.slides import Code, code_to
from dorfplatz.villages.request import SquareRequest


@dataclass(frozen=True)
class Kept:
    """A screen as those in charge see it."""

    screen: Screen
    where: str
    organization: str
    url: str
    code: Code
    edit_url: str
    is_alive: bool
    was_seen: bool


@needs(KEEP_SCREENS)
@require_safe
def screens(request: SquareRequest) -> HttpResponse:
    """Each with its address, and whether it lives."""
    now = timezone.now()
    found = [_kept(screen, request, now) for screen in screens_kept_by(request.viewer, request.site)]
    return render(request, "screens/screens.html", {"screens": found, "now": now})


def _kept(screen: Screen, request: SquareRequest, now: datetime) -> Kept:
    with override(screen.languages[0] if screen.languages else request.LANGUAGE_CODE):
        url = request.build_absolute_uri(reverse("screens:show", kwargs={"code": code_of(screen.pk)}))
    club = reading(screen.organization.entry, request.LANGUAGE_CODE).title if screen.organization else ""
    edit_url = reverse("screens:edit", kwargs={"pk": screen.pk})
    where = in_language(screen.area.name, request.LANGUAGE_CODE)
    return Kept(screen, where, club, url, code_to(url), edit_url, is_alive(screen, now), screen.seen_at is not None)


@needs(KEEP_SCREENS)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SquareRequest) -> HttpResponse:
    """Set one up, and on to its address."""
    areas = areas_to_keep(request.site, request.viewer)
    form = _form(request, usual(areas[0] if areas else None, request.LANGUAGE_CODE))
    if request.method == "POST" and form.is_valid():
        try:
            screen = set_up_screen(form.draft, by=request.viewer, now=timezone.now())
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("The screen is set up. Open its address on the television or tablet."))
            return redirect(f"{reverse('screens:screens')}#screen-{screen.pk}")
    return render(request, "screens/edit.html", {"form": form}, status=422 if form.errors else 200)


@needs(KEEP_SCREENS)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SquareRequest, pk: int) -> HttpResponse:
    """Change it under the same address."""
    screen = _opened(request, pk)
    form = _form(request, as_it_is(screen))
    if request.method == "POST" and form.is_valid():
        try:
            change_screen(screen, draft=form.draft, by=request.viewer, now=timezone.now())
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("The screen shows it within a few minutes."))
            return redirect("screens:screens")
    return render(request, "screens/edit.html", {"form": form, "screen": screen}, status=422 if form.errors else 200)


@needs(KEEP_SCREENS)
@require_POST
def revoke(request: SquareRequest, pk: int) -> HttpResponse:
    """Its address leads nowhere any more."""
    revoke_screen(_opened(request, pk), by=request.viewer, now=timezone.now())
    said = _("The screen is revoked. Within five minutes it asks for news, forgets it all and says so.")
    messages.success(request, said)
    return redirect("screens:screens")


def _form(request: SquareRequest, initial: dict[str, Any]) -> ScreenForm:
    return ScreenForm(
        request.POST or None, initial=initial, areas=areas_to_keep(request.site, request.viewer),
        organizations=organizations_of(request.site, VISITOR, now=timezone.now()),
        spoken=request.municipality.languages, language=request.LANGUAGE_CODE,
    )  # fmt: skip


def _opened(request: SquareRequest, pk: int) -> Screen:
    screen = screens_kept_by(request.viewer, request.site).filter(pk=pk).first()
    if screen is None:
        raise Http404
    return screen
