"""Every page of the square: which address, with which thing of the demonstration, seen by whom.

A new address must be entered here, or below with the reason why it has no page; a test compares with the URL table.
"""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from django.urls import reverse
from django.utils import translation

from tests.fixtures.installation import Installation

VISITOR, BEN, ADMIN = "", "ben@example.org", "admin@example.org"
NAMES = {VISITOR: "visitor", BEN: "ben", ADMIN: "admin"}
LANGUAGES = ("de", "nl")
VILLAGE, NEIGHBOUR = "niel", "groesbeek"


@dataclass(frozen=True)
class Stop:
    """One page. `thing` names the values of the address, looked up in the demonstration by `Things`."""

    route: str
    who: str = VISITOR
    thing: str = ""
    query: str = ""
    status: int = 200
    name: str = ""
    raw: str = ""
    values: dict[str, Any] = field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        return "-".join(
            part for part in (NAMES[self.who], self.name or self.route.replace(":", "."), self.thing) if part
        )

    def path(self, things: Things, language: str) -> str:
        if self.raw:
            return f"/{language}/{self.raw}"
        values = {**(getattr(things, self.thing) if self.thing else {}), **self.values}
        with translation.override(language):
            return reverse(self.route, kwargs=values) + self.query


PAGES = [
    # What everybody sees
    Stop("portal:municipality"),
    Stop("portal:village", thing="village"),
    Stop("portal:village", thing="neighbour"),
    Stop("places:map"),
    Stop("places:map", name="map-filtered", query="?village=niel&village=zyfflich&neighbours=1&open=today"),
    Stop("places:map", name="map-searched", query="?q=chor"),
    Stop("places:map", name="map-empty", query="?q=gibtesnicht&village=grafwegen"),
    Stop("places:category", thing="category"),
    Stop("search:page"),
    Stop("search:page", name="search-answered", query="?q=chor"),
    Stop("search:page", name="search-village", query="?q=Mehr"),
    Stop("search:page", name="search-empty", query="?q=qqqxxxzzz&village=grafwegen"),
    Stop("places:print_map", query="?village=niel"),
    Stop("entries:entry_without_words", thing="organization"),
    Stop("entries:entry_without_words", thing="service"),
    Stop("entries:entry_without_words", thing="location"),
    Stop("places:correct", thing="organization"),
    Stop("places:correct_thanks", thing="organization"),
    Stop("members:login"),
    Stop("members:login", name="login-first", query="?next=/de/"),
    Stop("members:forgotten"),
    Stop("members:join", thing="invitation"),
    Stop("members:join", name="join-by-card", thing="card"),
    Stop("members:type_code"),
    Stop("members:join", name="join-spent", values={"code": "verbraucht"}, status=410),
    Stop("members:new_password", values={"uid": "MQ", "token": "falsch-0"}, status=410),
    Stop("villages:choose"),
    Stop("villages:page", thing="page"),
    Stop("villages:rules"),
    Stop("villages:privacy"),
    Stop("villages:imprint"),
    Stop("villages:imprint", name="imprint-before", query="?version=0"),
    Stop("villages:accessibility"),
    Stop("members:kept"),
    Stop("opendata:page"),
    Stop("ui:style"),
    Stop("", name="nowhere", raw="gibtesnicht/", status=404),
    # What a connector sees
    Stop("portal:village", BEN, thing="village"),
    Stop("places:map", BEN),
    Stop("entries:entry_without_words", BEN, thing="organization"),
    Stop("members:me", BEN),
    Stop("members:password", BEN),
    Stop("members:own_data", BEN),
    Stop("members:leave", BEN),
    Stop("places:add", BEN),
    Stop("places:edit", BEN, thing="organization"),
    Stop("places:edit", BEN, thing="service"),
    Stop("places:edit", BEN, thing="location"),
    Stop("places:photos", BEN, thing="organization"),
    Stop("places:keepers", BEN, thing="organization"),
    Stop("villages:settings", BEN),
    Stop("members:cards", BEN),
    # What the admin sees
    Stop("villages:settings", ADMIN),
    Stop("villages:settings_villages", ADMIN),
    Stop("villages:settings_village", ADMIN, thing="village"),
    Stop("villages:settings_outside", ADMIN),
    Stop("villages:settings_municipality", ADMIN),
    Stop("villages:settings_rooms", ADMIN),
    Stop("basemap:settings", ADMIN),
    Stop("villages:settings_pages", ADMIN),
    Stop("villages:settings_legal", ADMIN),
    Stop("villages:settings_legal_text", ADMIN, values={"kind": "rules"}),
    Stop("villages:settings_page_new", ADMIN),
    Stop("villages:settings_page", ADMIN, thing="page"),
    Stop("members:roles", ADMIN),
    Stop("places:categories", ADMIN),
    Stop("places:category_edit", ADMIN, thing="category_row"),
    Stop("places:category_add", ADMIN, thing="category_row"),
    Stop("imports:history", ADMIN),
    Stop("jobs:parked", ADMIN),
    Stop("operating:state", ADMIN),
]

