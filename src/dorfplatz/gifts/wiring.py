"""What gifts plug into lower floors."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from dorfplatz.gifts.enums import RECORD
from dorfplatz.gifts.models import Conversation, Gift, record_paths
from dorfplatz.gifts.own_gifts import plug_own_gifts
from dorfplatz.gifts.policies import can_record
from dorfplatz.gifts.queries import gifts_of
from dorfplatz.gifts.room import ROOM
from dorfplatz.gifts.said import line_of
from dorfplatz.jobs.sockets import Periodic, periodic
from dorfplatz.journal.sockets import erasures
from dorfplatz.kernel.actor import VISITOR, Actor
from dorfplatz.members.enums import Role
from dorfplatz.members.sockets import offer_capability
from dorfplatz.ui.sockets import Door, menu, slots
from dorfplatz.villages.sockets import Room, Whereabouts, rooms, whereabouts


def _erase_gift_again(thing: str, _details: Mapping[str, Any]) -> None:
    Gift.objects.filter(pk=thing.partition(":")[2]).delete()


def _erase_conversation_again(thing: str, _details: Mapping[str, Any]) -> None:
    Conversation.objects.filter(pk=thing.partition(":")[2]).delete()


def _viewer(request: HttpRequest) -> Actor:
    viewer: Actor = getattr(request, "viewer", VISITOR)
    return viewer


def _is_open(request: HttpRequest) -> bool:
    municipality = getattr(request, "municipality", None)
    return municipality is not None and municipality.has_room(ROOM)


def _is_member(request: HttpRequest) -> bool:
    return _viewer(request).is_member


def _records(request: HttpRequest) -> bool:
    return bool(record_paths(_viewer(request)))


def _own(_request: HttpRequest) -> str:
    return reverse("gifts:own")


def _nearby(_request: HttpRequest) -> str:
    return reverse("gifts:nearby")


def _conversations(_request: HttpRequest) -> str:
    return reverse("gifts:conversations")


def _of_member(request: HttpRequest, context: Mapping[str, Any]) -> SafeString:
    """On a member's page: what she can, as far as the reader may know; for her connector the way to a conversation."""
    viewer, person = _viewer(request), context["person"]
    if not _is_open(request):
        return render_to_string("gifts/parts/of_member.html")
    is_own = person.pk == viewer.identity_id
    lines = [line_of(gift) for gift in gifts_of(person, viewer, now=timezone.now())]
    may_record = not is_own and person.home_area is not None and bool(can_record(viewer, person.home_area))
    said = {"lines": lines, "person": person, "is_own": is_own, "may_record": may_record}
    return render_to_string("gifts/parts/of_member.html", said)


def _on_my_page(request: HttpRequest, _context: Mapping[str, Any]) -> SafeString:
    return render_to_string("gifts/parts/on_my_page.html", {"is_open": _is_open(request)})


offer_capability(RECORD, _("write down conversations with neighbours"), Role.CONNECTOR)
rooms.plug(
    ROOM,
    Room(_("What neighbours can"), _("What people can and like to share, for those they name."), "hand-helping"),
    rank=45,
)
_OWN = Door("gifts", _("What I can"), "hand-helping", _own, ROOM, _is_member)
_NEARBY = Door("nearby", _("What neighbours can"), "users", _nearby, ROOM, _is_member, False)
_TOLD = Door("conversations", _("Conversations"), "coffee", _conversations, ROOM, _records)
for _rank, (_name, _door) in enumerate((("mine", _OWN), ("nearby", _NEARBY), ("conversations", _TOLD)), 42):
    menu.plug(f"gifts.{_name}", _door, rank=_rank)
slots.plug("member:below", "gifts", _of_member)
slots.plug("me:below", "gifts", _on_my_page, rank=90)
plug_own_gifts()
erasures.plug("gift.taken_back", _erase_gift_again)
erasures.plug("conversation.erased", _erase_conversation_again)
# Nothing of it shows on a page that is kept for visitors.
for _sort in ("gift", "conversation"):
    whereabouts.plug(f"gifts.{_sort}", Whereabouts(_sort, None))
periodic.plug(
    "gifts.ended", Periodic("dorfplatz.gifts.tasks.erase_ended_conversations", timedelta(hours=1), timedelta(minutes=5))
)
