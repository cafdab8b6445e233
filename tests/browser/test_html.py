"""Each page of the square, as it leaves the server, before the Nu HTML checker."""

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
