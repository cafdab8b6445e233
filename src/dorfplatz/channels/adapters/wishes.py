"""Wishes: what a connector has said, for whoever wished it and whoever joined in."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dorfplatz.channels.actions import Telling, tell_people
from dorfplatz.channels.enums import Way
from dorfplatz.channels.sockets import Sort, sorts
from dorfplatz.kernel.actor import system
from dorfplatz.kernel.facts import subscribe
from dorfplatz.wishes.facts import WishAnswered
from dorfplatz.wishes.models import Reply
from dorfplatz.wishes.queries import followers_of

CHANNELS = system("channels")


def hear_of_answer(fact: WishAnswered) -> None:
    """Each answer once; nobody hears of her own."""
    reply = Reply.objects.select_related("wish__entry__author").get(pk=fact.reply_id)
    telling = Telling("wish", f"wish:{reply.pk}", fact.entry_id, reply.said_by_id)
    tell_people(followers_of(reply.wish), telling=telling, by=CHANNELS, now=timezone.now())


def plug_wishes() -> None:
    wish = Sort(
        _("What becomes of my wishes, and of those I joined in"),
        _("%(name)s has answered this wish:"),
        "sparkles",
        Way.AT_ONCE,
    )
    sorts.plug("wish", wish, rank=35)
    subscribe(WishAnswered, hear_of_answer)
