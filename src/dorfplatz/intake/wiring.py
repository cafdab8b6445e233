"""What phone and paper intake plugs into lower floors."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from dorfplatz.intake.adapters.events import plug_events
from dorfplatz.intake.adapters.exchange import plug_exchange
from dorfplatz.intake.adapters.gifts import plug_gifts
from dorfplatz.intake.adapters.members import plug_members
from dorfplatz.intake.adapters.wishes import plug_wishes
from dorfplatz.intake.duties import plug_duties
from dorfplatz.intake.own_intake import plug_own_intake
from dorfplatz.jobs.sockets import Periodic, periodic
from dorfplatz.members.enums import ACT_FOR
from dorfplatz.ui.sockets import Door, menu, slots


def _acts(request: HttpRequest) -> bool:
    viewer, municipality = getattr(request, "viewer", None), getattr(request, "municipality", None)
    return bool(municipality and viewer and viewer.is_member and viewer.holds_within(ACT_FOR, municipality.path))


def _start(_request: HttpRequest) -> str:
    return reverse("intake:start")


def _ways(request: HttpRequest, _context: Mapping[str, Any]) -> SafeString:
    """To the call list and to what somebody says on the telephone."""
    return render_to_string("intake/parts/ways.html", {"may": _acts(request)}, request)


plug_exchange()
plug_events()
plug_wishes()
plug_gifts()
plug_members()
plug_duties()
plug_own_intake()
_door = Door("intake", gettext_lazy("By telephone, on paper"), "phone-call", _start, available=_acts)
menu.plug("intake", _door, rank=41)
slots.plug("desk:ways", "intake", _ways)
slots.plug("mandates:below", "intake", _ways)
periodic.plug(
    "intake.forget", Periodic("dorfplatz.intake.tasks.forget_what_was_told", timedelta(days=1), timedelta(hours=3))
)
