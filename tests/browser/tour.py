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
    Stop("events:calendar"),
    Stop("events:calendar", name="calendar-month", query="?view=month"),
    Stop("events:calendar", name="calendar-week", query="?view=week&village=niel&neighbours=1"),
    Stop("events:calendar", name="calendar-empty", query="?q=gibtesnicht&village=grafwegen"),
    Stop("entries:entry_without_words", thing="event"),
    Stop("entries:entry_without_words", name="event-cancelled", thing="cancelled_event"),
    Stop("search:page"),
    Stop("search:page", name="search-answered", query="?q=chor"),
    Stop("search:page", name="search-village", query="?q=Mehr"),
    Stop("search:page", name="search-empty", query="?q=qqqxxxzzz&village=grafwegen"),
    Stop("places:print_map", query="?village=niel"),
    Stop("entries:entry_without_words", thing="organization"),
    Stop("entries:entry_without_words", thing="service"),
    Stop("entries:entry_without_words", thing="location"),
    Stop("entries:ask", thing="organization", values={"language": "en"}),
    Stop("entries:in_language", thing="organization", values={"language": "en"}),
    Stop("places:correct", thing="organization"),
    Stop("places:correct_thanks", thing="organization"),
    Stop("moderation:report", thing="reportable"),
    Stop("moderation:status", thing="reported"),
    Stop("exchange:list"),
    Stop("exchange:list", name="exchange-filtered", query="?village=niel&neighbours=1&direction=ask&sort=ride"),
    Stop("exchange:list", name="exchange-solved", query="?villages=&state=solved"),
    Stop("exchange:list", name="exchange-empty", query="?q=gibtesnicht&village=grafwegen"),
    Stop("entries:entry_without_words", thing="ask"),
    Stop("entries:entry_without_words", thing="thanked"),
    Stop("entries:entry_without_words", thing="offer"),
    Stop("exchange:renew", values={"token": "verbraucht"}, status=410),
    Stop("places:fresh", values={"token": "verbraucht"}, status=410),
    Stop("moderation:status", name="reported-argued", thing="argued"),
    Stop("moderation:reasons", thing="reasons"),
    Stop("moderation:transparency"),
    Stop("square:feed"),
    Stop("square:feed", name="feed-narrowed", query="?village=niel&neighbours=1&sort=thanks"),
    Stop("square:feed", name="feed-empty", query="?village=beek&sort=warning"),
    Stop("entries:entry_without_words", thing="post"),
    Stop("entries:entry_without_words", thing="farewell"),
    Stop("entries:entry_without_words", thing="storm"),
    Stop("wishes:list"),
    Stop("wishes:list", name="wishes-narrowed", query="?villages=&mood=bothers&status=heard"),
    Stop("wishes:list", name="wishes-empty", query="?village=beek&mood=join"),
    Stop("wishes:map", query="?village=zyfflich"),
    Stop("entries:entry_without_words", thing="bench"),
    Stop("entries:entry_without_words", thing="fulfilled"),
    Stop("members:login"),
    Stop("members:login", name="login-first", query="?next=/de/"),
    Stop("members:forgotten"),
    Stop("members:by_code"),
    Stop("members:join", thing="invitation"),
    Stop("members:join", name="join-by-card", thing="card"),
    Stop("members:type_code"),
    Stop("members:ask_by_mail"),
    Stop("members:join", name="join-spent", values={"code": "verbraucht"}, status=410),
    Stop("members:new_password", values={"uid": "MQ", "token": "falsch-0"}, status=410),
    Stop("channels:offline"),
    Stop("noticeboard:stop_mail", values={"token": "falsch"}, status=410),
    Stop("channels:stop", values={"token": "falsch"}, status=410),
    Stop("villages:choose"),
    Stop("villages:page", thing="page"),
    Stop("villages:rules"),
    Stop("villages:privacy"),
    Stop("villages:imprint"),
    Stop("villages:imprint", name="imprint-before", query="?version=0"),
    Stop("villages:accessibility"),
    Stop("members:kept"),
    Stop("opendata:page"),
    Stop("noticeboard:papers", thing="village"),
    Stop("noticeboard:on_paper"),
    Stop("noticeboard:guide", thing="village"),
    Stop("noticeboard:paper", thing="paper"),
    Stop("noticeboard:pdf", thing="unmade_paper"),
    Stop("screens:show", thing="screen"),
    Stop("embeds:make"),
    Stop("embeds:frame", values={"what": "dates"}),
    Stop(
        "embeds:frame",
        name="embedded-places",
        values={"what": "places"},
        query="?village=niel&accent=7a1f1f&ground=fff8e0",
    ),
    Stop("embeds:frame", name="embedded-asks", values={"what": "asks"}),
    Stop("ui:style"),
    Stop("", name="nowhere", raw="gibtesnicht/", status=404),
    # What a connector sees
    Stop("portal:village", BEN, thing="village"),
    Stop("places:map", BEN),
    Stop("entries:entry_without_words", BEN, thing="organization"),
    Stop("wishes:new", BEN),
    Stop("wishes:mine", BEN),
    Stop("wishes:edit", BEN, thing="bench"),
    Stop("wishes:remove", BEN, thing="bench"),
    Stop("entries:entry_without_words", BEN, thing="bench"),
    Stop("wishes:themes", BEN),
    Stop("wishes:theme", BEN, thing="theme"),
    Stop("wishes:new_chart", BEN),
    Stop("wishes:chart", BEN, thing="sheet"),
    Stop("square:choose", BEN),
    *(
        Stop("square:write", BEN, name=f"write-{sort}", values={"sort": sort})
        for sort in ("news", "missing", "warning")
    ),
    Stop("square:mine", BEN),
    Stop("square:edit", BEN, thing="post"),
    Stop("square:history", BEN, thing="post"),
    Stop("square:remove", BEN, thing="post"),
    Stop("comments:write", BEN, thing="post"),
    Stop("comments:improve", BEN, thing="dutch_comment", values={"language": "de"}),
    Stop("entries:entry_without_words", BEN, thing="post"),
    Stop("entries:improve", BEN, thing="organization", values={"language": "nl"}),
    Stop("members:me", BEN),
    Stop("members:password", BEN),
    Stop("members:factors", BEN),
    Stop("members:set_up_app", BEN),
    Stop("members:add_passkey", BEN),
    Stop("members:devices", BEN),
    Stop("members:own_data", BEN),
    Stop("members:blocked", BEN),
    Stop("members:known", BEN),
    Stop("members:mandates", BEN),
    Stop("gifts:own", BEN),
    Stop("gifts:take_all_back", BEN),
    Stop("gifts:nearby", BEN),
    Stop("gifts:edit", BEN, thing="told_gift"),
    Stop("gifts:conversations", BEN),
    Stop("gifts:record", BEN),
    Stop("gifts:conversation", BEN, thing="conversation"),
    Stop("gifts:withdraw", BEN, thing="conversation"),
    Stop("members:renew_mandate", BEN, thing="mandate"),
    Stop("members:hand_over_help", BEN, thing="mandate"),
    Stop("members:end_help", BEN, thing="mandate"),
    Stop("intake:start", BEN),
    Stop("intake:calls", BEN),
    Stop("members:profile", BEN),
    Stop("members:neighbours", BEN),
    Stop("members:members", BEN),
    Stop("members:homes", BEN),
    Stop("members:newcomers", BEN),
    Stop("members:member", BEN, thing="newcomer"),
    Stop("members:member", BEN, thing="member"),
    Stop("members:member", BEN, name="is-16", thing="young"),
    Stop("members:block", BEN, thing="member"),
    Stop("members:leave", BEN),
    Stop("channels:notes", BEN),
    Stop("channels:preferences", BEN),
    Stop("channels:letter", BEN),
    Stop("places:add", BEN),
    Stop("places:edit", BEN, thing="organization"),
    Stop("places:edit", BEN, thing="service"),
    Stop("places:edit", BEN, thing="location"),
    Stop("places:photos", BEN, thing="organization"),
    Stop("places:keepers", BEN, thing="organization"),
    Stop("places:claim", BEN, thing="organization"),
    Stop("places:hand_over", BEN, thing="organization"),
    Stop("places:claims", BEN),
    Stop("places:decide_claim", BEN, thing="claimed"),
    Stop("entries:entry_without_words", BEN, thing="event"),
    Stop("events:add", BEN),
    Stop("events:edit", BEN, thing="event"),
    Stop("events:copy", BEN, thing="event"),
    Stop("events:dates", BEN, thing="event"),
    Stop("events:single_date", BEN, thing="event_date"),
    Stop("villages:settings", BEN),
    Stop("members:cards", BEN),
    Stop("entries:entry_without_words", BEN, thing="own_ask"),
    Stop("exchange:list", BEN, name="exchange-unanswered", query="?state=unanswered"),
    Stop("exchange:new", BEN),
    Stop("exchange:new", BEN, name="exchange-sort", query="?direction=offer"),
    Stop("exchange:new", BEN, name="exchange-ride", query="?direction=ask&sort=ride"),
    Stop("exchange:new", BEN, name="exchange-lend", query="?direction=offer&sort=lend"),
    Stop("exchange:edit", BEN, thing="own_ask"),
    Stop("exchange:answer", BEN, thing="ask"),
    Stop("exchange:talk", BEN, thing="answer"),
    Stop("exchange:mine", BEN),
    Stop("exchange:calls", BEN),
    Stop("moderation:queue", BEN),
    Stop("desk:desk", BEN),
    Stop("desk:week", BEN),
    Stop("desk:coverage", BEN),
    Stop("desk:sheet", BEN),
    Stop("desk:hand_over", BEN),
    Stop("desk:calls", BEN, thing="village"),
    Stop("desk:visits", BEN, thing="village"),
    Stop("launch:overview", BEN),
    Stop("launch:kit", BEN, thing="village"),
    Stop("matching:introductions", BEN),
    Stop("matching:mine", BEN),
    Stop("letters:threads", BEN),
    Stop("letters:write", BEN, thing="stranger"),
    Stop("letters:write_to", BEN, thing="club"),
    Stop("letters:thread", BEN, thing="thread"),
    Stop("letters:throw_away", BEN, thing="thread"),
    Stop("noticeboard:papers", BEN, thing="village"),
    Stop("noticeboard:on_paper", BEN),
    Stop("noticeboard:phone_list", BEN, thing="village"),
    Stop("noticeboard:poster", BEN, thing="event"),
    Stop("noticeboard:paper", BEN, thing="draft_paper"),
    Stop("screens:screens", BEN),
    Stop("screens:new", BEN),
    Stop("screens:edit", BEN, thing="kept_screen"),
    # What the admin sees
    Stop("moderation:queue", ADMIN),
    Stop("moderation:case", ADMIN, thing="case"),
    Stop("moderation:crowd", ADMIN, thing="case", values={"which": "today"}),
    Stop("moderation:appeal", ADMIN, thing="appeal"),
    Stop("moderation:settings", ADMIN),
    Stop("launch:measures", ADMIN),
    Stop("villages:settings", ADMIN),
    Stop("villages:settings_villages", ADMIN),
    Stop("villages:settings_village", ADMIN, thing="village"),
    Stop("villages:settings_outside", ADMIN),
    Stop("villages:settings_municipality", ADMIN),
    Stop("villages:settings_rooms", ADMIN),
    Stop("portal:settings_home", ADMIN),
    Stop("basemap:settings", ADMIN),
    Stop("villages:settings_pages", ADMIN),
    Stop("villages:settings_legal", ADMIN),
    Stop("villages:settings_legal_text", ADMIN, values={"kind": "rules"}),
    Stop("villages:settings_page_new", ADMIN),
    Stop("villages:settings_page", ADMIN, thing="page"),
    Stop("members:roles", ADMIN),
    Stop("members:roles", ADMIN, name="roles-of-connectors", query="?role=connector"),
    Stop("members:roles", ADMIN, name="roles-none", query="?q=niemand"),
    Stop("members:end_role", ADMIN, thing="grant"),
    Stop("members:bundles", ADMIN),
    Stop("members:bundle", ADMIN, values={"name": "connector"}),
    Stop("languages:settings", ADMIN),
    Stop("languages:add", ADMIN),
    Stop("languages:edit", ADMIN, thing="local_word"),
    Stop("places:categories", ADMIN),
    Stop("places:category_edit", ADMIN, thing="category_row"),
    Stop("places:category_add", ADMIN, thing="category_row"),
    Stop("imports:history", ADMIN),
    Stop("imports:subscriptions", ADMIN),
    Stop("imports:subscribe", ADMIN),
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
    "letters:by_mail": POST,
    "letters:enclosure": "a picture or a document",
    "front:door": "leads on to the reader's language",
    "front:robots": "for machines",
    "front:sitemap": "for machines",
    "short:entry": "leads on to the entry",
    "entries:entry": "reached by its address without words",
    "imports:reading": "there is none in the demonstration; visited by the tests of imports",
    "imports:subscription": "the demonstration asks no other servers; visited by test_subscriptions",
    "imports:read_now": POST,
    "imports:end": POST,
    "channels:manifest": "for machines",
    "pwa:worker": "for machines",
    "pwa:icon_192": "a picture",
    "pwa:icon_512": "a picture",
    "channels:device_on": POST,
    "channels:device_off": POST,
    "channels:open_note": "leads on to what the note is about",
    "channels:all_read": POST,
    "channels:watch": POST,
    "channels:unwatch": POST,
    "calendars:all": "for other calendars",
    "calendars:one": "for other calendars",
    "events:come": POST,
    "places:settle": "there is no correction in the demonstration; visited by the tests of places",
    "places:photo_remove": POST,
    "members:of_age": POST,
    "places:confirm": POST,
    "places:keeper_end": POST,
    "places:withdraw": POST,
    "places:category_remove": POST,
    "languages:remove": POST,
    "languages:outside": POST,
    "exchange:steer": POST,
    "wishes:points": "for the map",
    "wishes:me_too": POST,
    "wishes:answer": POST,
    "wishes:sort": POST,
    "wishes:theme_remove": POST,
    "members:logout": POST,
    "moderation:second": POST,
    "moderation:rule_remove": POST,
    "moderation:transparency_csv": "a table",
    "members:unblock": POST,
    "members:act": POST,
    "members:act_no_more": POST,
    "members:second_step": "only between two steps; visited by test_second_step",
    "members:spare_codes": POST,
    **dict.fromkeys(
        ("members:provider", "members:provider_back", "members:link_provider"),
        "lead on to a provider and back; there is none in the demonstration; visited by test_oidc",
    ),
    "members:unlink_provider": POST,
    "members:show_passkey": "for the script beside a passkey's button; used by test_passkeys",
    "members:sign_out": POST,
    "members:remove_factor": POST,
    "members:vouch": POST,
    "members:withdraw_vouch": POST,
    "members:allow_by_mail": POST,
    "members:joined_by_mail": "its link is in a mail; visited by the tests of members",
    "members:stay": POST,
    "members:everywhere": POST,
    "members:cards_pdf": POST,
    "members:withdraw_cards": POST,
    "members:withdraw": POST,
    "jobs:release": POST,
    "jobs:drop": POST,
    "ui:large-print": POST,
    "ui:preview": POST,
    "square:restore": POST,
    "square:say_again": POST,
    "square:settle": POST,
    "comments:hide": POST,
    "comments:edit": "for a quarter of an hour; visited by the tests of posts",
    "comments:remove": "for its author; visited by the tests of posts",
    "feeds:atom": "for machines",
    "noticeboard:blank_pdf": "a file; while it is made, a page like that of papers",
    "noticeboard:phone_list_pdf": "a file; while it is made, a page like that of papers",
    "noticeboard:guide_pdf": "a file; while it is made, a page like that of papers",
    "noticeboard:poster_pdf": "a file; while it is made, a page like that of papers",
    **{f"noticeboard:{name}": POST for name in ("make", "by_mail", "print", "item", "greet", "publish")},
    **dict.fromkeys(("screens:revoke", "screens:alive"), POST),
    **dict.fromkeys(("desk:item", "desk:note_remove", "gifts:take_back", "intake:tick"), POST),
    **{f"matching:{name}": POST for name in ("suggestion", "steer", "answer")},
    "launch:steer": POST,
    "matching:by_mail": "its link is in a mail; visited by the tests of matching",
    "screens:worker": "for the script of a screen",
    "embeds:fragment": "a piece of a page; the same as in the frame",
    "embeds:colours": "a stylesheet",
    "villages:settings_village_picture": POST,
    "villages:settings_picture": POST,
    "villages:settings_page_move": POST,
    "villages:settings_page_remove": POST,
}


