import random
import re
from datetime import timedelta
from html import unescape
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from dorfplatz.embeds.look import NAMES, OURS, Look, look_of_word, read_look, readable
from dorfplatz.entries.actions import hide_entry
from dorfplatz.entries.enums import Audience
from dorfplatz.events.tests.factories import event, span
from dorfplatz.exchange.tests.factories import exchange
from dorfplatz.places.tests.factories import place
from tests.fixtures.kranenburg import INSTALLER, NOW

BY = {"by": INSTALLER, "now": NOW}
MAKERS = {"dates": event, "places": place, "asks": exchange}
HOSTILE = (
    '"><script>alert(1)</script>', "red;}body{display:none", "#fff;background:url(//evil.example)", "expression(1)",
    "#12345", "%0d%0aSet-Cookie: x=1", "\x00", "javascript:alert(1)", "ffffff\nx", "ＦＦＦＦＦＦ",
)  # fmt: skip


@pytest.mark.parametrize("what", MAKERS)
def test_what_strangers_may_read_stands_there_and_what_members_read_does_not(what, kranenburg, square, cast, at_eleven):
    niel, add = kranenburg.village("niel"), MAKERS[what]
    entry = add(niel, title="Offen für alle").entry
    add(niel, title="Nur unter uns", audience=Audience.MEMBERS)
    for who in (square, cast.at_the_square("anna")):
        for form in ("", "fragment/"):
            page = who.page(f"embed/{what}/{form}")
            assert "Offen für alle" in page
            assert "Nur unter uns" not in page
            assert f"http://localhost/de/e/{entry.code}/" in page
            assert "<script" not in page
    hide_entry(entry, **BY)
    assert "Offen für alle" not in square.page(f"embed/{what}/")


def test_the_filters_of_the_rooms_hold(kranenburg, square, at_eleven):
    exchange(kranenburg.village("niel"), title="Wer liest vor?")
    event(kranenburg.village("zyfflich"), title="Markt")
    event(kranenburg.village("niel"), title="Chor", is_free=True)
    assert "Markt" in square.page("embed/dates/", village="zyfflich")
    assert "Markt" not in square.page("embed/dates/", village="niel")
    assert "Markt" in square.page("embed/dates/", village="niel", neighbours="1")
    only = square.page("embed/dates/", free="1")
    assert "Chor" in only
    assert "Markt" not in only
    assert "Wer liest vor?" not in square.page("embed/asks/", direction="offer")


def test_what_ended_earlier_today_stands_there_no_more_and_what_goes_on_does(kranenburg, square, at_eleven):
    niel, today = kranenburg.village("niel"), NOW.date()
    event(niel, title="Frühschwimmen", when=span(today, "07:00", "08:00"))
    event(niel, title="Frühe Runde", when=span(today, "07:30", "07:30"))
    event(niel, title="Seit neun", when=span(today, "09:00", "12:30"))
    event(niel, title="Lager", when=span(today - timedelta(days=1), "10:00", "18:00", days=2))
    page = square.page("embed/dates/")
    assert "Seit neun" in page
    assert "Lager" in page
    assert "Frühschwimmen" not in page
    assert "Frühe Runde" not in page


def test_others_may_frame_it_and_nothing_else_of_ours(square, at_eleven):
    frame = square.get("/de/embed/dates/?village=niel")
    assert "frame-ancestors *" in frame["Content-Security-Policy"]
    assert "default-src 'none'" in frame["Content-Security-Policy"]
    assert "script-src" not in frame["Content-Security-Policy"]
    assert "X-Frame-Options" not in frame
    assert frame["Access-Control-Allow-Origin"] == "*"
    assert not frame.cookies
    for path in (
        "/de/embed/dates/fragment/",
        "/de/fuer-ihre-website/",
        "/de/termine/",
        "/de/embed/gibtesnicht/",
        "/de/",
    ):
        answer = square.get(path)
        assert answer["X-Frame-Options"] == "DENY", path
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"], path
    maker = square.get("/de/fuer-ihre-website/")
    assert "frame-src 'self'" in maker["Content-Security-Policy"]
    assert "frame-src" not in square.get("/de/termine/")["Content-Security-Policy"]


