"""What screens plug into lower floors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from dorfplatz.members.enums import Role
from dorfplatz.members.sockets import offer_capability
from dorfplatz.screens.enums import KEEP_SCREENS, SCREEN
from dorfplatz.screens.queries import areas_of_screens
from dorfplatz.ui.sockets import Door, account, slots
from dorfplatz.villages.sockets import Whereabouts, whereabouts


def _keeps(request: HttpRequest) -> bool:
    viewer, municipality = getattr(request, "viewer", None), getattr(request, "municipality", None)
    return bool(municipality and viewer and viewer.is_member and viewer.holds_within(KEEP_SCREENS, municipality.path))


def _way(request: HttpRequest, _context: Mapping[str, Any]) -> SafeString:
    """Beside the village paper, for those who keep screens."""
    return render_to_string("screens/parts/way_to_screens.html", {"keeps": _keeps(request)}, request=request)


offer_capability(KEEP_SCREENS, _("set up screens"), Role.EDITOR, Role.CONNECTOR, Role.ADMIN)
whereabouts.plug(SCREEN, Whereabouts(SCREEN, areas_of_screens))
slots.plug("papers:below", "screens", _way)
account.plug(
    "screens", Door("screens", _("Screens"), "monitor", lambda _request: reverse("screens:screens"), available=_keeps),
    rank=28,
)  # fmt: skip
