"""On which devices one is logged in."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import logout as end_session
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from dorfplatz.kernel.access import members_only
from dorfplatz.kernel.actor import VISITOR
from dorfplatz.kernel.text import in_language
from dorfplatz.members.actions import note_device, sign_out_device
from dorfplatz.members.actions.devices import NewDevice
from dorfplatz.members.devices import seen_in
from dorfplatz.members.models import Login
from dorfplatz.members.queries import own_devices
from dorfplatz.members.sessions import DEVICE
from dorfplatz.members.views.own import own
from dorfplatz.ui.parts import Step
from dorfplatz.villages.queries import base_url
from dorfplatz.villages.request import SquareRequest


def begin_device(request: SquareRequest, login: Login) -> None:
    """After a new session has begun: write its browser down, and give it what it is known by."""
    municipality, now = request.municipality, timezone.now()

    def link(language: str) -> str:
        with override(language):
            return base_url(municipality) + reverse("members:devices")

    warning = NewDevice(lambda language: in_language(municipality.area.name, language), link)
    seen = seen_in(request)
    key = request.session.session_key or ""
    device = note_device(login, seen=seen, session_key=key, warning=warning, by=VISITOR, now=now)
    request.session[DEVICE] = [device.pk, now.date().isoformat()]
    request.device_key = seen.key


@members_only
@never_cache
@require_safe
def devices(request: SquareRequest) -> HttpResponse:
    """Where one is logged in, this device first."""
    own(request)
    here = (request.session.get(DEVICE) or [0])[0]
    found = sorted(own_devices(request.viewer, now=timezone.now()), key=lambda device: device.pk != here)
    steps = [Step(_("My page"), reverse("members:me")), Step(_("My devices"), is_current=True)]
    return render(request, "members/devices.html", {"devices": found, "here": here, "steps": steps})


@members_only
@require_POST
def sign_out(request: SquareRequest, pk: int) -> HttpResponse:
    """Log out on one device."""
    identity, _login = own(request)
    if not sign_out_device(identity, device_id=pk, by=request.viewer, now=timezone.now()):
        raise Http404
    if (request.session.get(DEVICE) or [0])[0] == pk:
        end_session(request)
        return redirect("members:login")
    messages.success(request, _("You are logged out there."))
    return redirect("members:devices")
