"""Story 10: somebody without an account reports something, gets a receipt and a reason; somebody else looks again."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.tour import Things
from tests.fixtures.chromium import OpenWindow
from tests.fixtures.installation import Installation

pytestmark = pytest.mark.browser


def test_a_passer_by_reports_and_learns_what_became_of_it(window: OpenWindow, installation: Installation):
    entry = Things(installation).location["code"]
    walker = window(language="de", width=390)
    page = walker.page
    walker.go(f"/de/e/{entry}/")

    # Two clicks from the entry to the form and out of it
    page.locator("main").get_by_role("link", name="Das melden").click()
    walker.settle()
    page.get_by_label("Was ist nicht in Ordnung?").select_option("untrue")
    page.get_by_label("Mit Ihren Worten").fill("Das Haus steht seit Jahren leer.")
    page.get_by_label("Was ich hier sage").check()
    page.get_by_role("button", name="Meldung absenden").click()
    walker.settle()
    expect(page.locator("h1")).to_have_text("Ihre Meldung")
    expect(page.locator("main")).to_contain_text("Das Haus steht seit Jahren leer.")
    receipt = page.url

    # Somebody who looks after the square decides, with a reason
    office = window("admin@example.org", language="de")
    office.go("/de/moderation/")
    expect(office.page.locator("h1")).to_have_text("Moderation")
    title = office.page.locator(".case", has_text="Nicht wahr oder irreführend").first
    title.get_by_role("link").first.click()
    office.settle()
    expect(office.page.locator("main")).to_contain_text("Das Haus steht seit Jahren leer.")
    office.page.get_by_label("So lassen, wie es ist").check()
    office.page.get_by_label("Ihre Begründung").fill("Ich war dort: Mittwochs ist offen.")
    office.page.get_by_role("button", name="Entscheiden").click()
    office.settle()
    expect(office.page.locator("main")).to_contain_text(re.compile("Entschieden: Es bleibt"))

    # The reporter reads it behind her receipt, and says that she sees it differently
    walker.go(receipt.removeprefix(walker.origin))
    expect(page.locator("main")).to_contain_text("Ich war dort: Mittwochs ist offen.")
    page.get_by_label("Warum sehen Sie es anders?").fill("Auch mittwochs war niemand da.")
    page.get_by_role("button", name="Widersprechen").click()
    walker.settle()
    expect(page.locator("main")).to_contain_text("Jemand anders als beim ersten Mal sieht es sich an.")

    # Whoever decided first does not decide again
    office.go("/de/moderation/")
    expect(office.page.locator("#appeals-title ~ ul")).not_to_contain_text("Auch mittwochs")
