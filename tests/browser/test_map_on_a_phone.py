"""The map on a phone, where the list comes first and the map only when it is asked for."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from tests.fixtures.chromium import OpenWindow

pytestmark = pytest.mark.browser


def test_a_map_opened_after_narrowing_the_list_shows_what_the_list_shows(window: OpenWindow):
    page = window(width=390).go("/de/karte/")
    page.locator(".filter-sheet > summary").click()
    page.locator("a.facet[href*='village=']").first.click()
    page.wait_for_url("**village=**")
    page.locator(".filter-sheet > summary").click()
    page.locator(".finder-switch").click()
    page.wait_for_selector("dorf-map[data-ready]")

    asked = page.locator("dorf-map").get_attribute("data-url") or ""
    assert parse_qs(urlsplit(asked).query)["village"] == parse_qs(urlsplit(page.url).query)["village"]
