"""Story 3 in the browser: a Dutch reader and a German one at the same post, each in her own language, on a phone."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from dorfplatz.translation.tests import tiny_model
from tests.browser.looking import accessibility_faults, narrow_faults
from tests.fixtures.chromium import OpenWindow
from tests.fixtures.installation import Installation

pytestmark = pytest.mark.browser
SAID = "Wij komen zondag met de hele familie kijken!"
READERS = {
    "nl": ("berichten", "De ooievaar op de kerktoren", "Origineel tonen", "Der Storch auf dem Kirchturm"),
    "de": ("beitraege", "Kinderrad am Grenzübergang", "Original zeigen", "Kinderfiets gevonden"),
}


@pytest.mark.parametrize("language", READERS)
def test_a_post_in_the_other_language_is_read_in_one_s_own_with_the_original_one_tap_away(
    window: OpenWindow, language: str
):
    feed, title, show, original = READERS[language]
    page = window(language=language, width=390).go(f"/{language}/{feed}/")
    page.locator("main a", has_text=title).first.click()
    expect(page.locator("h1")).to_contain_text(title)
    address = page.url
    of_the_post = page.locator(".words-original:not(.comment *)")
    hidden = of_the_post.locator(".prose")
    expect(hidden).to_be_hidden()
    of_the_post.get_by_text(show).click()
    expect(hidden).to_contain_text(original)
    assert hidden.get_attribute("lang") == ("de" if language == "nl" else "nl")
    assert page.url == address, "nothing was loaded for it"
    assert accessibility_faults(page) == []
    assert narrow_faults(page) == []


def test_a_dutch_neighbour_answers_a_german_post_and_each_page_says_what_is_in_which_language(
    window: OpenWindow,
):
    dutch = window("dirk@example.org", language="nl", width=390).go("/nl/berichten/")
    dutch.locator("main a", has_text="De ooievaar op de kerktoren").first.click()
    dutch.locator(".comment-form textarea").fill(SAID)
    dutch.locator(".comment-form button[type=submit]").click()
    dutch.wait_for_url(re.compile("#comment-"))
    mine = dutch.locator(".comment", has_text=SAID)
    assert mine.locator(".comment-body").get_attribute("lang") is None, "on a Dutch page, Dutch needs no mark"
    german = window("anna@example.org", width=390).go(f"/de/{re.search(r'/nl/(e/[^#]*)', dutch.url)[1]}")
    expect(german.locator("h1")).to_contain_text("Der Storch auf dem Kirchturm")
    assert german.locator(".words-line:not(.comment *)").count() == 0, "the secretary never leaves German"
    theirs = german.locator(".comment", has_text=SAID)
    assert theirs.locator(".comment-body").get_attribute("lang") == "nl", "a voice reads it as what it is"
    assert accessibility_faults(german) == []


def test_an_arabic_reader_finds_the_words_from_right_to_left(window: OpenWindow):
    page = window(language="de", width=390).go("/de/suche/?q=Dieser+Platz+ist+jetzt+für+alle+da")
    page.locator("main a", has_text="Dieser Platz ist jetzt").first.click()
    page.get_by_role("link", name="العربية").click()
    article = page.locator("article[lang=ar]")
    assert article.evaluate("node => getComputedStyle(node).direction") == "rtl"
    assert page.evaluate("() => document.documentElement.lang") == "de"
    assert accessibility_faults(page) == []
    assert narrow_faults(page) == []


@pytest.fixture
def engine(installation: Installation) -> Iterator[None]:
    """The real engine with a model that says nonsense, for a pair that nobody needs but who asks for it."""
    shelf = installation.home / "translation"
    tiny_model.put(shelf, "de-pl")
    yield
    shutil.rmtree(shelf)


def test_who_asks_for_a_translation_reads_it_a_moment_later(engine: None, window: OpenWindow):
    page = window(language="de", width=390).go("/de/beitraege/")
    page.locator("main a", has_text="Der Storch auf dem Kirchturm").first.click()
    code = re.search(r"/e/(\w+)/", page.url)[1]
    page.goto(page.url.partition("/de/")[0] + f"/de/e/{code}/in/pl/")
    expect(page.locator("article")).to_have_attribute("lang", "de")
    page.get_by_role("link", name="Jetzt übersetzen").click()
    assert accessibility_faults(page) == []
    page.locator("main form button[type=submit]").click()
    expect(page.get_by_text("Es wird gerade übersetzt").or_(page.locator("article[lang=pl]"))).to_be_visible()
    for _turn in range(60):
        if page.locator("article[lang=pl]").count():
            break
        page.wait_for_timeout(500)
        page.reload()
    expect(page.locator("article[lang=pl] h1")).not_to_contain_text("Der Storch auf dem Kirchturm")
    expect(page.get_by_text("Maschinell übersetzt.")).to_be_visible()
    assert accessibility_faults(page) == []
    assert narrow_faults(page) == []