# Addresses without a page of their own, and why. Those marked POST answer 405 to somebody who only looks.
POST = "only takes what a form sends"
WITHOUT_PAGE = {
    "operations:alive": "for machines",
    "operations:ready": "for machines",
    "api:map_geojson": "for machines",
    "api:areas_geojson": "for machines",
    **{f"api:{name}": "for machines" for name in ("openapi", "entries", "entry", "categories", "villages", "nothing")},
    "api:places_csv": "a table",
    **{f"hsds:{name}": "for machines" for name in ("about", "openapi", "nothing")},
    **{f"hsds:{name}": "for machines" for name in ("services", "organizations", "service_at_locations", "taxonomies")},
    **{f"hsds:{name}": "for machines" for name in ("service", "organization", "service_at_location", "taxonomy")},
    **{f"hsds:{name}": "for machines" for name in ("taxonomy_terms", "taxonomy_term")},
    "search:suggest": "options for a field; visited by test_suggestions",
    "basemap:addresses": "options for a field; visited by test_base_map",
    "basemap_files:tiles": "tiles for the map; visited by test_base_map",
    "look:accent": "a style sheet",
    "look:outlines": "outlines for the map",
    "media:file": "a picture",
    "front:door": "leads on to the reader's language",
    "front:robots": "for machines",
    "front:sitemap": "for machines",
    "short:entry": "leads on to the entry",
    "entries:entry": "reached by its address without words",
    "imports:reading": "there is none in the demonstration; visited by the tests of imports",
    "places:settle": "there is no correction in the demonstration; visited by the tests of places",
    "places:photo_remove": POST,
    "places:confirm": POST,
    "places:keeper_end": POST,
    "places:withdraw": POST,
    "places:category_remove": POST,
    "members:logout": POST,
    "members:stay": POST,
    "members:everywhere": POST,
    "members:end_role": POST,
    "members:withdraw_cards": POST,
    "members:withdraw": POST,
    "jobs:release": POST,
    "jobs:drop": POST,
    "ui:large-print": POST,
    "villages:settings_village_picture": POST,
    "villages:settings_picture": POST,
    "villages:settings_page_move": POST,
    "villages:settings_page_remove": POST,
}


class Things:
    """The values of addresses, read from the running installation's database."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation

    def _row(self, question: str, *values: object) -> tuple[Any, ...]:
        address = f"file:{self._installation.home}/dorfplatz.sqlite3?mode=ro"
        database = sqlite3.connect(address, uri=True)
        try:
            found = database.execute(question, values).fetchone()
        finally:
            database.close()
        assert found, f"the demonstration has nothing for: {question}"
        return tuple(found)

    def _entry(self, kind: str) -> dict[str, Any]:
        question = """
            SELECT e.code FROM entries_entry e
            JOIN entries_entryarea ea ON ea.entry_id = e.id JOIN villages_area a ON a.id = ea.area_id
            LEFT JOIN places_listing l ON l.entry_id = e.id
            WHERE e.kind = ? AND e.state = 'published' AND a.slug = ? AND l.shown_with_id IS NULL
            ORDER BY l.opening_hours = '', e.id
        """
        return {"code": self._row(question, kind, VILLAGE)[0]}

    @cached_property
    def organization(self) -> dict[str, Any]:
        return self._entry("organization")

    @cached_property
    def service(self) -> dict[str, Any]:
        return self._entry("service")

    @cached_property
    def location(self) -> dict[str, Any]:
        return self._entry("location")

    @cached_property
    def village(self) -> dict[str, Any]:
        return {"slug": VILLAGE}

    @cached_property
    def neighbour(self) -> dict[str, Any]:
        return {"slug": NEIGHBOUR}

    @cached_property
    def category(self) -> dict[str, Any]:
        question = "SELECT slug FROM places_category WHERE parent_id IS NULL AND municipality_id IS NULL ORDER BY id"
        return {"slug": self._row(question)[0]}

    @cached_property
    def category_row(self) -> dict[str, Any]:
        return {"pk": self._row("SELECT id FROM places_category WHERE parent_id IS NULL ORDER BY id")[0]}

    @cached_property
    def page(self) -> dict[str, Any]:
        return {"slug": self._row("SELECT slug FROM villages_freepage WHERE is_published ORDER BY id")[0]}

    @cached_property
    def invitation(self) -> dict[str, Any]:
        said = self._installation.command("invite", "frieda@example.org", "--role", "connector", "--area", VILLAGE)
        link = re.search(r"https?://\S+", said)
        assert link, said
        return {"code": urlsplit(link[0]).path.rstrip("/").rpartition("/")[2]}

    @cached_property
    def card(self) -> dict[str, Any]:
        said = self._installation.command("cards", VILLAGE, "--count", "1")
        return {"code": said.strip().rstrip("/").rpartition("/")[2]}


CASES = [(stop, language) for stop in PAGES for language in LANGUAGES]
