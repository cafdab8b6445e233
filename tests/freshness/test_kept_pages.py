"""Pages kept for visitors, through the front door: made once, right at every moment, and never somebody else's."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dorfplatz.entries import actions as entries
from dorfplatz.entries.enums import Audience
from dorfplatz.entries.models import Entry
from dorfplatz.kernel.access import members_only
from dorfplatz.kernel.actor import VISITOR, Actor
from dorfplatz.media.tests.photos import file_of, flag, ready
from dorfplatz.members.actions import grant_role
from dorfplatz.members.enums import Role
from dorfplatz.places.actions import add_photo, choose_category, confirm_place
from dorfplatz.places.tests.factories import category, place
from dorfplatz.villages import actions as villages
from dorfplatz.villages.actions import MunicipalityChange, PageText, create_page
from dorfplatz.villages.description import parse_description
from dorfplatz.villages.enums import PageKind
from dorfplatz.villages.kept import middleware
from dorfplatz.villages.kept.shelf import Asked, KeptPage, Shelf
from dorfplatz.villages.models import Area
from tests.fixtures.kranenburg import DESCRIPTION, INSTALLER, NOW, Square
from tests.fixtures.people import square_of

BY = {"by": INSTALLER, "now": NOW}
GOCH = {
    "municipality": {"slug": "goch", "name": "Goch", "country": "DE", "languages": ["de"], "hosts": ["goch.test"]},
    "village": [{"slug": "hassum", "name": "Hassum", "lat": 51.68, "lon": 6.1, "neighbours": []}],
}


@pytest.fixture
def shelves(monkeypatch):
    """The shelves of the process in which the test's visitors meet: all are served by the same one."""
    found = []
    make = middleware.KeptPages.__init__

    def noted(self, get_response):
        make(self, get_response)
        found.append(self)
        for name in ("plain", "filtered", "calendar"):
            setattr(self, name, getattr(found[0], name))

    monkeypatch.setattr(middleware.KeptPages, "__init__", noted)
    return found


@pytest.fixture
def niel(kranenburg, shelves, at_eleven):
    place(kranenburg.village("niel"), title="Chor Niel", opening_hours="Mo-Fr 09:00-11:20")
    return kranenburg.village("niel")


def ask(path="", square=None, **headers):
    """The answer to a visitor, and how many queries it took."""
    square = square or Square()
    with CaptureQueriesContext(connection) as queries:
        answer = square.get(f"/{square.language}/{path}", headers=headers)
    return answer, len(queries)


def is_kept(path="", square=None, **headers):
    """Whether the next visitor gets what this one got: one look at the edition, and no more."""
    ask(path, square, **headers)
    return ask(path, square, **headers)[1] == 1


def kept_count(shelves):
    return len(shelves[0].plain) + len(shelves[0].filtered) if shelves else 0


# What is kept


@pytest.mark.parametrize("path", ["", "niel/", "karte/", "karte/?village=niel", "karte/?open=now", "suche/"])
def test_the_second_visitor_gets_the_page_of_the_first_for_one_query(niel, path):
    first, _ = ask(path)
    again, queries = ask(path)
    assert (first.status_code, again.status_code, queries) == (200, 200, 1)
    assert again.content == first.content
    assert "Niel" in again.content.decode()


def test_the_page_of_an_entry_and_its_versions_are_kept(kranenburg, shelves, at_eleven):
    entry = place(kranenburg.village("niel"), title="Chor", texts={"nl": ("Koor", "Wij zingen.")}).entry
    path = f"e/{entry.code}/chor/"
    assert is_kept(path)
    assert is_kept(f"{path}?text=nl")
    assert "Wij zingen." in ask(f"{path}?text=nl")[0].content.decode()
    assert not is_kept(f"{path}?text=fr")
    assert not is_kept(f"{path}?text=nl&x=1")


