"""What this app plugs into lower floors."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dorfplatz.channels.actions.wishes import LONGEST_WORDS
from dorfplatz.channels.adapters.comments import plug_comments
from dorfplatz.channels.adapters.events import plug_events
from dorfplatz.channels.adapters.exchange import plug_exchange
from dorfplatz.channels.adapters.languages import plug_languages
from dorfplatz.channels.adapters.letters import plug_letters
from dorfplatz.channels.adapters.mails import plug_mails
from dorfplatz.channels.adapters.members import plug_members
from dorfplatz.channels.adapters.places import plug_places
from dorfplatz.channels.adapters.spine import plug_spine
from dorfplatz.channels.adapters.wishes import plug_wishes
from dorfplatz.channels.forms import whole_municipality
from dorfplatz.channels.own_channels import plug_own_channels
from dorfplatz.channels.unread import new_for
from dorfplatz.channels.web_push import kept_key
from dorfplatz.jobs.sockets import Periodic, periodic
from dorfplatz.ui import sockets
from dorfplatz.villages.filter import VillageFilter
from dorfplatz.villages.sockets import Whereabouts, whereabouts


def _is_member(request: HttpRequest) -> bool:
    return bool(getattr(getattr(request, "viewer", None), "is_member", False))


def _notes(_request: HttpRequest) -> str:
    return reverse("channels:notes")


def _new_for_me(request: HttpRequest) -> str:
    """The word of the door, with how many are new where some are."""
    count = new_for(request)
    return _("New for me (%(n)s)") % {"n": count} if count else _("New for me")


def _offline(_request: HttpRequest) -> str:
    return reverse("channels:offline")


def _head(request: HttpRequest, _context: Mapping[str, Any]) -> SafeString:
    """What makes a page of the square one that can be installed; with a mark by which a device knows its reader."""
    reader = ""
    if _is_member(request):
        who = request.viewer.identity_id  # type: ignore[attr-defined]  # set by the middleware
        reader = salted_hmac("channels.reader", str(who)).hexdigest()[:16]
    return render_to_string(
        "channels/parts/head.html", {"reader": reader, "square": getattr(request, "municipality", None)}
    )


def _devices(request: HttpRequest, _context: Mapping[str, Any]) -> SafeString:
    """Notes on this device; shown where the browser can."""
    key = kept_key(Path(settings.HOME)).public
    return render_to_string("channels/parts/devices.html", {"push_key": key}, request=request)


def _choose(_request: HttpRequest, _context: Mapping[str, Any]) -> SafeString:
    """From one's own page to what reaches one."""
    return render_to_string("channels/parts/choose.html")


def _remember(request: HttpRequest, context: Mapping[str, Any]) -> SafeString:
    """From a search to being told of what is new that fits it."""
    villages: VillageFilter = context["villages"]
    area = villages.only.slug if villages.only else whole_municipality(villages.site)
    asked = urlencode({"words": str(context["q"])[:LONGEST_WORDS], "area": area})
    url = f"{reverse('channels:preferences')}?{asked}#watch" if _is_member(request) else ""
    return render_to_string("channels/parts/remember.html", {"url": url})


plug_spine()
plug_events()
plug_exchange()
plug_members()
plug_places()
plug_letters()
plug_comments()
plug_mails()
plug_languages()
plug_wishes()
plug_own_channels()
sockets.account.plug("notes", sockets.Door("notes", _new_for_me, "bell", _notes, available=_is_member), rank=15)
sockets.menu.plug(
    "offline", sockets.Door("offline", gettext_lazy("Reading without a network"), "smartphone", _offline), rank=80
)
sockets.slots.plug("page:head", "channels", _head)
sockets.slots.plug("channels:below", "devices", _devices)
sockets.slots.plug("me:below", "channels", _choose)
sockets.slots.plug("search:elsewhere", "watch", _remember)
whereabouts.plug("channels.notes", Whereabouts("notes", None))
whereabouts.plug("channels.preferences", Whereabouts("preferences", None))
whereabouts.plug("channels.letters", Whereabouts("letters", None))
periodic.plug("channels.letters", Periodic("dorfplatz.channels.tasks.begin_letters", every=timedelta(minutes=15)))
periodic.plug("channels.forget", Periodic("dorfplatz.channels.tasks.forget_old_notes", every=timedelta(days=1)))