def test_a_frame_that_is_kept_for_the_next_visitor_is_framed_as_the_first_was(kranenburg, square, at_eleven):
    event(kranenburg.village("niel"), title="Chor")
    first, again = (square.get("/de/embed/dates/?village=niel") for _n in range(2))
    assert "ETag" in again
    assert first.content == again.content
    assert "frame-ancestors *" in again["Content-Security-Policy"]
    assert "X-Frame-Options" not in again
    assert not again.cookies


@pytest.mark.parametrize("name", ["accent", "ground", "ink", "village", "theme", "category", "most", "direction"])
def test_hostile_parameters_come_out_nowhere(name, kranenburg, square, at_eleven):
    event(kranenburg.village("niel"))
    for wrong in HOSTILE:
        for path in ("embed/dates/", "embed/places/", "embed/dates/fragment/", "fuer-ihre-website/"):
            answer = square.get(f"/de/{path}?{name}={quote(wrong)}")
            assert answer.status_code == 200, (path, wrong)
            page = answer.content.decode()
            assert "<script>alert" not in page
            assert "evil.example" not in page.replace(quote("evil.example"), "") or path == "fuer-ihre-website/"
            assert f"/embed/colours/{OURS.word}.css" in page or path != "embed/dates/"


def test_colours_of_the_website_around_are_taken_and_made_readable(square, at_eleven):
    page = square.page("embed/dates/", accent="#7A1F1F", ground="fff8e0", ink="222222")
    link = re.search(r'href="(/de/embed/colours/[^"]+)"', page)
    assert link is not None
    css = square.get(link[1])
    assert css["Content-Type"].startswith("text/css")
    assert "--strong:#7a1f1f" in css.content.decode()
    pale = square.page("embed/dates/", accent="eeeeee", ground="ffffff", ink="dddddd")
    assert f"{OURS.ink}-ffffff-{OURS.ink}.css" in pale
    assert square.get("/de/embed/colours/eeeeee-ffffff-dddddd.css").status_code == 404
    assert square.get("/de/embed/colours/x.css").status_code == 404


SENT = some.text("09afF#;:}(ü\0\n /", max_size=8)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(some.fixed_dictionaries(dict.fromkeys(("accent", "ground", "ink"), SENT)))
def test_whatever_is_sent_as_colours_is_readable_and_nothing_but_colours(sent):
    look = readable(read_look(sent))
    assert look.is_readable
    assert look_of_word(look.word) == look
    assert re.fullmatch(r":root\{color-scheme:only light;(--[a-z-]+:#[0-9a-f]{6};?)+\}\n", look.stylesheet)


def test_any_three_colours_become_readable():
    chance = random.Random(7)
    for _n in range(500):
        assert readable(Look(*(f"{chance.randrange(0x1000000):06x}" for _name in NAMES))).is_readable


def test_the_page_that_makes_them_shows_what_to_copy(square, at_eleven):
    page = square.page("fuer-ihre-website/", what="asks", village="niel", most="5", accent="#7a1f1f")
    address = "http://localhost/de/embed/asks/?village=niel&amp;most=5&amp;accent=7a1f1f"
    assert f'<iframe src="{address}"' in unescape(page)
    assert "Suche und Biete: Niel" in page
    assert "http://localhost/de/embed/asks/fragment/?village=niel" in page
    assert "nicht zu lesen" in square.page("fuer-ihre-website/", ink="#fefefe")


def test_a_room_that_is_closed_is_embedded_nowhere(kranenburg, square, at_eleven):
    kranenburg.municipality.rooms_off = ["exchange"]
    kranenburg.municipality.save()
    square.page("embed/asks/", status=404)
    assert "Suche und Biete" not in square.page("fuer-ihre-website/", what="asks")


@pytest.mark.parametrize("what", MAKERS)
def test_an_embed_asks_the_database_as_often_for_one_as_for_many(what, kranenburg, square, at_eleven, unkept):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            square.page(f"embed/{what}/", most="20")
        return len(queries)

    MAKERS[what](kranenburg.village("niel"))
    asked()
    for_one = asked()
    for _n in range(9):
        MAKERS[what](kranenburg.village("niel"))
    asked()
    assert asked() == for_one
    assert for_one <= 22
