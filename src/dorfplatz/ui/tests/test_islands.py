"""The style page in a real browser: the islands, the menus, what happens without a mouse or without JavaScript.

The window itself fails on a script error, a refused resource, or a request to another machine.
"""

import pytest

pytestmark = pytest.mark.browser


def test_the_map_shows_its_entries_and_is_moved_by_keys(window):
    page = window(width=1280).go("/de/ui/")
    page.locator("dorf-map").scroll_into_view_if_needed()
    page.wait_for_selector("dorf-map[data-ready]")
    assert page.locator(".map-count").inner_text() == "27 Einträge hier"

    page.locator("dorf-map canvas").focus()
    for _ in range(4):
        page.keyboard.press("+")
        page.wait_for_timeout(400)

    assert page.locator(".map-count").inner_text() != "27 Einträge hier"


def test_the_pin_of_a_form_moves_by_arrow_keys_and_follows_typing(window):
    page = window(language="nl").go("/nl/ui/")
    page.locator("dorf-point").scroll_into_view_if_needed()
    page.wait_for_selector("dorf-point[data-ready]")
    before = float(page.input_value("#point_lat"))

    page.locator(".map-point-pin").focus()
    page.keyboard.press("ArrowUp")
    assert float(page.input_value("#point_lat")) > before

    page.fill("#point_lat", "51.80000")
    page.keyboard.press("Tab")
    page.locator(".map-point-pin").focus()
    page.keyboard.press("ArrowDown")
    assert float(page.input_value("#point_lat")) < 51.8


def test_an_entry_with_the_focus_lights_up_on_the_map(window):
    page = window(width=1280).go("/de/ui/")
    page.locator("dorf-map").scroll_into_view_if_needed()
    page.wait_for_selector("dorf-map[data-ready]")

    lit = page.evaluate(
        """() => { const map = document.querySelector('dorf-map'); map.light('a2');
        return document.querySelector('[data-entry=a2]').classList.contains('is-lit'); }"""
    )
    assert lit
    page.evaluate("document.querySelector('dorf-map').light('')")
    assert page.locator(".card.is-lit").count() == 0


def test_menus_close_by_escape_and_give_the_focus_back(window):
    page = window(width=390).go("/de/ui/")
    menu = page.locator(".bottom details")
    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    assert menu.get_attribute("open") is not None

    page.keyboard.press("Tab")
    page.keyboard.press("Escape")

    assert menu.get_attribute("open") is None
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_asking_before_deleting_can_be_called_off(window):
    page = window().go("/de/ui/")
    page.locator("[data-opens=confirm-delete]").click()
    assert page.locator("dialog#confirm-delete").is_visible()

    page.locator("dialog#confirm-delete").get_by_role("button", name="Abbrechen").click()

    assert not page.locator("dialog#confirm-delete").is_visible()


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_sticks_out_and_nothing_jumps(window, width):
    page = window(width=width).go("/nl/ui/")

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("window.layoutShift") < 0.02


def test_large_print_and_the_menu_work_without_javascript(window):
    page = window(width=390, java_script_enabled=False).go("/de/ui/")
    page.locator(".bottom details summary").click()
    page.locator(".bottom .menu-sheet").get_by_text("Große Schrift").click()

    assert page.url.endswith("/de/ui/")
    assert page.locator("html.large-print").count() == 1
    assert not page.locator("dorf-map").is_visible()
    assert page.locator("#point_lat").is_visible()
