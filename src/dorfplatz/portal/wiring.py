"""What the home pages plug into lower floors."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dorfplatz.portal.asks import plug_asks
from dorfplatz.portal.dates import plug_dates
from dorfplatz.portal.news import plug_news
from dorfplatz.portal.paper import plug_paper
from dorfplatz.portal.place import place_of, village_url
from dorfplatz.portal.social_map import plug_social_map
from dorfplatz.portal.wishes import plug_wishes
from dorfplatz.ui import sockets
from dorfplatz.villages.sockets import SettingsPage, settings_pages, village_pages


def _home(request: HttpRequest) -> str:
    """The page of the village one usually looks at, else the municipality's."""
    usual = getattr(request, "usual_villages", None)
    return village_url(usual.only) if usual is not None and usual.only else reverse("portal:municipality")


def _village(slug: str) -> str:
    return reverse("portal:village", kwargs={"slug": slug})


def _municipality(_request: HttpRequest) -> str:
    return reverse("portal:municipality")


sockets.navigation.plug("square", sockets.Door("square", _("Square"), "house", _home, prefix=False), rank=10)
sockets.links.plug("home", _municipality)
sockets.places.plug("portal", place_of)
village_pages.plug("home", _village)
plug_social_map()
plug_dates()
plug_asks()
plug_news()
plug_paper()
plug_wishes()
settings_pages.plug(
    "home",
    SettingsPage(
        _("Home pages"),
        _("What the pages of the municipality and its villages say, and in which order"),
        "layout-list",
        lambda _request: reverse("portal:settings_home"),
    ),
    rank=25,
)
