"""Suggestions under the search field: by keyboard, by finger, and as a screen reader is told of them."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.looking import accessibility_faults, overflow
from tests.fixtures.chromium import OpenWindow

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("path", "field"), [("/de/", "#home-q"), ("/de/niel/", "#village-q"), ("/de/karte/", "#map-q")]
)
def test_a_suggestion_is_chosen_with_the_keyboard(window: OpenWindow, path: str, field: str):
    page = window().go(path)
    page.locator(field).press_sequentially("bäck")
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    expect(page.get_by_role("combobox")).to_have_attribute("aria-expanded", "true")
    expect(page.locator("#suggestions-said")).to_contain_text("mit den Pfeiltasten")
    assert accessibility_faults(page) == []

    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(page.locator(field)).to_have_attribute("aria-activedescendant", str(options.first.get_attribute("id")))
    page.keyboard.press("ArrowUp")
    assert page.locator(field).get_attribute("aria-activedescendant") is None
    page.keyboard.press("Escape")
    expect(options).to_have_count(0)
    expect(page.locator(field)).to_have_value("bäck")

    page.keyboard.press("e")
    expect(options.first).to_be_visible()
    goal = str(options.first.get_attribute("data-url"))
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{goal}")


def test_a_suggestion_is_tapped_on_a_phone(window: OpenWindow):
    page = window(width=390, language="nl", has_touch=True).go("/nl/")
    page.locator("#home-q").press_sequentially("fiets")
    option = page.get_by_role("option").first
    expect(option).to_be_visible()
    assert overflow(page, 390) == []
    goal = str(option.get_attribute("data-url"))
    option.tap()
    page.wait_for_url(f"**{goal}")


def test_without_choosing_one_the_search_is_as_ever(window: OpenWindow):
    page = window().go("/de/")
    page.locator("#home-q").press_sequentially("chor")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**/de/suche/?q=chor")
    expect(page.get_by_role("option")).to_have_count(0)
