"""Story 1: Heinz comes back to Nütterden after thirty years. A few clicks, and he has the clubs, a contact and a place.

His wife Marijke does the same in Dutch.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Locator, expect

from dorfplatz.places.taxonomy import standard_taxonomy
from tests.fixtures.chromium import OpenWindow, Window

pytestmark = pytest.mark.browser

MOST_CLICKS = 6


@dataclass
class Reader:
    """Somebody with a telephone in the hand, whose clicks are counted."""

    window: Window
    language: str
    clicks: list[str] = field(default_factory=list)

    def click(self, target: Locator) -> None:
        self.clicks.append(target.inner_text())
        target.click()
        self.window.settle()

    def corner(self, slug: str) -> Locator:
        """The link to one of the subjects of the social map."""
        name = standard_taxonomy()[slug].names[self.language]
        return self.window.page.locator("main").get_by_role("link", name=name).first


@pytest.mark.parametrize(("language", "club_says"), [("de", "Bläser"), ("nl", "blazers")], ids=["Heinz", "Marijke"])
def test_somebody_comes_back_to_nuetterden(window: OpenWindow, language: str, club_says: str):
    here = window(language=language, width=390)
    reader, page = Reader(here, language), here.page

    # The bare address, as it stands on the card from the letter box, finds the language by itself.
    here.go("/")
    assert page.url == f"{here.origin}/{language}/"
    reader.click(page.locator("main").get_by_role("link", name="Nütterden").first)
    expect(page.locator("h1")).to_have_text("Nütterden")

    # The clubs
    reader.click(reader.corner("clubs"))
    clubs = page.locator(".card-title").all_inner_texts()
    assert any("Waldhorn" in club for club in clubs), clubs
    assert any("Schützen" in club or "schutter" in club.lower() for club in clubs), clubs
    assert all("Nütterden" in chip for chip in page.locator(".card .chip").all_inner_texts())

    # A contact
    reader.click(page.locator(".card-title a", has_text="Waldhorn"))
    expect(page.locator("main")).to_contain_text(club_says, ignore_case=True)
    assert page.locator('main a[href^="mailto:"], main a[href^="tel:"]').count() > 0

    # A meeting place, from the page of the village, where he also sees whom to ask
    page.goto(f"{here.origin}/{language}/nuetterden/")
    assert page.locator(".person").count() > 0
    reader.click(reader.corner("places"))
    reader.click(page.locator(".card-title a", has_text="Nütterden").first)
    address = page.locator("dd", has_text="47559")
    expect(address.first).to_be_visible()

    assert len(reader.clicks) <= MOST_CLICKS, reader.clicks
