"""Each page of the square, as it leaves the server, before the Nu HTML checker."""

import re

import pytest

from tests.browser.tour import CASES, Stop, Things
from tests.fixtures.html_checker import HtmlChecker
from tests.fixtures.installation import Installation

pytestmark = pytest.mark.html


def test_the_checker_finds_errors(html_checker: HtmlChecker):
    assert html_checker.errors("<!doctype html><html lang=de><title>Niel</title><ul><p>Kein Punkt</ul>")


@pytest.mark.parametrize(("stop", "language"), CASES, ids=str)
def test_the_html_of_every_page(
    html_checker: HtmlChecker, installation: Installation, things: Things, stop: Stop, language: str
):
    answer = installation.reader(stop.who).get(stop.path(things, language))
    assert answer.status == stop.status
    errors = html_checker.errors(answer.text)
    assert not errors, "\n" + "\n".join(errors)
    assert not without_token(answer.text), "whoever sends this form in a browser is not understood"


def without_token(page: str) -> list[str]:
    """Forms that are posted here and would be refused: a part that is included alone has no token."""
    forms = re.findall(r"<form\b.*?</form>", page, re.DOTALL)
    posted = [form for form in forms if re.match(r"<form[^>]*method=\"post\"", form)]
    return [form[:200] for form in posted if "csrfmiddlewaretoken" not in form]


def test_a_form_without_its_token_is_found():
    assert without_token('<form class="a" method="post" action="/"><button>Weg</button></form>')
    assert not without_token('<form method="post"><input name="csrfmiddlewaretoken"></form><form></form>')
