"""What ask and offer plugs into lower floors."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dorfplatz.entries.sockets import Sprout, sprouts
from dorfplatz.exchange.actions import pass_on_exchanges
from dorfplatz.exchange.enums import LOOK_AFTER, Direction
from dorfplatz.exchange.found import SOURCE
from dorfplatz.exchange.kinds import plug_kinds
from dorfplatz.exchange.own_exchange import plug_own_exchange
from dorfplatz.exchange.policies import can_set_out_exchange
from dorfplatz.exchange.room import ROOM
from dorfplatz.jobs.sockets import Periodic, periodic
from dorfplatz.kernel.actor import VISITOR, Actor, system
from dorfplatz.kernel.facts import subscribe
from dorfplatz.members.enums import Role
from dorfplatz.members.facts import MandateHandedOver
from dorfplatz.members.sockets import offer_capability
from dorfplatz.search.sockets import sources
from dorfplatz.ui.sockets import Door, menu, navigation
from dorfplatz.villages.filter import VillageFilter
from dorfplatz.villages.sockets import Room, Whereabouts, rooms, whereabouts

offer_capability(LOOK_AFTER, _("look after asks and offers"), Role.CONNECTOR, Role.ADMIN)


def _list_of_usual_villages(request: HttpRequest) -> str:
    """The list opens with the villages looked at last."""
    villages: VillageFilter | None = getattr(request, "usual_villages", None)
    query = villages.query if villages else ""
    return f"{reverse('exchange:list')}?{query}" if query else reverse("exchange:list")


def _mine(_request: HttpRequest) -> str:
    return reverse("exchange:mine")


def _calls(_request: HttpRequest) -> str:
    return reverse("exchange:calls")


def _pass_on(fact: MandateHandedOver) -> None:
    pass_on_exchanges(
        fact.identity_id, from_id=fact.from_id, to_id=fact.to_id, by=system("handing over"), now=timezone.now()
    )


def _is_member(request: HttpRequest) -> bool:
    return bool(getattr(request, "viewer", VISITOR).is_member)


def _looks_after(request: HttpRequest) -> bool:
    return bool(getattr(request, "viewer", VISITOR).holds_anywhere(LOOK_AFTER))


def _ask_of(code: str) -> str:
    return f"{reverse('exchange:new')}?direction=ask&of={code}"


def _may_ask(actor: Actor) -> bool:
    return actor.is_member and bool(can_set_out_exchange(actor, ()))


navigation.plug(
    "exchange",
    Door("exchange", pgettext_lazy("navigation", "Ask & offer"), "handshake", _list_of_usual_villages, ROOM),
    rank=40,
)
menu.plug("exchange.mine", Door("mine", _("My asks and offers"), "handshake", _mine, ROOM, _is_member), rank=40)
menu.plug("exchange.calls", Door("calls", _("People to ring"), "phone-call", _calls, ROOM, _looks_after), rank=41)
rooms.plug(
    ROOM, Room(_("Ask & offer"), _("Help, rides, things to lend: who needs a hand, who has one."), "handshake"), rank=40
)
plug_kinds()
sprouts.plug("ask", Sprout(_("Make an ask of it"), "hand", ROOM, _ask_of, _may_ask), rank=10)
plug_own_exchange()
subscribe(MandateHandedOver, _pass_on)
for _kind in Direction:
    sources.plug(_kind.value, SOURCE)
whereabouts.plug("exchange.answers", Whereabouts("answer", None))
whereabouts.plug("exchange.asks", Whereabouts("ask", None))
_TASKS = "dorfplatz.exchange.tasks."
periodic.plug("exchange.unanswered", Periodic(f"{_TASKS}tell_of_unanswered_asks", every=timedelta(hours=1)))
periodic.plug("exchange.renewals", Periodic(f"{_TASKS}ask_for_renewals", timedelta(days=1), timedelta(hours=7)))
periodic.plug("exchange.bygone", Periodic(f"{_TASKS}erase_long_over", timedelta(days=1), timedelta(hours=2)))
