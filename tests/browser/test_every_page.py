"""Each page of the square in a real Chromium, in German and in Dutch, wide and narrow."""

import pytest

from dorfplatz.operations.routes import routes
from tests.browser.looking import (
    accessibility_faults,
    english_words,
    narrow_faults,
    overflow,
    set_width,
)
from tests.browser.tour import CASES, PAGES, WITHOUT_PAGE, Stop, Things
from tests.fixtures.chromium import OpenWindow

pytestmark = pytest.mark.browser


def test_no_page_is_left_out_of_the_tour():
    known = {stop.route for stop in PAGES} | set(WITHOUT_PAGE)
    addresses = {route.name for route in routes()}
    assert addresses - known == set()
    assert known - addresses - {""} == set()


@pytest.mark.parametrize(("stop", "language"), CASES, ids=str)
def test_every_page(window: OpenWindow, things: Things, stop: Stop, language: str):
    """Accessible, in the reader's language, within the screen, and silent: nothing refused, broken or fetched."""
    here = window(stop.who, language=language)
    page = here.go(stop.path(things, language), stop.status)
    faults = accessibility_faults(page)
    assert page.locator("html").get_attribute("lang") == language
    faults += english_words(page, language)
    has_map = page.locator("dorf-map, dorf-point").count() > 0
    if not has_map:
        faults += [f"map code without a map: {url}" for url in here.asked if "/build/map" in url]
    set_width(page, 390)
    if page.locator(".filter-sheet").count():
        page.reload()  # it opens by itself on a wide screen only
    faults += overflow(page, 390) + narrow_faults(page)
    set_width(page, 320)
    faults += overflow(page, 320)
    assert not faults, "\n" + "\n".join(faults)
