"""Passkeys in a real browser with a device of the tests' own: made, used instead of the password, removed."""

from __future__ import annotations

import re

import pytest

pytestmark = pytest.mark.browser
PAGE = "/de/meine-seite/zweiter-schritt/"


def with_device(window):
    """A device in this window that always finds the finger right."""
    session = window.context.new_cdp_session(window.page)
    session.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
               "isUserVerified": True, "automaticPresenceSimulation": True}  # fmt: skip
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return window


def test_a_passkey_is_made_named_used_and_removed(window, installation):
    here = with_device(window("anna@example.org"))
    page = here.go(f"{PAGE}passkey/")
    page.get_by_label("Name").fill("Mein Telefon")
    page.get_by_role("button", name="Jetzt anlegen").click()
    page.get_by_role("heading", name="Ihre Ersatzcodes").wait_for()
    assert page.locator(".spare-codes li").count() == 10

    here.go("/de/abmelden/").get_by_role("button", name="Abmelden").last.click()
    page = here.go("/de/anmelden/?next=/de/doerfer/")
    page.get_by_role("button", name="Mit Passkey anmelden").click()
    page.wait_for_url(re.compile(r":\d+/de/doerfer/$"))
    page = here.go(PAGE)
    assert page.get_by_text("Mein Telefon").is_visible()

    here.go("/de/abmelden/").get_by_role("button", name="Abmelden").last.click()
    page = here.go("/de/anmelden/")  # with the password, the passkey is the second step
    page.get_by_label("E-Mail-Adresse").fill("anna@example.org")
    page.get_by_label("Passwort").fill("dorfplatz")
    page.get_by_role("button", name="Anmelden", exact=True).click()
    page.get_by_role("heading", name="zweite Schritt").wait_for()
    page.get_by_role("button", name="Mit Passkey anmelden").click()
    page.wait_for_url(re.compile(r":\d+/de/$"))
    page = here.go(PAGE)
    page.get_by_role("button", name="Passkey entfernen").click()
    page.wait_for_load_state()
    installation.forget("anna@example.org")  # with a second step all other sessions end
    assert not page.get_by_text("Mein Telefon").is_visible()


def test_where_the_device_shows_none_the_page_says_so_and_the_password_still_works(window):
    here = window()
    here.context.add_init_script("delete window.PublicKeyCredential")
    page = here.go("/de/anmelden/")
    assert not page.get_by_role("button", name="Mit Passkey anmelden").is_visible()
