"""What the social map plugs into lower floors."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dorfplatz.entries.sockets import answerable, names
from dorfplatz.jobs.sockets import Periodic, periodic
from dorfplatz.kernel.actor import VISITOR, Actor, system
from dorfplatz.kernel.facts import subscribe
from dorfplatz.letters.sockets import Desk, desks
from dorfplatz.members.enums import Role
from dorfplatz.members.sockets import Errand, backers, errands, offer_capability
from dorfplatz.places.actions import take_over_place, write_standard_taxonomy
from dorfplatz.places.actions.handing_over import KEEPING, PASSING_ON
from dorfplatz.places.enums import ADD, EDIT, TAXONOMY, PlaceKind
from dorfplatz.places.found import SOURCE, categories
from dorfplatz.places.kinds import plug_kinds
from dorfplatz.places.own_places import plug_own_places
from dorfplatz.places.queries import (
    areas_of_keepers,
    areas_of_photos,
    areas_of_those_named,
    claims_for,
    first_keepers,
    moments_of_hiding,
    moments_of_openings,
)
from dorfplatz.places.queries.claims import what_is_handed_over
from dorfplatz.places.queries.organizations import (
    addressees,
    find_kept,
    keepers_with_login,
    kept_by,
    names_of_organizations,
    organizations_kept_by,
)
from dorfplatz.places.room import ROOM
from dorfplatz.search.sockets import sources, themes
from dorfplatz.ui.sockets import Door, navigation, slots
from dorfplatz.villages.facts import MunicipalitySetUp
from dorfplatz.villages.filter import VillageFilter
from dorfplatz.villages.sockets import Room, SettingsPage, Whereabouts, moments, rooms, settings_pages, whereabouts

_HANDS = (Role.EDITOR, Role.CONNECTOR, Role.ADMIN)
offer_capability(ADD, _("add entries to the social map"), *_HANDS, also=[Role.OFFICER])
offer_capability(EDIT, _("change entries of the social map"), *_HANDS, also=[Role.OFFICER])
offer_capability(TAXONOMY, _("change the categories"), Role.ADMIN, also=[Role.EDITOR, Role.OFFICER])


def _taxonomy_for_new_square(_fact: MunicipalitySetUp) -> None:
    write_standard_taxonomy(by=system("setup"), now=timezone.now())


subscribe(MunicipalitySetUp, _taxonomy_for_new_square)


def _map_of_usual_villages(request: HttpRequest) -> str:
    """The map opens with the villages looked at last."""
    villages: VillageFilter | None = getattr(request, "usual_villages", None)
    query = villages.query if villages else ""
    return f"{reverse('places:map')}?{query}" if query else reverse("places:map")


navigation.plug("map", Door("map", pgettext_lazy("navigation", "Map"), "map", _map_of_usual_villages, ROOM), rank=20)
rooms.plug(ROOM, Room(_("Social map"), _("Clubs, help, shops and places, on a map and in a list."), "map"), rank=20)


def _take_over(hand_over_id: int, identity_id: int, now: datetime) -> None:
    take_over_place(hand_over_id, identity_id=identity_id, by=PASSING_ON, now=now)


def _claims(request: HttpRequest, _context: Mapping[str, Any]) -> SafeString:
    """On one's own page: whether somebody waits for a yes."""
    viewer, municipality = getattr(request, "viewer", VISITOR), getattr(request, "municipality", None)
    count = claims_for(municipality, viewer, now=timezone.now()).count() if municipality else 0
    return render_to_string("places/parts/claims_waiting.html", {"count": count})


def _categories(_request: HttpRequest) -> str:
    return reverse("places:categories")


settings_pages.plug(
    "categories",
    SettingsPage(_("Categories"), _("Names, own categories, OpenStreetMap tags."), "tag", _categories, TAXONOMY),
    rank=60,
)
plug_kinds()
plug_own_places()
backers.plug("organizations", organizations_kept_by)


def _find_kept(code: str, viewer: Actor) -> int | None:
    return find_kept(code, viewer, now=timezone.now())


desks.plug("place", Desk(_find_kept, addressees, kept_by, keepers_with_login))
for _kind in PlaceKind:
    sources.plug(_kind.value, SOURCE)
themes.plug("categories", categories)
whereabouts.plug("places.photos", Whereabouts("picture", areas_of_photos))
whereabouts.plug("places.names", Whereabouts("entry", areas_of_those_named))
whereabouts.plug("places.keepers", Whereabouts("identity", areas_of_keepers))
whereabouts.plug("places.notes", Whereabouts("correction", None))
periodic.plug(
    "places.claims",
    Periodic("dorfplatz.places.tasks.look_after_claims", every=timedelta(days=1), offset=timedelta(hours=6)),
)
periodic.plug(
    "places.freshness",
    Periodic("dorfplatz.places.tasks.ask_who_keeps_what", every=timedelta(days=1), offset=timedelta(hours=7)),
)
whereabouts.plug("places.claims", Whereabouts("claim", None))
whereabouts.plug("places.freshness", Whereabouts("keeper", None))
whereabouts.plug("places.hand_overs", Whereabouts("handover", None))
errands.plug(KEEPING, Errand(what_is_handed_over, _take_over))
moments.plug("places", moments_of_openings)
moments.plug("places.hiding", moments_of_hiding)
names.plug("organizations", names_of_organizations)
answerable.plug("keepers", first_keepers)


def _same_on_the_map(_request: HttpRequest, context: Mapping[str, Any]) -> SafeString:
    """From the search to the same question on the map, where it can be narrowed further."""
    villages: VillageFilter = context["villages"]
    query = urlencode([("q", context["q"]), *(villages.parameters or [("villages", "")])])
    is_there = context["count"] and villages.site.municipality.has_room(ROOM)
    url = f"{reverse('places:map')}?{query}" if is_there else ""
    return render_to_string("places/parts/on_the_map.html", {"url": url})


slots.plug("me:below", "claims", _claims)
slots.plug("search:elsewhere", "map", _same_on_the_map)
