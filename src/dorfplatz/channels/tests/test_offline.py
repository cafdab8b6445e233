"""What a phone needs to keep the square."""

from __future__ import annotations

import io
import json

import pytest
from PIL import Image

from dorfplatz.channels.app_icon import app_icon


@pytest.mark.parametrize(("language", "name"), [("de", "Dorfplatz Kranenburg"), ("nl", "Dorpsplein Kranenburg")])
def test_the_square_can_be_put_on_the_home_screen_in_each_language(square, language, name):
    answer = square.get(f"/{language}/manifest.webmanifest")
    told = json.loads(answer.content)
    assert answer["Content-Type"] == "application/manifest+json"
    assert (told["name"], told["lang"], told["start_url"], told["scope"]) == (name, language, f"/{language}/", "/")
    for icon in told["icons"]:
        assert square.get(icon["src"]).status_code == 200
    assert f'rel="manifest" href="/{language}/manifest.webmanifest"' in square.get(f"/{language}/").content.decode()


@pytest.mark.parametrize("size", [192, 512])
def test_the_picture_is_drawn_in_the_colour_of_the_municipality(square, kranenburg, size):
    kranenburg.municipality.accent = "#1F5673"
    kranenburg.municipality.save()
    picture = Image.open(io.BytesIO(square.get(f"/app-icon-{size}.png").content))
    assert picture.size == (size, size)
    assert picture.getpixel((0, 0)) == (0x1F, 0x56, 0x73)
    assert app_icon("#A63D2F", size) != app_icon("#1F5673", size)


def test_the_worker_stands_at_the_root_and_knows_pages_in_all_languages(square):
    answer = square.get("/sw.js")
    script = answer.content.decode()
    assert answer["Content-Type"].startswith("text/javascript")
    assert answer["Cache-Control"] == "no-cache"
    told = json.loads(script.removeprefix("self.dorf=").partition(";\n")[0])
    assert told["offline"] == {"de": "/de/ohne-netz/", "nl": "/nl/zonder-netwerk/", "en": "/en/without-network/"}
    assert "credentials" in script


def test_the_page_says_what_stays_on_the_device(square):
    assert "nichts nur für Mitglieder" in square.page("ohne-netz/")


def test_a_page_knows_its_reader_by_a_mark_that_says_nothing_of_her(cast, square):
    page = cast.at_the_square("anna").page("ohne-netz/")
    mark = page.partition('name="dorf-reader" content="')[2].partition('"')[0]
    assert len(mark) == 16
    assert mark not in cast.at_the_square("ben").page("ohne-netz/")
    assert "dorf-reader" not in square.page("ohne-netz/")