def test_a_kept_answer_carries_all_headers_of_a_fresh_one(niel):
    fresh, kept = ask()[0], ask()[0]
    assert dict(kept.items()) == dict(fresh.items())
    assert kept["Cache-Control"] == "private, no-cache"
    assert "script-src 'self'" in kept["Content-Security-Policy"]
    assert kept["X-Frame-Options"] == "DENY"
    assert kept["Content-Language"] == "de"
    assert {"Cookie", "Accept-Encoding"} <= {name.strip() for name in kept["Vary"].split(",")}


def test_it_is_compressed_once_and_given_plain_to_who_cannot_read_that(niel):
    packed = [ask(**{"accept-encoding": "gzip, br"})[0] for _ in range(2)]
    plain = ask()[0]
    assert [answer["Content-Encoding"] for answer in packed] == ["gzip", "gzip"]
    assert packed[0].content == packed[1].content
    assert gzip.decompress(packed[1].content) == plain.content
    assert "Content-Encoding" not in plain
    assert plain["Content-Length"] == str(len(plain.content))


def test_who_has_the_page_already_is_told_so(niel, kranenburg):
    etag = ask()[0]["ETag"]
    answer, queries = ask(**{"if-none-match": etag})
    assert (answer.status_code, answer.content, queries) == (304, b"", 1)
    assert answer["ETag"] == etag
    assert answer["Content-Security-Policy"]
    assert ask(**{"if-none-match": 'W/"another"'})[0].status_code == 200
    place(kranenburg.village("niel"), title="Neu hier")
    assert ask(**{"if-none-match": etag})[0].status_code == 200


def test_head_is_answered_from_what_get_has_kept_and_keeps_nothing(niel, shelves):
    Square().head("/de/")
    assert kept_count(shelves) == 0
    page = ask()[0]
    with CaptureQueriesContext(connection) as queries:
        answer = Square().head("/de/")
    assert (len(queries), answer.status_code, answer.content) == (1, 200, b"")
    assert answer["ETag"] == page["ETag"]


def test_a_village_filter_is_remembered_from_a_kept_page_too(niel):
    ask("karte/?village=niel")
    visitor = Square()
    answer, queries = ask("karte/?village=niel", visitor)
    assert queries == 1
    assert answer.cookies["villages"].value == "niel"
    assert answer.cookies["villages"]["httponly"]
    assert ask("karte/", visitor)[0].content != ask("karte/")[0].content, "the doors lead to her village"


# A change is seen at once


def word(kranenburg, text):
    """A page of the municipality's own with that title."""
    create_page(kranenburg.municipality, kind=PageKind.FREE, text=PageText({"de": text}, {"de": "Worte."}), **BY)


def test_an_entry_is_seen_changed_and_gone_at_once(niel, kranenburg):
    for path in ("karte/", "niel/"):
        assert "Radhaus" not in ask(path)[0].content.decode()
    listing = place(niel, title="Radhaus", opening_hours="24/7", categories=("music-choir",))
    assert "Radhaus" in ask("karte/")[0].content.decode()
    assert "Radhaus" in ask("niel/")[0].content.decode()
    draft = entries.Draft(title="Rathaus", body="", language="de", areas=[niel], point=niel.point)
    entries.rewrite_entry(listing.entry, draft=draft, **BY)
    assert "Rathaus" in ask("karte/")[0].content.decode()
    path = f"e/{listing.entry.code}/rathaus/"
    assert is_kept(path)
    entries.hide_entry(listing.entry, **BY)
    assert "Rathaus" not in ask("karte/")[0].content.decode()
    assert ask(path)[0].status_code == 404


def test_a_confirmation_is_seen_at_once(niel):
    listing = place(niel, title="Laden", now=NOW - timedelta(days=700), assured_by="connector")
    path = f"e/{listing.entry.code}/laden/"
    assert "23. November 2026" not in ask(path)[0].content.decode()
    confirm_place(listing, role="connector", **BY)
    assert "23. November 2026" in ask(path)[0].content.decode()


