"""From the door to a correction: once with the keyboard alone, once without JavaScript."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.tour import Things
from tests.fixtures.chromium import OpenWindow, Window
from tests.fixtures.installation import Installation

pytestmark = pytest.mark.browser

MOST_TABS = 160
WORDS = {
    "de": {"all": re.compile(r"Alle \d+ Einträge"), "wrong": "Hier stimmt etwas nicht", "send": "Abschicken"},
    "nl": {"all": re.compile(r"Alle \d+ vermeldingen"), "wrong": "Hier klopt iets niet", "send": "Versturen"},
}
# How the element in focus is marked: by an outline or a shadow, of its own or of the card that it fills.
FOCUS_IS_SEEN = """
element => {
  const isMarked = style => (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== 'none';
  const card = element.closest('.card');
  return isMarked(getComputedStyle(element)) || isMarked(getComputedStyle(element, '::after'))
    || (card !== null && isMarked(getComputedStyle(card)));
}
"""  # noqa: E501  a line of JavaScript


def tab_to(page: Page, target: Locator) -> None:
    """Presses Tab until the target has the focus, and sees to it that the focus is visible on the way."""
    target.wait_for(state="attached")
    for _step in range(MOST_TABS):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        if focused.count() and not focused.evaluate("e => e.matches('dorf-map, dorf-map *, [tabindex=\"-1\"]')"):
            assert focused.evaluate(FOCUS_IS_SEEN), (
                f"focus cannot be seen: {focused.evaluate('e => e.outerHTML')[:200]}"
            )
        if target.evaluate("e => e === document.activeElement"):
            return
    raise AssertionError(f"{MOST_TABS} times Tab did not lead to {target}")


SENDS_ITS_FORM = "e => e.type === 'submit' && e.form !== null && !e.form.matches('[hx-get], [hx-post]')"


def enter(here: Window, target: Locator) -> Page:
    """Presses Enter on the target; a form that is sent has led to the next page afterwards."""
    tab_to(here.page, target)
    if target.evaluate(SENDS_ITS_FORM):
        # The keyboard, unlike a click, waits for no page: the old one would still be asked.
        with here.page.expect_navigation():
            here.page.keyboard.press("Enter")
    else:
        here.page.keyboard.press("Enter")
    return here.settle()


def test_the_skip_link_is_the_first_thing_and_leads_to_the_content(window: OpenWindow):
    page = window().go("/de/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.id") == "main"


@pytest.mark.parametrize("language", WORDS)
def test_a_correction_with_the_keyboard_alone(window: OpenWindow, language: str):
    words = WORDS[language]
    here = window(language=language)
    page = here.go(f"/{language}/")
    enter(here, page.locator("main").get_by_role("link", name="Nütterden").first)
    page.wait_for_url(f"**/{language}/nuetterden/")
    enter(here, page.get_by_role("link", name=words["all"]))
    page.wait_for_url("**village=nuetterden**")
    before = page.locator("#results-title").inner_text()
    enter(here, page.locator('a.facet[href*="open=today"]'))
    page.wait_for_url("**open=today**")
    expect(page.locator("#results-title")).not_to_have_text(before)
    enter(here, page.locator(".card-title a").first)
    page.wait_for_url(f"**/{language}/e/**")
    enter(here, page.get_by_role("link", name=words["wrong"]))
    tab_to(page, page.locator("textarea"))
    page.keyboard.type("Montags ist seit dem Herbst geschlossen.")
    enter(here, page.get_by_role("button", name=words["send"]))
    assert page.url != here.origin
    expect(page.locator("textarea")).to_have_count(0)
    expect(page.locator("h1")).to_be_visible()


@pytest.mark.parametrize("language", WORDS)
def test_a_correction_without_javascript(window: OpenWindow, language: str):
    words = WORDS[language]
    here = window(language=language, width=390, java_script_enabled=False)
    page = here.go(f"/{language}/")
    page.locator("main").get_by_role("link", name="Niel").first.click()
    page.get_by_role("link", name=words["all"]).click()
    before = page.locator("#results-title").inner_text()
    for script_only in page.locator(".needs-script").all():
        expect(script_only).to_be_hidden()
    page.locator(".filter-sheet > summary").click()
    page.locator('a.facet[href$="neighbours=1"]').click()
    page.wait_for_url("**neighbours=1**")
    expect(page.locator("#results-title")).not_to_have_text(before)
    page.locator(".card-title a").first.click()
    page.get_by_role("link", name=words["wrong"]).click()
    page.locator("textarea").fill("Die Telefonnummer hat sich geändert.")
    page.get_by_role("button", name=words["send"]).click()
    expect(page.locator("textarea")).to_have_count(0)
    expect(page.locator("h1")).to_be_visible()


PAPER = {
    "de": {"out": "Weglassen", "back": "Doch wieder hinein", "look": "Als PDF ansehen",
           "below": "Was unter dem Titel steht", "keep": "Diese Worte nehmen", "paper": "dorfblatt", "up": "Zum PDF"},
    "nl": {"out": "Weglaten", "back": "Toch weer erin", "look": "Als pdf bekijken", "up": "Naar de pdf",
           "below": "Wat onder de titel staat", "keep": "Deze woorden nemen", "paper": "dorpsblad"},
}  # fmt: skip


@pytest.mark.parametrize("language", PAPER)
def test_the_paper_of_the_week_is_made_on_a_phone_with_the_keyboard_alone(
    window: OpenWindow, installation: Installation, language: str
):
    words, draft = PAPER[language], Things(installation).draft_paper["pk"]
    here = window("ben@example.org", language=language, width=390)
    page = here.go(f"/{language}/{words['paper']}/{draft}/")
    title = page.locator(".paper-item h3").nth(1 if language == "de" else 2).inner_text()
    item = page.locator(".paper-item", has=page.get_by_role("heading", name=title, exact=True))

    enter(here, item.get_by_role("button", name=words["out"]))
    expect(item).to_have_class(re.compile("is-out"))
    expect(item.get_by_role("button", name=words["back"])).to_be_in_viewport()
    enter(here, item.get_by_role("button", name=words["back"]))
    expect(item).not_to_have_class(re.compile("is-out"))

    enter(here, item.locator("summary"))
    tab_to(page, item.get_by_label(words["below"]))
    page.keyboard.press("Control+A")
    page.keyboard.type("Alle kommen.")
    enter(here, item.get_by_role("button", name=words["keep"]))
    expect(item.locator("textarea")).to_have_value("Alle kommen.")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390

    enter(here, page.locator("section", has=item).get_by_role("link", name=words["up"]))
    tab_to(page, page.get_by_role("button", name=words["look"]))
    with page.expect_response(re.compile("/pdf/a4/")) as asked:
        page.keyboard.press("Enter")
    assert asked.value.status in {200, 302}


def test_a_search_without_javascript(window: OpenWindow):
    here = window(java_script_enabled=False)
    page = here.go("/de/")
    page.locator("#home-q").fill("Chor")
    page.locator("#home-q").press("Enter")
    page.wait_for_url("**q=Chor**")
    assert page.locator(".card-title a").count() > 0
