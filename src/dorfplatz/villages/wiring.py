"""What this app plugs into lower floors."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from dorfplatz.journal.facts import ThingsTouched
from dorfplatz.journal.sockets import erasures
from dorfplatz.kernel.actor import system
from dorfplatz.kernel.facts import subscribe
from dorfplatz.kernel.text import in_language
from dorfplatz.ui import sockets
from dorfplatz.ui.kept_parts import kept_parts
from dorfplatz.ui.parts import Step
from dorfplatz.villages.actions import raise_editions, remove_page
from dorfplatz.villages.colours import look_version
from dorfplatz.villages.enums import LegalKind
from dorfplatz.villages.models import FreePage
from dorfplatz.villages.policies import can_open_settings
from dorfplatz.villages.queries import areas_with_pictures, published_pages
from dorfplatz.villages.sockets import SettingsPage, Whereabouts, settings_pages, whereabouts


def _look(request: HttpRequest) -> str:
    municipality = getattr(request, "municipality", None)
    if municipality is None:
        return ""
    return reverse("look:accent", args=[municipality.pk, look_version(municipality.accent)])


def _footer(request: HttpRequest, _context: Mapping[str, Any]) -> SafeString:
    municipality = getattr(request, "municipality", None)
    if municipality is None:
        return kept_parts.part("villages/parts/foot_links.html", {"links": []})
    language = get_language() or "de"
    titles = published_pages(municipality).values_list("slug", "title")
    own = [(reverse("villages:page", args=[slug]), in_language(title, language)) for slug, title in titles]
    legal = [(reverse(f"villages:{kind}"), str(kind.label)) for kind in LegalKind]
    return kept_parts.part("villages/parts/foot_links.html", {"links": [*own, *legal]})


def _choose(request: HttpRequest) -> str:
    """The page to choose villages on, and from there back to this one."""
    url = reverse("villages:choose")
    is_there = request.resolver_match is not None and request.resolver_match.view_name == "villages:choose"
    return url if is_there or request.method != "GET" else f"{url}?{urlencode({'next': request.get_full_path()})}"


def _is_on_a_square(request: HttpRequest) -> bool:
    return getattr(request, "municipality", None) is not None


def _sample(request: HttpRequest, _context: Mapping[str, Any]) -> SafeString:
    """The village filter on the style page, of the municipality it is looked at in."""
    return render_to_string("villages/parts/sample.html", {}, request)


def _remove_again(thing: str, _details: Mapping[str, Any]) -> None:
    for page in FreePage.objects.filter(pk=thing.partition(":")[2]).select_related("municipality"):
        remove_page(page, by=system("restore"), now=timezone.now())


def _may_open_settings(request: HttpRequest) -> bool:
    municipality, viewer = getattr(request, "municipality", None), getattr(request, "viewer", None)
    return bool(municipality and viewer and can_open_settings(viewer, municipality))


def _to(name: str) -> Callable[[HttpRequest], str]:
    def address(_request: HttpRequest) -> str:
        return reverse(name)

    return address


def _touched(fact: ThingsTouched) -> None:
    raise_editions(fact.touched)


subscribe(ThingsTouched, _touched)
whereabouts.plug("villages.pictures", Whereabouts("picture", areas_with_pictures))
# Of the cellar, which knows no areas.
whereabouts.plug("mail", Whereabouts("mail", None))
whereabouts.plug("jobs", Whereabouts("job", None))

sockets.links.plug("look", _look)
sockets.slots.plug("page:footer", "free-pages", _footer)


def _below_settings(request: HttpRequest, context: Mapping[str, Any]) -> SafeString:
    """The way back to the settings, for pages of apps that stand below them."""
    above = [Step(str(_("Settings")), reverse("villages:settings"))] if _may_open_settings(request) else []
    steps = [*above, Step(context["here"], is_current=True)]
    return render_to_string("ui/parts/breadcrumb.html", {"steps": steps})


sockets.slots.plug("jobs:above", "settings", _below_settings)
sockets.style_parts.plug("villages", _sample)
sockets.menu.plug(
    "villages",
    sockets.Door("villages", _("Choose villages"), "map-pinned", _choose, available=_is_on_a_square),
    rank=10,
)
sockets.account.plug(
    "settings",
    sockets.Door("settings", _("Settings"), "settings", _to("villages:settings"), available=_may_open_settings),
    rank=30,
)

erasures.plug("page.removed", _remove_again)
settings_pages.plug(
    "look",
    SettingsPage(
        _("Name and look"),
        _("The municipality’s name, motto, colour, languages and picture."),
        "palette",
        _to("villages:settings_municipality"),
    ),
    rank=10,
)
settings_pages.plug(
    "villages",
    SettingsPage(
        _("Villages"),
        _("Names, a few words, pictures, centres on the map, neighbours."),
        "map-pinned",
        _to("villages:settings_villages"),
    ),
    rank=20,
)
settings_pages.plug(
    "rooms",
    SettingsPage(_("Rooms"), _("Which rooms of the square are open."), "door-open", _to("villages:settings_rooms")),
    rank=40,
)
settings_pages.plug(
    "pages",
    SettingsPage(
        _("Our own pages"),
        _("About us, the association, the funders, and what else needs a page."),
        "file-text",
        _to("villages:settings_pages"),
    ),
    rank=50,
)
settings_pages.plug(
    "legal",
    SettingsPage(
        _("House rules and legal texts"),
        _("House rules, privacy, imprint, accessibility: what the foot of every page leads to."),
        "file-text",
        _to("villages:settings_legal"),
    ),
    rank=55,
)
