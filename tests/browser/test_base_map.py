"""The base map and the search for an address, in a square of its own with an extract of Kranenburg's ground."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

import pytest
from playwright.sync_api import Response, expect

from dorfplatz.basemap.tests.villages import niel
from tests.browser.looking import accessibility_faults
from tests.environment import FAMILY
from tests.fixtures.chromium import OpenWindow
from tests.fixtures.installation import Installation

# In one place: each worker that has one of these would make a square of its own.
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("base-map")]
EDITOR = "ben@example.org"
LAT, LON, STREET = "#id_lat", "#id_lon", "#id_street"


@pytest.fixture(scope="module")
def installation() -> Iterator[Installation]:
    """Not the square of the other tests, which do without a base map."""
    started = Installation(Path(mkdtemp(prefix="base-map-", dir=os.environ[FAMILY])))
    extract = niel().write(started.home / "niel.osm.pbf")
    assert "3 Straßen" in started.command("basemap", str(extract), "--municipality", "kranenburg")
    yield started
    started.stop()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("path", "language"), [("/de/karte/", "de"), ("/nl/kaart/", "nl")])
def test_the_map_is_drawn_on_tiles_of_our_own(window: OpenWindow, path: str, language: str, scheme: str):
    opened = window(language=language, color_scheme=scheme)
    answers: list[Response] = []
    opened.page.on("response", lambda answer: answers.append(answer) if ".pmtiles" in answer.url else None)
    page = opened.go(path)
    page.wait_for_selector("dorf-map[data-ready]")
    # The head of the file, and then tiles.
    for _ in range(200):
        if len(answers) > 1:
            break
        page.wait_for_timeout(50)
    page.wait_for_load_state("networkidle")
    assert len(answers) > 1
    assert {answer.status for answer in answers} == {206}
    expect(page.locator(".map-source")).to_contain_text("© OpenStreetMap")
    assert accessibility_faults(page) == []
    assert page.evaluate("window.layoutShift") < 0.1


def test_pages_without_a_map_ask_for_nothing_of_it(window: OpenWindow):
    opened = window()
    opened.go("/de/")
    assert [url for url in opened.asked if "map" in url.rsplit("/", 1)[1]] == []


def test_a_street_is_chosen_then_its_number_and_the_pin_is_there(window: OpenWindow):
    page = window(EDITOR).go("/de/eintragen/")
    field = page.get_by_label("Die Stelle über die Adresse finden")
    field.press_sequentially("dorfstr niel")
    options = page.locator(".suggests [role=option]")
    expect(options).to_have_count(1)
    expect(page.get_by_role("combobox", name="Die Stelle über die Adresse finden")).to_have_attribute(
        "aria-expanded", "true"
    )
    expect(page.locator("#suggestions-said")).to_contain_text("mit den Pfeiltasten")
    assert accessibility_faults(page) == []

    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(field).to_have_value("Dorfstraße ")
    expect(page.locator(LAT)).to_have_value("51.82620")
    expect(options).to_have_count(3)
    field.press_sequentially("12")
    expect(options).to_have_count(2)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(field).to_have_value("Dorfstraße 12a")
    expect(page.locator(LAT)).to_have_value("51.82670")
    expect(page.locator(LON)).to_have_value("6.02070")
    expect(page.locator(STREET)).to_have_value("Dorfstraße 12a")
    expect(options).to_have_count(0)
    assert page.url.endswith("/de/eintragen/")


def test_what_somebody_typed_as_street_stays(window: OpenWindow):
    page = window(EDITOR).go("/de/eintragen/")
    page.locator(STREET).fill("Hinter der Kirche")
    page.get_by_label("Die Stelle über die Adresse finden").press_sequentially("kapellenweg")
    page.locator(".suggests [role=option]").first.click()
    expect(page.locator(LAT)).to_have_value("51.83000")
    expect(page.locator(STREET)).to_have_value("Hinter der Kirche")


def test_without_scripts_the_address_is_chosen_from_a_list(window: OpenWindow):
    opened = window(EDITOR, java_script_enabled=False)
    page = opened.page
    page.goto(f"{opened.origin}/de/eintragen/")
    page.get_by_label("Die Stelle über die Adresse finden").fill("Dorfstr. 12, Niel")
    page.get_by_role("button", name="Suchen").last.click()
    page.get_by_role("radio", name="Dorfstraße 12a, Niel").check()
    page.get_by_role("button", name="Die Nadel dorthin setzen").click()
    expect(page.locator(LAT)).to_have_value("51.82670")
    expect(page.locator(STREET)).to_have_value("Dorfstraße 12a")
