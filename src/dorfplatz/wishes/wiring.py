"""What wishes plug into lower floors."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import timedelta

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from dorfplatz.comments.sockets import Talk, talks
from dorfplatz.entries.models import Entry
from dorfplatz.entries.sockets import Kind, kinds
from dorfplatz.jobs.sockets import Periodic, periodic
from dorfplatz.kernel.actor import VISITOR, system
from dorfplatz.kernel.facts import subscribe
from dorfplatz.members.enums import Role
from dorfplatz.members.facts import MandateHandedOver
from dorfplatz.members.sockets import offer_capability
from dorfplatz.search.sockets import sources
from dorfplatz.ui.sockets import Door, menu
from dorfplatz.villages.filter import VillageFilter
from dorfplatz.villages.sockets import Room, Whereabouts, rooms, whereabouts
from dorfplatz.wishes.actions import pass_on_wishes
from dorfplatz.wishes.enums import ANSWER, KIND
from dorfplatz.wishes.found import SOURCE
from dorfplatz.wishes.models import FlipChart
from dorfplatz.wishes.own_wishes import plug_own_wishes
from dorfplatz.wishes.queries import cards_of
from dorfplatz.wishes.room import ROOM
from dorfplatz.wishes.views.wish import wish_page

offer_capability(ANSWER, gettext_lazy("answer wishes and sort them"), Role.CONNECTOR, Role.ADMIN)


def _list_of_usual_villages(request: HttpRequest) -> str:
    """The list opens with the villages looked at last."""
    villages: VillageFilter | None = getattr(request, "usual_villages", None)
    query = villages.query if villages else ""
    return f"{reverse('wishes:list')}?{query}" if query else reverse("wishes:list")


def _chart(_request: HttpRequest) -> str:
    return reverse("wishes:new_chart")


def _answers(request: HttpRequest) -> bool:
    return bool(getattr(request, "viewer", VISITOR).holds_anywhere(ANSWER))


def _pass_on(fact: MandateHandedOver) -> None:
    pass_on_wishes(
        fact.identity_id, from_id=fact.from_id, to_id=fact.to_id, by=system("handing over"), now=timezone.now()
    )


def _heading(_entry: Entry) -> str:
    return _("What neighbours say to it")


def _of_pictures(ids: Collection[int]) -> Iterable[int]:
    """Photos of flip charts show with the wishes of their village."""
    return FlipChart.objects.filter(photos__picture__in=list(ids)).values_list("area_id", flat=True)


kinds.plug(
    KIND,
    Kind(
        KIND, pgettext_lazy("kind", "Wish"), "sparkles", ROOM, "ui/parts/card.html", load_many=cards_of, page=wish_page
    ),
)
talks.plug(KIND, Talk(_heading))
sources.plug(KIND, SOURCE)
ABOUT = gettext_lazy("What the villages lack and like, and what becomes of it.")
rooms.plug(ROOM, Room(gettext_lazy("Wishes"), ABOUT, "sparkles"), rank=50)
menu.plug(
    "wishes", Door("wishes", pgettext_lazy("navigation", "Wishes"), "sparkles", _list_of_usual_villages, ROOM), rank=42
)
menu.plug(
    "wishes.chart", Door("chart", gettext_lazy("Type off a flip chart"), "clipboard-list", _chart, ROOM, _answers),
    rank=43,
)  # fmt: skip
plug_own_wishes()
subscribe(MandateHandedOver, _pass_on)
whereabouts.plug("wishes.charts", Whereabouts("flipchart", None))
whereabouts.plug("wishes.photos", Whereabouts("picture", _of_pictures))
periodic.plug(
    "wishes.photos", Periodic("dorfplatz.wishes.tasks.erase_old_photos", timedelta(days=1), timedelta(hours=3))
)
