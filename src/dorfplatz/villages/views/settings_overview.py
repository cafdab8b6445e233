"""The settings of a municipality: what there is to set, and which rooms are open."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dorfplatz.kernel.access import members_only, needs
from dorfplatz.kernel.verdict import Problem
from dorfplatz.villages.actions import switch_rooms
from dorfplatz.villages.enums import MANAGE
from dorfplatz.villages.forms import RoomsForm
from dorfplatz.villages.policies import can_manage_municipality, can_open_settings
from dorfplatz.villages.request import SquareRequest
from dorfplatz.villages.sockets import settings_pages
from dorfplatz.villages.views.settings_village import steps


@members_only
@require_safe
def overview(request: SquareRequest) -> HttpResponse:
    """Every settings page the viewer may open, of this app and of those above."""
    can_open_settings(request.viewer, request.municipality).require()
    path = request.municipality.path
    pages = [
        {"label": entry.label, "help": entry.help, "icon": entry.icon, "url": entry.url(request)}
        for entry in settings_pages
        if request.viewer.holds_within(entry.capability, path)
    ]
    return render(request, "villages/settings/overview.html", {"pages": pages})


@needs(MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def rooms(request: SquareRequest) -> HttpResponse:
    """Which rooms of the square are open."""
    municipality = request.municipality
    can_manage_municipality(request.viewer, municipality).require()
    form = RoomsForm(request.POST or None, municipality=municipality)
    if request.method == "POST" and form.is_valid():
        try:
            switch_rooms(
                municipality,
                rooms_off=form.rooms_off,
                version=form.seen_version,
                by=request.viewer,
                now=timezone.now(),
            )
        except Problem as problem:
            form.tell(problem)
        else:
            messages.success(request, _("Saved."))
            return redirect("villages:settings_rooms")
    return render(request, "villages/settings/rooms.html", {"form": form, "steps": steps(_("Rooms"))})
