"""Story 13: the screen in the bakery loses the network for a day and still shows today's dates."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.hanging import BERLIN, hang
from tests.browser.tour import Things
from tests.fixtures.chromium import OpenWindow
from tests.fixtures.installation import Installation

pytestmark = pytest.mark.browser


def days_shown(page: Page) -> set[str]:
    """The days that had their turn in one round, as “Heute 2026-11-28”."""
    found = set()
    for _turn in range(page.locator("main section").count()):
        page.keyboard.press("ArrowRight")
        slide = page.locator("main section:not([hidden])")
        day = slide.get_attribute("data-day")
        if day and slide.get_attribute("lang") == "de":
            found.add(f"{slide.locator('[data-when]:not([hidden])').inner_text()} {day}")
    return found


def test_a_day_without_the_server_shows_the_right_day_also_after_a_reboot(
    window: OpenWindow, installation: Installation
) -> None:
    now = datetime.now(UTC)
    morning = now.astimezone(BERLIN).replace(hour=7, minute=0)
    here = hang(window, Things(installation), now=morning)
    page = here.page
    today, tomorrow, after = ((morning + timedelta(days=n)).date().isoformat() for n in range(3))
    assert days_shown(page) == {f"Heute {today}", f"Morgen {tomorrow}"}
    assert page.locator("[data-quiet]").inner_text() == ""
    here.context.set_offline(True)
    page.clock.fast_forward(timedelta(hours=1).total_seconds() * 1000)
    expect(page.locator("[data-quiet]")).to_contain_text("Keine Neuigkeiten seit")
    page.clock.fast_forward(timedelta(hours=23).total_seconds() * 1000)
    assert days_shown(page) == {f"Heute {tomorrow}", f"Morgen {after}"}
    page.reload()
    page.wait_for_function("() => document.documentElement.classList.contains('screen-runs')")
    assert days_shown(page) == {f"Heute {tomorrow}", f"Morgen {after}"}
    expect(page.locator("[data-quiet]")).to_contain_text("07:0")
    page.clock.fast_forward(timedelta(hours=30).total_seconds() * 1000)
    expect(page.locator("main section:not([hidden])")).to_have_attribute("data-sort", "welcome")
    here.context.set_offline(False)
    here.faults.clear()  # what could not be fetched meanwhile
