"""What a first visit costs: kilobytes, requests and jumps of the page."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.tour import LANGUAGES, Stop, Things
from tests.fixtures.chromium import OpenWindow, Window

pytestmark = pytest.mark.browser

HEAVIEST_HOME_BYTES = 150_000
# What Google calls good is 0.1; what nobody can see is a tenth of that.
LARGEST_SHIFT = 0.01
QUIET_MS = 600
FIRST_PAGES = [
    Stop("portal:municipality"),
    Stop("portal:village", thing="village"),
    Stop("places:map"),
    Stop("entries:entry_without_words", thing="organization"),
]


def weigh(window: Window) -> dict[str, int]:
    """Follows the bytes on the wire, compressed, by address; filled while pages load."""
    addresses: dict[str, str] = {}
    weights: dict[str, int] = {}
    wire = window.context.new_cdp_session(window.page)
    wire.send("Network.enable")
    wire.send("Network.setCacheDisabled", {"cacheDisabled": True})

    def asked(event: dict[str, Any]) -> None:
        addresses[event["requestId"]] = event["request"]["url"]

    def came(event: dict[str, Any]) -> None:
        weights[addresses.get(event["requestId"], "?")] = int(event["encodedDataLength"])

    wire.on("Network.requestWillBeSent", asked)
    wire.on("Network.loadingFinished", came)
    return weights


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [390, 1280])
def test_the_home_page_is_light(window: OpenWindow, language: str, width: int):
    here = window(language=language, width=width)
    weights = weigh(here)
    here.go(f"/{language}/")
    counted = {url: size for url, size in weights.items() if "/media/" not in url}
    heaviest = "\n".join(f"{size:>8} {url}" for url, size in sorted(counted.items(), key=lambda one: -one[1]))
    assert counted, "nothing was weighed"
    assert sum(counted.values()) < HEAVIEST_HOME_BYTES, heaviest


@pytest.mark.parametrize("stop", FIRST_PAGES, ids=str)
@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_jumps_while_a_page_loads(window: OpenWindow, things: Things, stop: Stop, width: int):
    here = window(width=width)
    page = here.go(stop.path(things, "de"))
    page.wait_for_timeout(QUIET_MS)
    assert page.evaluate("() => window.layoutShift") <= LARGEST_SHIFT


def test_a_jump_would_be_noticed(window: OpenWindow):
    page = window().go("/de/")
    page.evaluate("() => document.querySelector('main').style.marginTop = '300px'")
    page.wait_for_timeout(QUIET_MS)
    assert page.evaluate("() => window.layoutShift") > LARGEST_SHIFT


def test_the_map_code_comes_with_the_map_only(window: OpenWindow, things: Things):
    here = window()
    here.go("/de/")
    assert not [url for url in here.asked if "/build/map" in url]
    path = Stop("places:map").path(things, "de")
    with here.page.expect_request(lambda request: "/build/map-library" in request.url, timeout=45_000):
        here.go(path)