def test_a_photo_is_seen_as_soon_as_its_copies_are_there(niel, settings):
    listing = place(niel, title="Laden")
    path = f"e/{listing.entry.code}/laden/"
    assert "/media/" not in ask(path)[0].content.decode()
    picture = ready(file_of(flag()))
    add_photo(listing, picture=picture, **BY)
    assert "/media/" in ask(path)[0].content.decode()


def test_names_of_municipality_village_category_page_and_connector_are_seen_at_once(niel, kranenburg, person):
    municipality = kranenburg.municipality
    assert is_kept()
    change = MunicipalityChange({"und": "Kranenborg"}, {}, {"de": "Willkommen allerseits."}, "#A63D2F", ["de", "nl"])
    villages.change_municipality(municipality, change=change, version=municipality.area.version, **BY)
    assert "Willkommen allerseits." in ask()[0].content.decode()
    village = villages.VillageChange({"und": "Nieel"}, {"de": "Klein."}, 222, niel.point, 3, [])
    villages.change_village(niel, change=village, version=niel.version, **BY)
    assert "Nieel" in ask()[0].content.decode()
    choose_category(
        category("sports-club"), municipality=municipality, name={"de": "Turnverein"}, is_hidden=False, **BY
    )
    assert "Turnverein" in ask("karte/sports-club/")[0].content.decode()
    word(kranenburg, "Unser Brunnen")
    assert "Unser Brunnen" in ask()[0].content.decode()
    ben = person("Benedikt")
    assert "Benedikt" not in ask("niel/")[0].content.decode()
    grant_role(ben, role=Role.CONNECTOR, area=niel, **BY)
    assert "Benedikt" in ask("niel/")[0].content.decode()


def test_an_edition_read_before_a_change_never_dates_what_was_made_after(niel, kranenburg, monkeypatch):
    """Somebody changes the square while a page is being made."""
    seen = []
    visitor = Square()
    assert "Dazwischen" not in ask("karte/", visitor)[0].content.decode()
    place(niel, title="Anlass")
    kept = middleware._may_be_kept

    def and_meanwhile(request, response, asked):
        if not seen:
            seen.append(place(niel, title="Dazwischen"))
        return kept(request, response, asked)

    monkeypatch.setattr(middleware, "_may_be_kept", and_meanwhile)
    assert "Dazwischen" not in ask("karte/", visitor)[0].content.decode(), "it was made a moment before"
    assert "Dazwischen" in ask("karte/", visitor)[0].content.decode()


# The clock


def test_what_closes_is_closed_at_that_minute(niel, time_machine):
    path = "karte/?open=now"
    assert "Chor Niel" in ask(path)[0].content.decode()
    time_machine.move_to(NOW + timedelta(minutes=19, seconds=59), tick=False)
    answer, queries = ask(path)
    assert ("Chor Niel" in answer.content.decode(), queries) == (True, 1)
    time_machine.move_to(NOW + timedelta(minutes=20), tick=False)
    assert "Chor Niel" not in ask(path)[0].content.decode()


def test_what_opens_in_a_neighbours_village_opens_at_that_minute(kranenburg, shelves, at_eleven, time_machine):
    place(kranenburg.village("groesbeek"), title="Winkel", opening_hours="Mo 11:07-11:09", language="nl")
    path = "karte/?neighbours=1&open=now"
    assert is_kept(path)
    for minute, there in ((6, False), (7, True), (8, True), (9, False)):
        time_machine.move_to(NOW + timedelta(minutes=minute), tick=False)
        assert ("Winkel" in ask(path)[0].content.decode()) is there, minute


def test_what_expires_or_becomes_due_does_so_on_every_page_at_that_second(niel, time_machine):
    entry = place(niel, title="Fest").entry
    Entry.objects.filter(pk=entry.pk).update(expires_at=NOW + timedelta(minutes=3, seconds=7))
    assert is_kept("karte/")
    time_machine.move_to(NOW + timedelta(minutes=3, seconds=6), tick=False)
    assert "Fest" in ask("karte/")[0].content.decode()
    time_machine.move_to(NOW + timedelta(minutes=3, seconds=8), tick=False)
    assert "Fest" not in ask("karte/")[0].content.decode()


