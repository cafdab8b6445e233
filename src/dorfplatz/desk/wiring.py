"""What the desk plugs into lower floors."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dorfplatz.desk.adapters.events import plug_events
from dorfplatz.desk.adapters.exchange import plug_exchange
from dorfplatz.desk.adapters.members import plug_members
from dorfplatz.desk.adapters.moderation import plug_moderation
from dorfplatz.desk.adapters.places import plug_places
from dorfplatz.desk.adapters.silence import plug_silence
from dorfplatz.desk.adapters.wishes import plug_wishes
from dorfplatz.desk.enums import USE_DESK
from dorfplatz.desk.own_desk import plug_own_desk
from dorfplatz.desk.queries import tally_of
from dorfplatz.jobs.sockets import Periodic, periodic
from dorfplatz.members.enums import Role
from dorfplatz.members.sockets import offer_capability
from dorfplatz.ui.sockets import Door, account
from dorfplatz.villages.sockets import Whereabouts, whereabouts


def _has_desk(request: HttpRequest) -> bool:
    viewer, municipality = getattr(request, "viewer", None), getattr(request, "municipality", None)
    return bool(municipality and viewer and viewer.is_member and viewer.holds_within(USE_DESK, municipality.path))


def _how_many(request: HttpRequest) -> str:
    """With how many wait: on the desk itself as it is, elsewhere as it was counted last."""
    seen: int | None = getattr(request, "desk_count", None)
    count = tally_of(request.viewer) if seen is None else seen  # type: ignore[attr-defined]  # a SquareRequest
    return _("My desk (%(n)s)") % {"n": count} if count else str(_("My desk"))


def _desk(_request: HttpRequest) -> str:
    return reverse("desk:desk")


offer_capability(USE_DESK, gettext_lazy("see what waits in the village"), Role.CONNECTOR)
plug_moderation()
plug_exchange()
plug_members()
plug_places()
plug_events()
plug_silence()
plug_wishes()
plug_own_desk()
account.plug("desk", Door("desk", _how_many, "layout-list", _desk, available=_has_desk), rank=20)
# No page that is kept for visitors shows any of these.
for _sort in ("desk", "desknote"):
    whereabouts.plug(f"desk.{_sort}", Whereabouts(_sort, None))
_TASKS = "dorfplatz.desk.tasks."
periodic.plug("desk.count", Periodic(f"{_TASKS}count_desks", every=timedelta(hours=1), offset=timedelta(minutes=20)))
periodic.plug("desk.forget", Periodic(f"{_TASKS}forget_old_notes", timedelta(days=1), timedelta(hours=3)))
periodic.plug("desk.freshness", Periodic(f"{_TASKS}note_freshness", timedelta(days=7), timedelta(hours=4)))