class Things:
    """The values of addresses, read from the running installation's database."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation

    def code_of(self, uri: str) -> str:
        """The address of an entry, by its name in the demonstration's files."""
        return str(self._row("SELECT code FROM entries_entry WHERE uri = ?", uri)[0])

    def letter_to(self, email: str) -> str:
        """What was written to this address."""
        return str(self._row('SELECT text FROM mail_mail WHERE "to" = ?', email)[0])

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

    def _paper(self, state: str) -> dict[str, Any]:
        question = """
            SELECT p.id FROM noticeboard_paper p JOIN villages_area a ON a.id = p.area_id
            WHERE p.state = ? AND a.slug = ? ORDER BY p.starts_on DESC
        """
        return {"pk": self._row(question, state, VILLAGE)[0]}

    @cached_property
    def paper(self) -> dict[str, Any]:
        return self._paper("published")

    @cached_property
    def unmade_paper(self) -> dict[str, Any]:
        return {**self.paper, "form": "a3", "languages": "en"}

    @cached_property
    def draft_paper(self) -> dict[str, Any]:
        return self._paper("draft")

    @cached_property
    def kept_screen(self) -> dict[str, Any]:
        return {"pk": self._row("SELECT id FROM screens_screen ORDER BY id")[0]}

    @cached_property
    def screen(self) -> dict[str, Any]:
        """Its address is signed by the installation: asked of the page of those in charge."""
        listed = self._installation.reader(BEN).get("/de/schaukaesten/").text
        found = re.search(r"/schaukasten/([0-9]+-[a-z2-7]+)/", listed)
        assert found, "the demonstration has no screen"
        return {"code": found[1]}

    @cached_property
    def organization(self) -> dict[str, Any]:
        return self._entry("organization")

    @cached_property
    def conversation(self) -> dict[str, Any]:
        return {"pk": self._row("SELECT id FROM gifts_conversation ORDER BY id")[0]}

    @cached_property
    def told_gift(self) -> dict[str, Any]:
        return {"pk": self._row("SELECT id FROM gifts_gift WHERE conversation_id > 0 ORDER BY id")[0]}

    @cached_property
    def mandate(self) -> dict[str, Any]:
        question = """
            SELECT m.id FROM members_mandate m JOIN members_identity i ON i.id = m.helper_id
            JOIN members_login l ON l.id = i.login_id WHERE l.email = ?
        """
        return {"pk": self._row(question, BEN)[0]}

    @cached_property
    def claimed(self) -> dict[str, Any]:
        question = """
            SELECT e.code, c.id FROM places_claim c JOIN entries_entry e ON e.id = c.listing_id WHERE c.state = ?
        """
        code, claim = self._row(question, "open")
        return {"code": code, "claim_id": claim}

    @cached_property
    def service(self) -> dict[str, Any]:
        return self._entry("service")

    @cached_property
    def location(self) -> dict[str, Any]:
        return self._entry("location")

    @cached_property
    def event(self) -> dict[str, Any]:
        question = """
            SELECT e.code FROM entries_entry e JOIN events_event v ON v.entry_id = e.id
            JOIN entries_entryarea ea ON ea.entry_id = e.id JOIN villages_area a ON a.id = ea.area_id
            WHERE v.rule <> '' AND a.slug = ? ORDER BY e.id
        """
        return {"code": self._row(question, VILLAGE)[0]}

    @cached_property
    def cancelled_event(self) -> dict[str, Any]:
        question = "SELECT e.code FROM entries_entry e JOIN events_event v ON v.entry_id = e.id WHERE v.status = ?"
        return {"code": self._row(question, "cancelled")[0]}

    @cached_property
    def event_date(self) -> dict[str, Any]:
        question = """
            SELECT o."on" FROM events_occurrence o JOIN entries_entry e ON e.id = o.event_id
            WHERE e.code = ? AND o.ends_at > datetime('now') ORDER BY o.starts_at
        """
        return {**self.event, "on": self._row(question, self.event["code"])[0]}

    @cached_property
    def member(self) -> dict[str, Any]:
        question = "SELECT i.code FROM members_identity i JOIN members_login l ON l.id = i.login_id WHERE l.email = ?"
        return {"code": self._row(question, "anna@example.org")[0]}

    def _exchange(self, key: str) -> dict[str, Any]:
        return {"code": self._row("SELECT code FROM entries_entry WHERE uri = ?", f"demo:exchange/{key}")[0]}

    @cached_property
    def bench(self) -> dict[str, Any]:
        """Typed off by Ben, with fourteen who join in."""
        question = "SELECT code FROM entries_entry WHERE uri = 'demo:sheet/zyfflich-market/1'"
        return {"code": self._row(question)[0]}

    @cached_property
    def fulfilled(self) -> dict[str, Any]:
        return {"code": self._row("SELECT code FROM entries_entry WHERE uri = 'demo:wish/lamp'")[0]}

    @cached_property
    def theme(self) -> dict[str, Any]:
        return {"theme_id": self._row("SELECT min(id) FROM wishes_theme")[0]}

    @cached_property
    def sheet(self) -> dict[str, Any]:
        return {"chart_id": self._row("SELECT min(id) FROM wishes_flipchart")[0]}

    @cached_property
    def ask(self) -> dict[str, Any]:
        return self._exchange("niel/clinic")

    @cached_property
    def thanked(self) -> dict[str, Any]:
        return self._exchange("nuetterden/piano")

    @cached_property
    def offer(self) -> dict[str, Any]:
        return self._exchange("wyler/market")

    @cached_property
    def own_ask(self) -> dict[str, Any]:
        """Ben's own, which has an answer."""
        return self._exchange("zyfflich/chairs")

    @cached_property
    def answer(self) -> dict[str, Any]:
        question = """
            SELECT a.id FROM exchange_answer a JOIN entries_entry e ON e.id = a.exchange_id
            WHERE e.uri = 'demo:exchange/zyfflich/chairs'
        """
        return {**self.own_ask, "answer_id": self._row(question)[0]}

    @cached_property
    def reportable(self) -> dict[str, Any]:
        return {"sort": "entry", "key": self.organization["code"]}

    @cached_property
    def argued(self) -> dict[str, Any]:
        return {"slip": self._row("SELECT code FROM moderation_report WHERE form_key = 'demo:report:argued'")[0]}

    @cached_property
    def reasons(self) -> dict[str, Any]:
        return {"slip": self._row("SELECT code FROM moderation_decision ORDER BY id")[0]}

    @cached_property
    def case(self) -> dict[str, Any]:
        return {"pk": self._row("SELECT id FROM moderation_case WHERE closed_at IS NULL ORDER BY id")[0]}

    @cached_property
    def appeal(self) -> dict[str, Any]:
        return {"pk": self._row("SELECT id FROM moderation_appeal ORDER BY id")[0]}

    @cached_property
    def reported(self) -> dict[str, Any]:
        return {"slip": self._row("SELECT code FROM moderation_report ORDER BY id")[0]}

    def _post(self, key: str) -> dict[str, Any]:
        return {"code": self._row("SELECT code FROM entries_entry WHERE uri = ?", f"demo:post/{key}")[0]}

    @cached_property
    def post(self) -> dict[str, Any]:
        return self._post("storks")

    @cached_property
    def dutch_comment(self) -> dict[str, Any]:
        code = self.post["code"]
        question = """
            SELECT c.id FROM comments_comment c JOIN entries_entry e ON e.id = c.entry_id
            WHERE c.language = 'nl' AND e.code = ?
        """
        return {"code": code, "comment_id": self._row(question, code)[0]}

    @cached_property
    def farewell(self) -> dict[str, Any]:
        return self._post("farewell")

    @cached_property
    def storm(self) -> dict[str, Any]:
        return self._post("storm")

    @cached_property
    def newcomer(self) -> dict[str, Any]:
        question = "SELECT code FROM members_identity WHERE NOT is_known AND NOT is_blocked ORDER BY id"
        return {"code": self._row(question)[0]}

    @cached_property
    def young(self) -> dict[str, Any]:
        """Somebody under 16."""
        question = """
            SELECT i.code FROM members_identity i JOIN members_joining j ON j.identity_id = i.id WHERE j.is_minor
        """
        return {"code": self._row(question)[0]}

    @cached_property
    def grant(self) -> dict[str, Any]:
        return {"pk": self._row("SELECT id FROM members_rolegrant WHERE role = 'connector' ORDER BY id")[0]}

    @cached_property
    def stranger(self) -> dict[str, Any]:
        """Somebody to whom Ben has not written yet."""
        return {"code": self._row("SELECT code FROM members_identity WHERE name = ?", "Adele Roelofs")[0]}

    def entry_named(self, beginning: str) -> str:
        """The code of the entry whose title begins so."""
        return str(self._row("SELECT code FROM entries_entry WHERE title LIKE ?", f"{beginning}%")[0])

    @cached_property
    def club(self) -> dict[str, Any]:
        """An organisation that Anna keeps, and to which Ben has not written."""
        return {"code": self.entry_named("Nieler Stimmen")}

    @cached_property
    def thread(self) -> dict[str, Any]:
        question = """
            SELECT t.code FROM letters_thread t JOIN letters_seat s ON s.thread_id = t.id
            JOIN members_identity i ON i.id = s.identity_id JOIN members_login l ON l.id = i.login_id WHERE l.email = ?
        """
        return {"code": self._row(question, BEN)[0]}

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
    def local_word(self) -> dict[str, Any]:
        return {"pk": self._row("SELECT id FROM languages_localword ORDER BY id")[0]}

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