def test_midnight_begins_a_new_day(kranenburg, shelves, time_machine):
    place(kranenburg.village("niel"), title="Markt", opening_hours="Tu 09:00-12:00")
    late = datetime(2026, 11, 23, 22, 59, 30, tzinfo=UTC)  # a Monday, half a minute before midnight in the villages
    time_machine.move_to(late, tick=False)
    path = "karte/?open=today"
    assert is_kept(path)
    assert "Markt" not in ask(path)[0].content.decode()
    time_machine.move_to(late + timedelta(seconds=30), tick=False)
    assert "Markt" in ask(path)[0].content.decode()


def test_no_page_is_kept_beyond_the_hour(niel, time_machine):
    assert is_kept()
    time_machine.move_to(NOW + timedelta(hours=1), tick=False)
    assert ask()[1] > 1


# For whom

SETTINGS = 'href="/de/einstellungen/"'


def test_members_neither_get_nor_fill_what_is_kept(niel, person, shelves):
    carla = square_of(person("Carla", roles=[(Role.ADMIN, "")]))
    assert SETTINGS in ask("", carla)[0].content.decode()
    assert kept_count(shelves) == 0
    visitor = ask()[0].content.decode()
    assert SETTINGS not in visitor
    answer, queries = ask("", carla)
    assert queries > 1
    assert SETTINGS in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    assert ask()[0].content.decode() == visitor


def test_drafts_and_what_is_for_members_are_on_no_kept_page(niel, person, shelves):
    secret = place(niel, title="Nur unter uns", audience=Audience.MEMBERS)
    draft = entries.Draft(title="Entwurf", body="", language="de", areas=[niel])
    entries.create_entries("organization", drafts=[draft], **BY)
    member = square_of(person("Anna", home="niel"))
    path = f"e/{secret.entry.code}/nur-unter-uns/"
    assert ask(path, member)[0].status_code == 200
    for _ in range(2):
        assert ask(path)[0].status_code == 404
        page = ask("karte/")[0].content.decode()
        assert "Nur unter uns" not in page
        assert "Entwurf" not in page
    assert all(b"Nur unter uns" not in gzip.decompress(p.body) for p in shelves[0].plain._pages.values())


def test_a_page_with_a_token_is_never_kept(niel, shelves):
    entry = Entry.objects.get(title="Chor Niel")
    for path in ("anmelden/", f"eintrag/{entry.code}/stimmt-nicht/"):
        tokens = {ask(path)[0].cookies[settings.CSRF_COOKIE_NAME].value for _ in range(2)}
        assert len(tokens) == 2, path
    assert kept_count(shelves) == 0


@pytest.mark.parametrize("cookie", [settings.SESSION_COOKIE_NAME, "messages"])
def test_who_may_be_somebody_gets_a_page_of_her_own(niel, cookie):
    assert is_kept()
    visitor = Square()
    visitor.cookies[cookie] = "whatever"
    assert ask("", visitor)[1] > 1


def test_only_what_a_public_view_says_to_a_visitor_is_for_everybody(niel):
    """Others do not answer visitors at all; this is the second lock on that door."""
    request = ask()[0].wsgi_request
    assert middleware._is_for_everybody(request)
    request.viewer = Actor(identity_id=1)
    assert not middleware._is_for_everybody(request)
    request.viewer = VISITOR
    request.resolver_match.func = lambda: None
    assert not middleware._is_for_everybody(request)
    request.resolver_match.func = members_only(lambda: None)
    assert not middleware._is_for_everybody(request)


def test_an_entry_of_a_municipality_far_away_is_not_kept(niel, kranenburg, shelves):
    """Its changes are not counted here."""
    own = {**DESCRIPTION, "municipality": {**DESCRIPTION["municipality"], "hosts": ["kranenburg.test"]}}
    villages.set_up_municipality(parse_description(own, {}), **BY)
    villages.set_up_municipality(parse_description(GOCH, {}), **BY)
    entry = place(Area.objects.get(slug="hassum"), title="Schmiede").entry
    path = f"e/{entry.code}/schmiede/"
    assert not is_kept(path, Square(host="kranenburg.test"))
    assert is_kept(path, Square(host="goch.test"))


