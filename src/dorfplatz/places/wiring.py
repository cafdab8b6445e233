"""What the social map plugs into lower floors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dorfplatz.kernel.actor import system
from dorfplatz.kernel.facts import subscribe
from dorfplatz.members.enums import Role
from dorfplatz.members.sockets import offer_capability
from dorfplatz.places.actions import write_standard_taxonomy
from dorfplatz.places.enums import ADD, EDIT, TAXONOMY, PlaceKind
from dorfplatz.places.found import SOURCE, categories
from dorfplatz.places.kinds import plug_kinds
from dorfplatz.places.own_places import plug_own_places
from dorfplatz.places.queries import areas_of_keepers, areas_of_photos, areas_of_those_named, moments_of_openings
from dorfplatz.places.room import ROOM
from dorfplatz.search.sockets import sources, themes
from dorfplatz.ui.sockets import Door, navigation, slots
from dorfplatz.villages.facts import MunicipalitySetUp
from dorfplatz.villages.filter import VillageFilter
from dorfplatz.villages.sockets import Room, SettingsPage, Whereabouts, moments, rooms, settings_pages, whereabouts

offer_capability(ADD, _("add entries to the social map"), Role.EDITOR, Role.CONNECTOR, Role.ADMIN)
offer_capability(EDIT, _("change entries of the social map"), Role.EDITOR, Role.CONNECTOR, Role.ADMIN)
offer_capability(TAXONOMY, _("change the categories"), Role.ADMIN)


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


def _categories(_request: HttpRequest) -> str:
    return reverse("places:categories")


settings_pages.plug(
    "categories",
    SettingsPage(_("Categories"), _("Names, own categories, OpenStreetMap tags."), "tag", _categories, TAXONOMY),
    rank=60,
)
plug_kinds()
plug_own_places()
for _kind in PlaceKind:
    sources.plug(_kind.value, SOURCE)
themes.plug("categories", categories)
whereabouts.plug("places.photos", Whereabouts("picture", areas_of_photos))
whereabouts.plug("places.names", Whereabouts("entry", areas_of_those_named))
whereabouts.plug("places.keepers", Whereabouts("identity", areas_of_keepers))
whereabouts.plug("places.notes", Whereabouts("correction", None))
moments.plug("places", moments_of_openings)


def _same_on_the_map(_request: HttpRequest, context: Mapping[str, Any]) -> SafeString:
    """From the search to the same question on the map, where it can be narrowed further."""
    villages: VillageFilter = context["villages"]
    query = urlencode([("q", context["q"]), *(villages.parameters or [("villages", "")])])
    is_there = context["count"] and villages.site.municipality.has_room(ROOM)
    url = f"{reverse('places:map')}?{query}" if is_there else ""
    return render_to_string("places/parts/on_the_map.html", {"url": url})


slots.plug("search:elsewhere", "map", _same_on_the_map)
