"""Story 5, answers: whoever needs a hand and whoever has one agree by letter; and a neighbour writes to a club."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.tour import Things
from tests.fixtures.chromium import OpenWindow, Window
from tests.fixtures.installation import Installation

pytestmark = pytest.mark.browser


def press(at: Window, role: str, name: str | re.Pattern[str]) -> None:
    at.page.locator("main").get_by_role(role, name=name).first.click()
    at.settle()


def write(at: Window, text: str, button: str | re.Pattern[str] = "Brief abschicken") -> None:
    at.page.get_by_label("Ihr Brief").fill(text)
    press(at, "button", button)


def test_from_i_can_help_to_a_letter(window: OpenWindow, installation: Installation):
    things = Things(installation)
    helper = window("ben@example.org", width=390)
    helper.go(f"/de/e/{things.entry_named('Wer nimmt mich mit zur Augenklinik')}/")
    press(helper, "link", "Ich kann helfen")
    helper.page.get_by_label("Ihre Antwort").fill("Ich fahre um neun, und zurück auch.")
    press(helper, "button", "Antwort abschicken")

    asker = window("anna@example.org")
    asker.go("/de/neues-fuer-mich/")
    expect(asker.page.locator(".note-new").first).to_contain_text("Ben Terhorst antwortet Ihnen")
    press(asker, "link", re.compile("Augenklinik"))
    expect(asker.page.locator("main")).to_contain_text("Ich fahre um neun")
    press(asker, "button", "Ja, gern!")
    press(asker, "link", "Einen Brief schreiben")
    # Its name, not its text: before it stands a face, or initials until the picture is prepared.
    expect(asker.page.get_by_role("heading", level=1, name="Briefe mit Ben Terhorst", exact=True)).to_be_visible()
    write(asker, "Um neun vor der Kirche? Ich bringe Kuchen mit.")

    helper.go("/de/briefe/")
    expect(helper.page.locator(".is-unread", has_text="Anna Verheyen")).to_be_visible()
    press(helper, "link", re.compile("Anna Verheyen"))
    expect(helper.page.locator(".letter").last).to_contain_text("Ich bringe Kuchen mit.")


def test_a_neighbour_writes_to_a_club_and_the_club_answers(window: OpenWindow, installation: Installation):
    neighbour = window("admin@example.org", width=390)
    neighbour.go(f"/de/e/{Things(installation).club['code']}/")
    press(neighbour, "link", "Einen Brief schreiben")
    expect(neighbour.page.locator("h1")).to_have_text(re.compile("Ein Brief an Nieler Stimmen"))
    write(neighbour, "Singen Sie auch auf Hochzeiten?")
    expect(neighbour.page.locator(".letter-own")).to_contain_text("Hochzeiten")

    keeper = window("anna@example.org", language="nl", width=390)
    keeper.go("/nl/brieven/")
    line = keeper.page.locator(".letters-lines li", has_text="Adele Roelofs")
    expect(line).to_contain_text("aan Nieler Stemmen")
    line.get_by_role("link").click()
    keeper.settle()
    keeper.page.get_by_label("Uw brief").fill("Gern, wenn es Torte gibt.")
    press(keeper, "button", re.compile("Antwoorden als Nieler Stemmen"))

    neighbour.page.reload()
    said = neighbour.page.locator(".letter").last
    expect(said).to_contain_text("Gern, wenn es Torte gibt.")
    expect(said).to_contain_text("Nieler Stimmen")
    expect(said).not_to_contain_text("Anna")
