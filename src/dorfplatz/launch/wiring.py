"""What launching plugs into lower floors."""

from __future__ import annotations

from datetime import timedelta
from typing import cast

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy

from dorfplatz.jobs.queue import enqueue
from dorfplatz.jobs.sockets import Periodic, periodic
from dorfplatz.kernel.facts import subscribe
from dorfplatz.launch.duties import plug_duties
from dorfplatz.members.enums import Role
from dorfplatz.members.facts import MemberJoined
from dorfplatz.members.sockets import offer_capability
from dorfplatz.ui.sockets import Door, account
from dorfplatz.villages.enums import PREPARE, Stage
from dorfplatz.villages.models import Area
from dorfplatz.villages.request import SquareRequest
from dorfplatz.villages.sockets import SettingsPage, Whereabouts, settings_pages, whereabouts

_TELL = "dorfplatz.launch.tasks.tell_of_full_villages"


def _overview(_request: HttpRequest) -> str:
    return reverse("launch:overview")


def _has_kit(request: HttpRequest) -> bool:
    """In the menu of those who prepare a village, as long as one is not open."""
    viewer, municipality = getattr(request, "viewer", None), getattr(request, "municipality", None)
    if not (municipality and viewer and viewer.is_member and viewer.holds_within(PREPARE, municipality.path)):
        return False
    site = cast("SquareRequest", request).site
    return any(not area.is_open and site.is_prepared_by_viewer(area) for area in site.villages)


def _joined(fact: MemberJoined) -> None:
    if Area.objects.filter(pk=fact.area_id, stage=Stage.PREPARING).exists():
        enqueue(_TELL, key="launch.tell")


offer_capability(
    PREPARE, gettext_lazy("prepare a village’s square and open it"), Role.CONNECTOR, Role.ADMIN, also=[Role.EDITOR]
)
plug_duties()
account.plug("launch", Door("launch", gettext_lazy("Opening"), "door-open", _overview, available=_has_kit), rank=22)
settings_pages.plug(
    "launch",
    SettingsPage(
        gettext_lazy("Opening villages"),
        gettext_lazy("What each square should have before it opens, who has said yes, and which are open."),
        "door-open",
        _overview,
        PREPARE,
    ),
    rank=22,
)
subscribe(MemberJoined, _joined)
# No page that is kept for visitors shows any of these.
for _sort in ("launch", "launchpoint"):
    whereabouts.plug(f"launch.{_sort}", Whereabouts(_sort, None))
periodic.plug("launch.tell", Periodic(_TELL, every=timedelta(hours=1), offset=timedelta(minutes=50)))
