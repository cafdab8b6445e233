"""Which language somebody reads."""

from __future__ import annotations

import pytest

from dorfplatz.villages.middleware import LANGUAGE_COOKIE, preferred_language
from dorfplatz.villages.models import Municipality
from tests.fixtures.kranenburg import Square


@pytest.mark.parametrize(
    ("header", "language"),
    [("nl", "nl"), ("nl-BE, de;q=0.5", "nl"), ("fr, en;q=0.3", "en"), ("fr", "de"), ("", "de"), ("x" * 3000, "de")],
)
def test_without_a_language_in_the_address_it_is_the_browsers(kranenburg, header, language):
    request = Square(header).get("/de/anmelden/").wsgi_request
    assert preferred_language(request) == language


def test_a_language_the_municipality_does_not_offer_gives_way_to_its_first(kranenburg):
    Municipality.objects.update(languages=["nl", "de"])
    assert preferred_language(Square("en").get("/de/anmelden/").wsgi_request) == "nl"


def test_who_switches_is_remembered(square):
    square.get("/nl/inloggen/", headers={"referer": "http://localhost/de/anmelden/"})
    assert square.cookies[LANGUAGE_COOKIE].value == "nl"
    assert preferred_language(square.get("/de/anmelden/").wsgi_request) == "nl"


@pytest.mark.parametrize(
    "referer", ["", "http://elsewhere.example/de/", "http://localhost/nl/dorpen/", "http://localhost/", "http://[/de/"]
)
def test_who_merely_follows_a_link_is_not(square, referer):
    square.get("/nl/inloggen/", headers={"referer": referer})
    assert LANGUAGE_COOKIE not in square.cookies


def test_the_answer_says_its_language_and_what_it_hangs_on(square):
    assert square.get("/nl/inloggen/")["Content-Language"] == "nl"
    assert "Accept-Language" in square.get("/").get("Vary", "")
