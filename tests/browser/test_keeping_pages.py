"""Whoever keeps an entry changes, and what a role may do: from the first click to the last, in both languages."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.tour import Things
from tests.fixtures.chromium import OpenWindow
from tests.fixtures.installation import Installation

pytestmark = pytest.mark.browser
WORDS = {
    "de": {
        "ours": "Das sind wir: selbst pflegen", "what": "Was sind Sie dort?", "ask": "Ich möchte den Eintrag pflegen",
        "asked": "Sobald jemand nachgesehen hat", "waits": "auf Ihre Antwort", "yes": "Ja, einverstanden",
        "over": "Übergeben", "mail": "E-Mail-Adresse der Person", "person": "Diese Person fragen",
        "name": "Ihr Name", "password": "Passwort", "join": "Mitmachen", "kept": "Gepflegt von", "me": "meine-seite",
        "roles": "einstellungen/was-rollen-duerfen", "save": "Speichern", "gone": "hier herausgenommen",
        "usual": "Wieder wie üblich", "dates": "Termine ändern",
    },
    "nl": {
        "ours": "Dit zijn wij: zelf bijhouden", "what": "Wat bent u daar?", "ask": "Ik wil de vermelding bijhouden",
        "asked": "Zodra iemand heeft gekeken", "waits": "op uw antwoord", "yes": "Ja, akkoord",
        "over": "Overdragen", "mail": "E-mailadres van de persoon", "person": "Deze persoon vragen",
        "name": "Uw naam", "password": "Wachtwoord", "join": "Meedoen", "kept": "Bijgehouden door", "me": "mijn-pagina",
        "roles": "instellingen/wat-rollen-mogen", "save": "Opslaan", "gone": "hier weggehaald",
        "usual": "Weer zoals gewoonlijk", "dates": "data wijzigen",
    },
}  # fmt: skip


@pytest.mark.parametrize("language", WORDS)
def test_a_member_keeps_her_clubs_page_and_hands_it_to_somebody_new(
    window: OpenWindow, installation: Installation, language: str
):
    words, things = WORDS[language], Things(installation)
    code = things.code_of("demo:zyfflich/bed-breakfast" if language == "de" else "demo:zyfflich/cafe")

    # “This is ours”, on a phone
    anna = window("anna@example.org", language=language, width=390)
    anna.go(f"/{language}/e/{code}/")
    anna.page.get_by_role("link", name=words["ours"]).click()
    anna.settle()
    anna.page.get_by_label(words["what"]).fill("Kassenwartin.")
    anna.page.get_by_role("button", name=words["ask"]).click()
    anna.settle()
    expect(anna.page.locator("main")).to_contain_text(words["asked"])

    # The connector says yes in one step
    ben = window("ben@example.org", language=language)
    ben.go(f"/{language}/{words['me']}/")
    ben.page.get_by_role("link", name=re.compile(words["waits"])).click()
    ben.settle()
    ben.page.locator(".claims li", has_text="Kassenwartin.").get_by_role("link").click()
    ben.settle()
    ben.page.get_by_role("button", name=words["yes"]).click()
    ben.settle()
    expect(ben.page.locator("main")).to_contain_text("Anna Verheyen")

    # The board changes: somebody who is not a member yet joins with the mail and takes over
    anna.go(f"/{language}/e/{code}/")
    anna.page.get_by_role("link", name=words["over"]).click()
    anna.settle()
    email = f"frieda.kasse.{language}@example.org"
    anna.page.get_by_label(words["mail"]).fill(email)
    anna.page.get_by_role("button", name=words["person"]).click()
    anna.settle()
    expect(anna.page.locator("main")).to_contain_text(email)
    link = re.search(r"https?://[^/\s]+(/\w\w/\w+/[\w-]+/)", things.letter_to(email))
    assert link
    frieda = window(language=language, width=390)
    frieda.go(link[1])
    frieda.page.get_by_label(words["name"]).fill("Frieda Kasse")
    frieda.page.get_by_label(words["password"]).fill("vier hohe Pappeln")
    frieda.page.locator("[name=age][value=older]").click()
    frieda.page.locator("[name=agreed]").click()
    frieda.page.locator("main form button[type=submit]").click()
    frieda.settle()
    frieda.go(f"/{language}/e/{code}/")
    expect(frieda.page.locator(".entry-trust")).to_contain_text(f"{words['kept']} Frieda Kasse")
    expect(frieda.page.locator(".entry-trust")).not_to_contain_text("Anna Verheyen")


@pytest.mark.parametrize("language", WORDS)
def test_an_admin_takes_something_out_of_a_role_and_puts_it_back(window: OpenWindow, language: str):
    words = WORDS[language]
    admin = window("admin@example.org", language=language, width=390)
    admin.go(f"/{language}/{words['roles']}/connector/")
    admin.page.get_by_label(words["dates"]).uncheck()
    admin.page.get_by_role("button", name=words["save"]).click()
    admin.settle()
    expect(admin.page.locator(".bundles")).to_contain_text(words["gone"])
    admin.go(f"/{language}/{words['roles']}/connector/")
    admin.page.get_by_role("button", name=words["usual"]).click()
    admin.settle()
    expect(admin.page.locator(".bundles")).not_to_contain_text(words["gone"])