def test_errors_and_redirects_are_not_kept(niel, shelves):
    for path in ("gibt-es-nicht/", "karte", "einstellungen/"):
        ask(path)
    Square().get("/")
    assert kept_count(shelves) == 0


# What is not mixed up


def test_languages_fragments_and_large_print_have_pages_of_their_own(niel):
    german, dutch = ask("karte/")[0], ask("kaart/", Square("nl"))[0]
    part = ask("karte/", **{"hx-request-type": "partial"})[0]
    large = Square()
    large.cookies["large-print"] = "1"
    big = ask("karte/", large)[0]
    assert len({german.content, dutch.content, part.content, big.content}) == 4
    assert "<html" in german.content.decode()
    assert "<html" not in part.content.decode()
    for path, square, headers, expected in (
        ("karte/", None, {}, german), ("kaart/", Square("nl"), {}, dutch), ("karte/", large, {}, big),
        ("karte/", None, {"hx-request-type": "partial"}, part),
    ):  # fmt: skip
        answer, queries = ask(path, square, **headers)
        assert (answer.content, queries) == (expected.content, 1)


def test_municipalities_have_pages_of_their_own(niel, kranenburg, settings):
    own = {**DESCRIPTION, "municipality": {**DESCRIPTION["municipality"], "hosts": ["kranenburg.test"]}}
    villages.set_up_municipality(parse_description(own, {}), **BY)
    villages.set_up_municipality(parse_description(GOCH, {}), **BY)
    hosts = ("goch.test", "kranenburg.test")
    pages = {host: ask("", Square(host=host))[0].content for host in hosts}
    for host in hosts:
        answer, queries = ask("", Square(host=host))
        assert (answer.content, queries) == (pages[host], 1)
    assert b"Hassum" in pages["goch.test"]
    assert b"Hassum" not in pages["kranenburg.test"]
    place(Area.objects.get(slug="hassum"), title="Schmiede", opening_hours="24/7")
    assert b"Schmiede" in ask("", Square(host="goch.test"))[0].content
    assert ask("", Square(host="kranenburg.test"))[1] == 1, "what is new in Goch shows nowhere here"


def test_a_filter_and_a_remembered_filter_have_pages_of_their_own(niel, kranenburg):
    place(kranenburg.village("zyfflich"), title="Chor Zyfflich")
    for slug, title, other in (("niel", "Chor Niel", "Chor Zyfflich"), ("zyfflich", "Chor Zyfflich", "Chor Niel")):
        for _ in range(2):
            page = ask(f"karte/?village={slug}")[0].content.decode()
            assert title in page
            assert other not in page
    visitor = Square()
    visitor.cookies["villages"] = "zyfflich"
    assert is_kept("", visitor)
    assert "village=zyfflich" in ask("", visitor)[0].content.decode()
    assert "village=zyfflich" not in ask()[0].content.decode()


def test_who_changes_the_language_is_remembered_although_the_page_is_kept(niel):
    assert is_kept()
    from_dutch = {"referer": "http://localhost/nl/"}
    assert ask("", **from_dutch)[0].cookies["language"].value == "de"
    for elsewhere in ("http://localhost/de/karte/", "https://example.org/nl/", "http://[broken"):
        answer, queries = ask("", referer=elsewhere)
        assert (queries, "language" in answer.cookies) == (1, False), elsewhere


# Strangers


STRANGE = [
    "?x=1", "?utm_source=a", "karte/?q=rad", "karte/?bbox=5.9,51.7,6.1,51.9", "karte/?village=NIEL",
    "karte/?village=niel&village=niel", "karte/?open=now&village=niel", "karte/?village=niel&x=", "karte/?page=7",
    "karte/?category=gibt-es-nicht", "suche/?q=rad", "karte/?villages=", "?village=niel", "karte/?",
    "karte/?village=%6eiel",
]  # fmt: skip


