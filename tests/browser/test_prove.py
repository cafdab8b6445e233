"""The page that asks once more who it is, which only who logged in a while ago gets to see."""

import subprocess
import sys

import pytest

from tests.browser.looking import accessibility_faults, english_words, narrow_faults, overflow, set_width
from tests.fixtures.chromium import OpenWindow
from tests.fixtures.html_checker import HtmlChecker
from tests.fixtures.installation import Installation, Reader

pytestmark = [pytest.mark.browser, pytest.mark.html]

ASKED = [
    ("de", "/de/meine-seite/zweiter-schritt/app/", "Sind Sie es"),
    ("nl", "/nl/mijn-pagina/tweede-stap/app/", "Bent u het"),
]
# As if the session with this key had begun long ago.
AGE = """
import sys, django
django.setup()
from django.contrib.sessions.backends.db import SessionStore
session = SessionStore(sys.argv[1])
session["shown_at"] = 0
session.save()
"""


def test_the_page_that_asks_who_it_is(window: OpenWindow, installation: Installation, html_checker: HtmlChecker):
    reader = Reader(installation.origin)
    reader.log_in("ben@example.org")
    cookies = reader.cookies()
    key = next(cookie["value"] for cookie in cookies if cookie["name"].endswith("session"))
    environment = {**installation.environment, "DJANGO_SETTINGS_MODULE": "dorfplatz.config.settings"}
    subprocess.run([sys.executable, "-c", AGE, key], env=environment, check=True)
    for language, address, heading in ASKED:
        here = window(language=language)
        here.context.add_cookies(cookies)
        page = here.go(address)
        assert heading in page.locator("h1").inner_text()
        assert page.locator(".field-optional").count() == 0
        faults = accessibility_faults(page) + english_words(page, language)
        set_width(page, 390)
        faults += overflow(page, 390) + narrow_faults(page)
        faults += html_checker.errors(reader.get(address).text)
        assert not faults, "\n".join(faults)
