"""Every address, asked with what no form of ours would send: nothing breaks, nothing acts, nobody is led away."""

from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest

from dorfplatz.operations.routes import routes
from tests.architecture.test_access import address_of
from tests.fixtures.people import square_of

NAMES = (
    "q", "next", "category", "village", "villages", "neighbours", "open", "language", "free", "step_free", "generation",
    "by", "side", "bbox", "page", "on", "show", "id", "email", "name", "area", "kind", "state", "sort", "from", "to",
)  # fmt: skip
MARK = "xss7f3a"
ACTING = [
    f'"><script>{MARK}</script>',
    f"'><img src=x onerror={MARK}>",
    f"javascript:{MARK}",
    f"{{{{ {MARK} }}}}<svg onload={MARK}>",
]
STRANGE = [
    "\x00",
    "\ud800".encode("utf-8", "surrogatepass"),
    "-1",
    "9" * 400,
    "NaN",
    "1e400",
    "../../etc/passwd",
    "ä" * 200,
    "٣[]%\r\nX: y",
    "nan,nan,nan,nan",
    "-180,-90,180,90",
]
ELSEWHERE = [
    "//evil.example/",
    "https://evil.example/",
    "/\\evil.example/",
    "https:evil.example",
    "\t//evil.example",
    "http://localhost@evil.example/",
    "javascript:alert(1)",
]
# Addresses that only lead somewhere: on this page, on this server, to a mail.
HARMLESS = ("?", "/", "#", "http://", "mailto:")


class Acting(HTMLParser):
    """Looks for elements and attributes that carry the mark, which only what was sent can have brought in."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._inside = ""

    def handle_starttag(self, tag, attrs):
        self._inside = tag
        for name, value in attrs:
            leads = name in {"src", "href", "action", "formaction", "srcdoc"}
            acts = name.startswith("on") or name == "style" or (leads and not str(value).startswith(HARMLESS))
            if MARK in name or (acts and MARK in str(value)):
                self.found.append(f"{tag} {name}={value}")

    def handle_data(self, data):
        if MARK in data and self._inside in {"script", "style"}:
            self.found.append(data)


@pytest.fixture(params=["visitor", "admin"])
def browser(request, kranenburg, client):
    client = square_of(request.getfixturevalue("admin")) if request.param == "admin" else client
    client.raise_request_exception = True
    return client


def addresses() -> list[str]:
    """All but those that log out."""
    return [address_of(r.pattern) for r in routes() if r.name not in {"members:logout", "members:everywhere"}]


def answer_to(browser, address: str, value: str | bytes):
    return browser.get(address, dict.fromkeys(NAMES, value))


@pytest.mark.parametrize("value", ACTING)
def test_nothing_that_is_asked_acts_on_a_page(browser, value):
    for address in addresses():
        response = answer_to(browser, address, value)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            reader = Acting()
            reader.feed(response.content.decode())
            assert not reader.found, f"{address}: {reader.found}"


def test_the_reader_would_notice():
    for page in (
        f"<script>{MARK}</script>",
        f"<img src=x onerror={MARK}>",
        f'<a href="javascript:{MARK}">',
        f"<p {MARK}>",
    ):
        reader = Acting()
        reader.feed(page)
        assert reader.found


@pytest.mark.parametrize("value", STRANGE, ids=range(len(STRANGE)))
def test_no_question_is_too_strange_to_be_answered(admin, value):
    browser = square_of(admin)  # who reaches every view
    for address in addresses():
        response = answer_to(browser, address, value)
        assert response.status_code < 500 or address == "/readyz", f"{address}: {response.status_code}"


@pytest.mark.parametrize("value", ELSEWHERE)
def test_nobody_is_led_to_another_server(browser, value):
    for address in addresses():
        for response in (answer_to(browser, address, value), browser.post(address, dict.fromkeys(NAMES, value))):
            location = response.headers.get("Location", "")
            parts = urlsplit(location)
            assert parts.scheme in {"", "http"}, f"{address} leads to {location}"
            assert parts.hostname in {None, "localhost", "testserver"}, f"{address} leads to {location}"
            assert not location.startswith(("//", "/\\", "\\")), f"{address} leads to {location}"
