"""A screen on a wall: dark at night, turned by hand, revoked, for a long time. Without a network: see story 13."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from tests.browser.hanging import BERLIN, hang
from tests.browser.tour import Things
from tests.fixtures.chromium import OpenWindow

pytestmark = pytest.mark.browser
TURNS = int(os.environ.get("SCREEN_TURNS", "60"))
SECONDS = 15  # a little more than a slide stands


def test_it_is_dark_at_night_and_the_slides_turn_by_themselves_and_by_hand(window: OpenWindow, things: Things) -> None:
    evening = datetime.now(UTC).astimezone(BERLIN).replace(hour=21, minute=55)
    here = hang(window, things, now=evening)
    page = here.page
    shown = page.locator("main section:not([hidden])")
    expect(shown).to_have_count(1)
    before = shown.inner_text()
    page.clock.run_for(SECONDS * 1000)
    expect(shown).to_have_count(1)
    assert shown.inner_text() != before
    page.get_by_role("button", name="Anhalten").press("Enter")
    held = shown.inner_text()
    page.clock.run_for(5 * SECONDS * 1000)
    assert shown.inner_text() == held
    page.clock.fast_forward(10 * 60 * 1000)
    assert page.evaluate("() => document.body.classList.contains('is-night')")
    assert not page.locator("main section:not([hidden])").is_visible()
    assert page.locator("[data-clock]").is_visible()


def test_a_revoked_screen_says_so_and_forgets_what_it_kept_and_a_lost_way_ends_none(
    window: OpenWindow, things: Things
) -> None:
    ben = window("ben@example.org")
    ben.go("/de/schaukaesten/neu/")
    ben.page.get_by_label("Wo hängt er?").fill("Zum Abhängen")
    ben.page.get_by_role("button", name="Einrichten").click()
    box = ben.page.locator("article", has_text="Zum Abhängen")
    code = str(box.locator(".screen-address a").get_attribute("href")).rstrip("/").rpartition("/")[2]
    here = hang(window, things, now=datetime.now(UTC), code=code)
    here.page.route("**/schaukasten/*/", lambda route: route.fulfill(status=404, body="weg"))
    here.page.clock.fast_forward(6 * 60 * 1000)
    here.page.wait_for_timeout(300)
    assert here.page.evaluate("() => caches.has('dorf-screen')")
    here.page.unroute("**/schaukasten/*/")
    box.get_by_role("link", name="Ändern oder abmelden").click()
    ben.page.get_by_role("button", name="Den Schaukasten abmelden").click()
    here.page.clock.fast_forward(6 * 60 * 1000)
    here.page.get_by_role("heading", name="Dieser Schaukasten wurde abgemeldet").wait_for()
    assert here.page.evaluate("() => caches.has('dorf-screen')") is False
    assert here.page.evaluate("() => localStorage.getItem('dorf-screen-heard')") is None
    assert here.page.evaluate("() => navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0
    here.faults.clear()  # the answer that was ours, and the address that is no more


def test_its_memory_stays_flat_however_often_the_slides_turn(
    window: OpenWindow, things: Things, record_property: Callable[[str, object], None]
) -> None:
    here = hang(window, things, now=datetime.now(UTC).astimezone(BERLIN).replace(hour=10))
    session = here.context.new_cdp_session(here.page)

    def grown() -> tuple[int, int, float]:
        for _time in range(3):  # what a page has read and let go is collected in more than one round
            session.send("HeapProfiler.collectGarbage")
        counts = session.send("Memory.getDOMCounters")
        return counts["nodes"], counts["jsEventListeners"], session.send("Runtime.getHeapUsage")["usedSize"]

    def turn(times: int) -> None:
        for _portion in range(times // 20):
            here.page.clock.run_for(20 * SECONDS * 1000)

    turn(20)
    before = grown()
    turn(TURNS)
    after = grown()
    record_property("turns", TURNS)
    for name, was, there_is in zip(("nodes", "listeners", "bytes"), before, after, strict=True):
        record_property(f"{name}_at_first", was)
        record_property(f"{name}_at_the_end", there_is)
    assert after[0] <= before[0] * 1.1, (before, after)
    assert after[1] <= before[1] + 2, (before, after)
    assert after[2] <= before[2] * 1.2, (before, after)
