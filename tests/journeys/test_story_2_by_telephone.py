"""Story 2: Mrs J. of Niel has no internet. She phones her connector, who asks in her name; a driver from Mehr answers,
she hears of it by phone; later all of it is erased.
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing

import pytest
from playwright.sync_api import expect

from tests.fixtures.chromium import OpenWindow, Window
from tests.fixtures.installation import Installation

pytestmark = pytest.mark.browser
SHE, DRIVER, PASSWORD = "Trude Jesse", "Willem Chauffeur", "vier hohe Pappeln"
ASK = "Wer fährt mich am Donnerstag zur Fußpflege?"


def press(at: Window, role: str, name: str | re.Pattern[str]) -> None:
    at.page.locator("main").get_by_role(role, name=name).first.click()
    at.settle()


def test_an_ask_by_telephone_is_answered_told_by_telephone_and_erased(window: OpenWindow, installation: Installation):
    ben = window("ben@example.org", width=390)
    _she_rings(ben)
    address = _asks_in_her_name(ben)

    driver = _comes_from_mehr(window, installation)
    driver.go("/de/suche-biete/?village=niel")
    press(driver, "link", ASK)
    expect(driver.page.locator(".aside").first).to_contain_text("Buurtverbinder, für jemanden in Niel")
    expect(driver.page.locator("body")).not_to_contain_text(SHE)
    press(driver, "link", "Ich kann helfen")
    driver.page.get_by_label("Ihre Antwort").fill("Donnerstags fahre ich sowieso. Um neun?")
    press(driver, "button", "Antwort abschicken")

    # Ben rings her, and presses what she says; the driver reads it.
    ben.go("/de/suche-biete/anrufe/")
    press(ben, "link", re.compile(SHE))
    expect(ben.page.locator("main")).to_contain_text("Donnerstags fahre ich sowieso.")
    press(ben, "button", "Ja, gern!")
    driver.go("/de/suche-biete/meine/")
    press(driver, "link", re.compile(ASK[:20]))
    expect(driver.page.locator("main")).to_contain_text("Ihre Hilfe ist willkommen")

    # She needs no more help: nothing of her is left.
    ben.go("/de/einstellungen/ohne-internet/")
    ben.page.locator(".role-holders li", has_text=SHE).get_by_role("link", name=re.compile("Beenden")).click()
    ben.settle()
    press(ben, "button", "Beenden und löschen")
    expect(ben.page.locator(".messages")).to_contain_text("gelöscht")
    answer = ben.page.goto(ben.origin + address)
    assert answer is not None
    assert answer.status in {404, 410}
    ben.go("/de/suche-biete/?village=niel")
    expect(ben.page.locator("main")).not_to_contain_text(ASK)
    with closing(sqlite3.connect(installation.home / "dorfplatz.sqlite3", timeout=30)) as database:
        people = database.execute("SELECT count(*) FROM members_identity WHERE name = ?", [SHE]).fetchone()
        entries = database.execute("SELECT count(*) FROM entries_entry WHERE title = ?", [ASK]).fetchone()
    assert (people, entries) == ((0,), (0,))


def _she_rings(ben: Window) -> None:
    page = ben.go("/de/einstellungen/ohne-internet/")
    page.locator("[name=name]").fill(SHE)
    page.locator("[name=village]").select_option(label="Niel")
    page.locator("[name=consent_by][value=phone]").check()
    page.locator("[name=purpose]").fill("sucht eine Fahrt zur Fußpflege")
    press(ben, "button", "Zustimmung liegt vor")
    page.locator(".role-holders li", has_text=SHE).get_by_role("button", name=re.compile("schreiben")).click()
    ben.settle()
    expect(page.locator(".acting")).to_contain_text(SHE)


def _asks_in_her_name(ben: Window) -> str:
    """Where the ask stands."""
    page = ben.go("/de/suche-biete/")
    press(ben, "link", "Ich suche etwas")
    press(ben, "link", re.compile("Mitfahren"))
    page.locator("#id_title").fill(ASK)
    page.locator("[name=from_words]").fill("Niel")
    page.locator("[name=to_words]").fill("Kranenburg")
    page.get_by_label("Niel", exact=True).check()
    press(ben, "button", "Eintragen")
    expect(page.locator("h1")).to_have_text(ASK)
    address = page.url.removeprefix(ben.origin)
    page.locator(".acting").get_by_role("button", name="Wieder ich selbst sein").click()
    ben.settle()
    expect(page.locator(".acting")).to_have_count(0)
    return address


def _comes_from_mehr(window: OpenWindow, installation: Installation) -> Window:
    code = installation.command("cards", "mehr", "--count", "1").strip().rstrip("/").rpartition("/")[2]
    driver = window(width=390)
    driver.go(f"/de/mitmachen/{code}/")
    for name, text in (("name", DRIVER), ("email", "willem.chauffeur@example.org"), ("password", PASSWORD)):
        driver.page.locator(f"[name={name}]").fill(text)
    driver.page.locator("[name=age][value=older]").click()
    driver.page.locator("[name=agreed]").click()
    driver.page.locator("main form button[type=submit]").click()
    driver.page.wait_for_url(re.compile("/de/mehr/$"))
    return driver
