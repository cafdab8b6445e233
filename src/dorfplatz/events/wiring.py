"""What the calendar plugs into lower floors."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from dorfplatz.events.enums import EDIT, KIND
from dorfplatz.events.kinds import SOURCE, plug_kinds
from dorfplatz.events.own_events import plug_own_events
from dorfplatz.events.queries import areas_of_events_at, moments_of_dates, next_dates_at
from dorfplatz.events.queries.lines import Reader, lines_of
from dorfplatz.events.room import ROOM
from dorfplatz.jobs.sockets import Periodic, periodic
from dorfplatz.members.enums import Role
from dorfplatz.members.sockets import offer_capability
from dorfplatz.places.enums import PlaceKind
from dorfplatz.places.queries import terms_of_municipality
from dorfplatz.search.sockets import sources
from dorfplatz.ui.sockets import Door, navigation, slots
from dorfplatz.villages.filter import VillageFilter
from dorfplatz.villages.sockets import Room, Whereabouts, moments, rooms, whereabouts


def _calendar_of_usual_villages(request: HttpRequest) -> str:
    """The calendar opens with the villages looked at last."""
    villages: VillageFilter | None = getattr(request, "usual_villages", None)
    query = villages.query if villages else ""
    return f"{reverse('events:calendar')}?{query}" if query else reverse("events:calendar")


def _next_dates(request: HttpRequest, context: Mapping[str, Any]) -> SafeString:
    """On the page of a club or a hall: what is on there next."""
    entry, municipality = context.get("entry"), getattr(request, "municipality", None)
    lines = []
    if (
        entry is not None
        and entry.kind in PlaceKind.values
        and municipality is not None
        and municipality.has_room(ROOM)
    ):
        viewer: Any = getattr(request, "viewer", None)
        now = timezone.now()
        if ids := next_dates_at(entry.pk, viewer, now=now):
            found = lines_of(ids, Reader(terms_of_municipality(municipality), get_language() or "de", viewer, now))
            lines = [found[pk] for pk in ids]
    return render_to_string("events/parts/next_dates.html", {"lines": lines})


offer_capability(EDIT, _("change dates"), Role.EDITOR, Role.CONNECTOR, Role.ADMIN, also=[Role.OFFICER])
door = Door("calendar", pgettext_lazy("navigation", "Dates"), "calendar-days", _calendar_of_usual_villages, ROOM)
navigation.plug("calendar", door, rank=30)
rooms.plug(
    ROOM,
    Room(_("Calendar"), _("What is on, once and again and again, in the villages and next door."), "calendar-days"),
    rank=30,
)
slots.plug("entry:below", "events", _next_dates)
sources.plug(KIND, SOURCE)
moments.plug("events", moments_of_dates)
whereabouts.plug("events.names", Whereabouts("entry", areas_of_events_at))
whereabouts.plug("events.comings", Whereabouts("coming", None))
periodic.plug("events.pages", Periodic("dorfplatz.events.tasks.turn_pages", every=timedelta(hours=6)))
plug_kinds()
plug_own_events()
