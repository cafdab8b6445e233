"""A door at which much is tried: a real browser works the sum out under the strict policy; else one waits."""

from __future__ import annotations

import re
import time

import pytest

from dorfplatz.members.puzzles import WAIT
from dorfplatz.members.turnstiles import FORGOTTEN
from tests.fixtures.chromium import OpenWindow, Window

pytestmark = pytest.mark.browser


def knock(here: Window, email: str) -> None:
    """Ask for a new password so often that the door asks back."""
    for _ in range(FORGOTTEN.person + 1):
        page = here.go("/de/passwort-vergessen/")
        page.get_by_label("E-Mail-Adresse").fill(email)
        page.get_by_role("button", name="Link schicken").click()
        page.wait_for_load_state()


def test_a_browser_works_the_sum_out_and_goes_on_by_itself(window: OpenWindow):
    here = window(width=390)
    knock(here, "turnstile@example.org")
    here.page.get_by_role("heading", name="Bitte sehen Sie in Ihr Postfach").wait_for()
    assert here.page.get_by_text("turnstile@example.org").is_visible()


def test_without_scripts_one_reads_how_long_to_wait_and_goes_on(window: OpenWindow):
    here = window(width=390, java_script_enabled=False)
    knock(here, "waiting@example.org")
    page = here.page
    assert page.get_by_role("heading", name="Einen Moment, bitte").is_visible()
    assert page.get_by_text(re.compile(r"Bitte warten Sie 15 Sekunden")).is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name="Weiter").click()
    assert page.get_by_text("etwas früh").is_visible()
    time.sleep(WAIT.total_seconds())
    page.get_by_role("button", name="Weiter").click()
    page.get_by_role("heading", name="Bitte sehen Sie in Ihr Postfach").wait_for()
