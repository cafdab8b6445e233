"""What this app plugs into lower floors."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from dorfplatz.jobs.sockets import Periodic, periodic
from dorfplatz.journal.queries import SEE as SEE_JOURNAL
from dorfplatz.journal.sockets import erasures
from dorfplatz.kernel.actor import system
from dorfplatz.kernel.facts import subscribe
from dorfplatz.members.actions import erase_identity
from dorfplatz.members.actions.blocks import find_again
from dorfplatz.members.data_map import plug_tables
from dorfplatz.members.enums import ACT_FOR, CURB, MAKE_CARDS, MANAGE_ROLES, SEE_MEMBERS, SUSPEND, WRITE_TO_MINORS, Role
from dorfplatz.members.facts import IdentityCreated
from dorfplatz.members.models import Identity
from dorfplatz.members.own_parts import plug_parts
from dorfplatz.members.own_trust import plug_trust
from dorfplatz.members.queries import areas_of_faces, areas_of_portraits, own_identity
from dorfplatz.members.reported import plug_reported
from dorfplatz.members.sockets import offer_capability
from dorfplatz.ui import sockets
from dorfplatz.villages.enums import MANAGE
from dorfplatz.villages.sockets import SettingsPage, Whereabouts, settings_pages, whereabouts

offer_capability(MANAGE, _("villages, look and pages of the municipality"), Role.ADMIN, always=[Role.ADMIN])
offer_capability(MANAGE_ROLES, _("give and end roles"), Role.ADMIN, always=[Role.ADMIN])
offer_capability(MAKE_CARDS, _("make cards with which neighbours join"), Role.CONNECTOR, Role.ADMIN)
offer_capability(SEE_MEMBERS, _("see the members of their villages"), Role.CONNECTOR, Role.MODERATOR)
offer_capability(WRITE_TO_MINORS, _("write to people under 16"), Role.CONNECTOR)
offer_capability(CURB, _("keep people from writing for a while"), Role.CONNECTOR, Role.MODERATOR, Role.ADMIN)
offer_capability(
    SUSPEND, _("shut people out, when a second person says so too"), Role.MODERATOR, Role.ADMIN, always=[Role.ADMIN]
)
offer_capability(ACT_FOR, _("act for people without internet"), Role.CONNECTOR)
offer_capability(SEE_JOURNAL, _("read the journal"), Role.ADMIN, also=[Role.MODERATOR], always=[Role.ADMIN])


def _is_member(request: HttpRequest) -> bool:
    return bool(getattr(getattr(request, "viewer", None), "is_member", False))


def _is_visitor(request: HttpRequest) -> bool:
    return getattr(request, "municipality", None) is not None and not _is_member(request)


def _log_in(request: HttpRequest) -> str:
    """Back to this page after logging in, unless this is the page of some link that works once."""
    url = reverse("members:login")
    match = request.resolver_match
    if match is None or match.app_name == "members" or request.method != "GET":
        return url
    return f"{url}?{urlencode({'next': request.get_full_path()})}"


def _me(_request: HttpRequest) -> str:
    return reverse("members:me")


def _cards(_request: HttpRequest) -> str:
    return reverse("members:cards")


def _mandates(_request: HttpRequest) -> str:
    return reverse("members:mandates")


def _acting(request: HttpRequest, _context: Mapping[str, Any]) -> SafeString:
    """On every page while one acts for somebody: for whom, and the way back to oneself."""
    viewer = getattr(request, "viewer", None)
    person = own_identity(viewer) if viewer is not None and viewer.hand_id else None
    return render_to_string("members/parts/acting_banner.html", {"name": person.name if person else ""}, request)


def _members(_request: HttpRequest) -> str:
    return reverse("members:members")


def _newcomers(_request: HttpRequest) -> str:
    return reverse("members:newcomers")


def _roles(_request: HttpRequest) -> str:
    return reverse("members:roles")


plug_parts()
plug_tables()
plug_trust()
plug_reported()
subscribe(IdentityCreated, find_again)


def _erase_again(thing: str, _details: Mapping[str, Any]) -> None:
    for identity in Identity.objects.filter(pk=thing.partition(":")[2]):
        erase_identity(identity, by=system("restore"), now=timezone.now())


erasures.plug("identity.erased", _erase_again)


def _how_long(_request: HttpRequest, context: Mapping[str, Any]) -> SafeString:
    """From the privacy notice to what is kept for how long."""
    return render_to_string("members/parts/how_long.html", {"kind": context["kind"]})


sockets.slots.plug("legal:below", "members", _how_long)
sockets.slots.plug("page:banner", "members", _acting)
sockets.account.plug("login", sockets.Door("login", _("Log in"), "log-in", _log_in, available=_is_visitor), rank=10)
sockets.account.plug("me", sockets.Door("me", _("My page"), "user", _me, available=_is_member), rank=20)
settings_pages.plug(
    "roles",
    SettingsPage(_("Roles"), _("Who may do what where: connectors, editors, admins."), "users", _roles, MANAGE_ROLES),
    rank=30,
)
settings_pages.plug(
    "mandates",
    SettingsPage(
        _("People without internet"), _("Write in their name, with their consent."), "phone", _mandates, ACT_FOR
    ),
    rank=36,
)
settings_pages.plug(
    "members",
    SettingsPage(_("Members"), _("Who lives in your villages and has joined."), "users", _members, SEE_MEMBERS),
    rank=33,
)
settings_pages.plug(
    "newcomers",
    SettingsPage(
        _("Newcomers"), _("Who has joined and is not known to anybody yet."), "user-plus", _newcomers, SEE_MEMBERS
    ),
    rank=34,
)
settings_pages.plug(
    "cards",
    SettingsPage(
        _("Joining cards"),
        _("Cards with a code, to hand out: neighbours join with them."),
        "mailbox",
        _cards,
        MAKE_CARDS,
    ),
    rank=35,
)
periodic.plug("members.attempts", Periodic("dorfplatz.members.tasks.forget_old_attempts", every=timedelta(hours=6)))
_NIGHTLY = timedelta(days=1)
periodic.plug("members.leaving", Periodic("dorfplatz.members.tasks.erase_those_who_left", every=_NIGHTLY))
periodic.plug("members.consent", Periodic("dorfplatz.members.tasks.erase_without_consent", every=timedelta(hours=1)))
periodic.plug(
    "members.inactive",
    Periodic("dorfplatz.members.tasks.call_the_inactive", every=_NIGHTLY, offset=timedelta(hours=8)),
)
whereabouts.plug("members.faces", Whereabouts("identity", areas_of_faces))
whereabouts.plug("members.portraits", Whereabouts("picture", areas_of_portraits))
whereabouts.plug("members.logins", Whereabouts("login", None))
whereabouts.plug("members.blocks", Whereabouts("block", None))
whereabouts.plug("members.invitations", Whereabouts("invitation", None))
whereabouts.plug("members.batches", Whereabouts("cards", None))
whereabouts.plug("members.bundles", Whereabouts("bundle", None))
whereabouts.plug("members.cards", Whereabouts("card", None))
