"""What she can and likes to share."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy

from dorfplatz.gifts.room import ROOM
from dorfplatz.members.sockets import Writing, writings


def plug_gifts() -> None:
    writings.plug("gift", Writing(
        gettext_lazy("She tells what she can and likes to do"), "gift",
        gettext_lazy("noting what she can, and asking her when it fits somebody"), lambda _slug: reverse("gifts:own"),
        ROOM,
    ), rank=60)  # fmt: skip
