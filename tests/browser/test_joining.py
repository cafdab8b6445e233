"""Joining on a phone with a card: at most eight taps and fields, in German and in Dutch."""

from __future__ import annotations

import re

import pytest

from tests.fixtures.chromium import OpenWindow
from tests.fixtures.installation import Installation

pytestmark = pytest.mark.browser
MOST = 8


@pytest.mark.parametrize(
    ("language", "join", "hello"), [("de", "mitmachen", "Guten Tag, "), ("nl", "meedoen", "Goedendag, ")]
)
def test_a_newcomer_joins_on_a_phone_in_few_steps(
    window: OpenWindow, installation: Installation, language: str, join: str, hello: str
):
    said = installation.command("cards", "zyfflich", "--count", "1")
    code = said.strip().rstrip("/").rpartition("/")[2]
    page = window(width=390).go(f"/{language}/{join}/{code}/")
    steps = 0
    for name, text in (
        ("name", "Frieda Neu"),
        ("email", f"frieda.{language}@example.org"),
        ("password", "vier hohe Pappeln"),
    ):
        page.locator(f"[name={name}]").fill(text)
        steps += 1
    for tapped in ("[name=age][value=older]", "[name=agreed]", "main form button[type=submit]"):
        page.locator(tapped).click()
        steps += 1
    page.wait_for_url(re.compile(f"/{language}/zyfflich/$"))
    assert hello + "Frieda Neu" in page.locator("main").inner_text()
    assert steps <= MOST


def test_the_house_rules_open_beside_the_form_and_what_is_typed_stays(window: OpenWindow, installation: Installation):
    code = installation.command("cards", "niel", "--count", "1").strip().rstrip("/").rpartition("/")[2]
    page = window(width=390).go(f"/de/mitmachen/{code}/")
    page.locator("[name=name]").fill("Frieda Neu")
    with page.expect_popup() as opened:
        page.locator("main a[href='/de/hausordnung/']").click()
    assert "Hausordnung" in opened.value.title()
    assert page.locator("[name=name]").input_value() == "Frieda Neu"
