"""Story 4: a resident of Grafwegen, 78 people, sees Groesbeek's dates beside Kranenburg's; the page is never empty."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.fixtures.chromium import OpenWindow

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("language", "more"), [("de", "Mit den Nachbardörfern"), ("nl", "Met de buurdorpen")])
def test_a_small_village_shows_what_is_on_next_door(window: OpenWindow, language: str, more: str):
    here = window(language=language, width=390)
    page = here.page
    here.go(f"/{language}/grafwegen/")
    near = page.locator(".date-foot", has_text="Groesbeek")
    expect(near.first).to_be_visible()
    expect(near.first).to_contain_text("km")
    page.locator("main").get_by_role("link", name=more).click()
    here.settle()
    villages = " ".join(page.locator(".date-foot .chip").all_inner_texts())
    assert "Groesbeek" in villages
    assert "Kranenburg" in villages
