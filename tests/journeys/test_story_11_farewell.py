"""Story 11: a newcomer joins with a card, asks, is welcomed, takes her data along and leaves; her comment stays."""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing

import pytest
from playwright.sync_api import expect

from tests.browser.tour import Things
from tests.fixtures.chromium import OpenWindow, Window
from tests.fixtures.installation import Installation

pytestmark = pytest.mark.browser
NAME, EMAIL, PASSWORD = "Zwanette Quittenbaum", "zwanette@example.org", "vier hohe Pappeln"
ERASE = """
import django
django.setup()
from dorfplatz.members.tasks import erase_those_who_left
erase_those_who_left.func()
"""


def press(at: Window, role: str, name: str | re.Pattern[str]) -> None:
    at.page.locator("main").get_by_role(role, name=name).first.click()
    at.settle()


def join(window: OpenWindow, installation: Installation) -> Window:
    code = installation.command("cards", "zyfflich", "--count", "1").strip().rstrip("/").rpartition("/")[2]
    newcomer = window(width=390)
    newcomer.go(f"/de/mitmachen/{code}/")
    for name, text in (("name", NAME), ("email", EMAIL), ("password", PASSWORD)):
        newcomer.page.locator(f"[name={name}]").fill(text)
    newcomer.page.locator("[name=age][value=older]").click()
    newcomer.page.locator("[name=agreed]").click()
    newcomer.page.locator("main form button[type=submit]").click()
    newcomer.page.wait_for_url(re.compile("/de/zyfflich/$"))
    return newcomer


def test_she_comes_asks_is_welcomed_and_goes_with_all_her_data(window: OpenWindow, installation: Installation):
    newcomer = join(window, installation)
    page = newcomer.page

    # She asks for something
    newcomer.go("/de/suche-biete/")
    press(newcomer, "link", "Ich suche etwas")
    press(newcomer, "link", "Helfende Hände")
    page.locator("[name=title]").fill("Wer hilft mir beim Tragen?")
    press(newcomer, "button", "Eintragen")
    expect(page.locator("h1")).to_contain_text("Wer hilft mir beim Tragen?")

    # The connector of her village hears that she is there, and writes to her
    connector = window("ben@example.org")
    connector.go("/de/neues-fuer-mich/")
    press(connector, "link", f"{NAME} ist neu in Ihrem Dorf. Sagen Sie Hallo!")
    press(connector, "link", "Einen Brief schreiben")
    connector.page.get_by_label("Ihr Brief").fill("Herzlich willkommen in Zyfflich!")
    press(connector, "button", "Brief abschicken")
    newcomer.go("/de/briefe/")
    press(newcomer, "link", re.compile("Ben Terhorst"))
    expect(page.locator(".letter").last).to_contain_text("Herzlich willkommen in Zyfflich!")

    # She says something under somebody's post
    code = Things(installation).entry_named("Graue Katze")
    newcomer.go(f"/de/e/{code}/")
    page.locator("[name=text]").fill("Am Deich sitzt eine getigerte.")
    press(newcomer, "button", "Kommentieren")
    expect(page.locator("main")).to_contain_text("Am Deich sitzt eine getigerte.")

    # She takes everything along, and goes
    newcomer.go("/de/meine-seite/meine-daten/")
    page.locator("[name=password]").fill(PASSWORD)
    with page.expect_download() as coming:
        page.get_by_role("button", name="Meine Daten herunterladen").click()
    with zipfile.ZipFile(coming.value.path()) as archive:
        told = json.loads(archive.read("dorfplatz.json"))
        assert "Wer hilft mir beim Tragen?" in archive.read("index.html").decode()
    assert told["parts"]["person"][0]["email"] == EMAIL
    press(newcomer, "link", "Den Dorfplatz verlassen")
    page.locator("[name=password]").fill(PASSWORD)
    press(newcomer, "button", "Endgültig gehen")
    expect(page.locator("main")).to_contain_text("wird alles über Sie gelöscht")
    newcomer.go("/de/meine-seite/", status=200)
    expect(page.locator("main [name=password]")).to_be_visible()

    # The 30 days are over: her comment stays, without her name
    with closing(sqlite3.connect(installation.home / "dorfplatz.sqlite3", timeout=30)) as database, database:
        database.execute(
            """
            UPDATE members_leaving SET asked_at = '2019-12-01 00:00:00', due_at = '2020-01-01 00:00:00'
            WHERE identity_id = (SELECT id FROM members_identity WHERE name = ?)
            """,
            [NAME],
        )
    subprocess.run(
        [sys.executable, "-c", ERASE], check=True,
        env={**installation.environment, "DJANGO_SETTINGS_MODULE": "dorfplatz.config.settings"},
    )  # fmt: skip
    connector.go(f"/de/e/{code}/")
    expect(connector.page.locator("main")).to_contain_text("Am Deich sitzt eine getigerte.")
    expect(connector.page.locator("main")).not_to_contain_text("Zwanette")
    connector.go("/de/suche-biete/")
    expect(connector.page.locator("main")).not_to_contain_text("Wer hilft mir beim Tragen?")