@pytest.mark.parametrize("path", STRANGE)
def test_what_is_thought_up_fills_nothing(niel, shelves, path):
    answer, _ = ask(path)
    assert answer.status_code == 200
    if path != "karte/?":  # which says the same as without the question mark
        assert kept_count(shelves) == 0


def test_cookies_that_are_thought_up_fill_nothing(niel, shelves):
    for value in (
        "atlantis",
        "niel.niel",
        "NIEL",
        "niel.",
        "+.niel",
        "x" * 3_000,
        "niel.zyfflich.nuetterden.groesbeek",
    ):
        visitor = Square()
        visitor.cookies["villages"] = value
        assert ask("", visitor)[0].status_code == 200
    assert kept_count(shelves) == 0


@pytest.mark.parametrize("host", ["evil.example", "LOCALHOST", "localhost:4444", "localhost.", "kranenburg.evil.test"])
def test_a_host_nobody_wrote_down_fills_nothing(niel, shelves, host):
    ask("", Square(host=host))
    assert kept_count(shelves) == 0


UNASKED = (
    "x-forwarded-host", "x-host", "x-original-url", "x-rewrite-url", "x-forwarded-server", "forwarded",
    "user-agent", "from", "via", "accept", "hx-current-url", "hx-target", "hx-trigger", "hx-prompt",
    "x-forwarded-prefix", "x-wap-profile", "true-client-ip", "x-http-method-override", "origin", "purpose",
)  # fmt: skip


def test_no_header_that_is_not_asked_for_reaches_a_kept_page(niel):
    """What a stranger sends with the first request must not be given to the second visitor."""
    mark = "poison.example"
    sent = dict.fromkeys(UNASKED, mark)
    sent |= {"x-forwarded-proto": "https", "x-forwarded-port": "4444", "accept-language": "nl", "referer": f"//{mark}/"}
    poisoned = ask("karte/", **sent)[0]
    assert poisoned.status_code == 200
    clean, queries = ask("karte/")
    assert queries == 1, "kept by the stranger's request"
    assert mark not in clean.content.decode() + str(dict(clean.items()))
    assert "4444" not in clean.content.decode()
    assert "https://localhost" not in clean.content.decode()


def test_an_answer_that_hangs_on_another_header_is_not_kept(niel, monkeypatch, shelves):
    monkeypatch.setattr(middleware, "KNOWN_HEADERS", middleware.KNOWN_HEADERS - {"hx-request-type"})
    ask("karte/")
    assert kept_count(shelves) == 0
    ask()
    assert kept_count(shelves) == 1


def test_nothing_is_kept_where_it_is_switched_off(niel, shelves, settings):
    settings.KEPT_PAGES_BYTES = 0
    assert ask()[1] > 1
    assert ask()[1] > 1
    assert kept_count(shelves) == 0


# The shelf


def page_of(size):
    return KeptPage(1, 1, 0.0, b"x" * size, (), 'W/"a"', None)


def asked(path):
    return Asked("http", "localhost", path, "", False, False, "")


def test_a_shelf_keeps_its_size_and_puts_the_least_asked_for_away():
    shelf = Shelf(100_000)
    for number in range(50):
        shelf.put(asked(f"/de/{number}/"), page_of(8_500))
        shelf.get(asked("/de/0/"))
        assert shelf.bytes <= 100_000
    assert shelf.get(asked("/de/0/")) is not None
    assert shelf.get(asked("/de/49/")) is not None
    assert shelf.get(asked("/de/1/")) is None
    assert len(shelf) == 10


def test_a_page_too_large_for_the_shelf_is_not_put_there():
    shelf = Shelf(100_000)
    assert not shelf.put(asked("/de/"), page_of(20_000))
    assert len(shelf) == 0


def test_a_page_put_twice_counts_once():
    shelf = Shelf(100_000)
    for size in (5_000, 8_000, 100):
        shelf.put(asked("/de/"), page_of(size))
    assert (len(shelf), shelf.bytes) == (1, page_of(100).size)
