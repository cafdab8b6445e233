"""Whatever an address is asked to lead to, it leads nowhere but to this square.

The names of parameters are found in the code, and the addresses in the URL table: a new one is tried by itself.
"""

from __future__ import annotations

import html
import random
import re
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver
from django.utils.translation import override

from tests.fixtures.kranenburg import Square
from tests.fixtures.people import PASSWORD, square_of

SOURCE = Path(__file__).parents[2] / "src/dorfplatz"
READ = re.compile(
    r"\.(?:GET|POST)(?:\.get(?:list)?\(|\[)\s*\"([a-z_]+)\""
    r"|\"([a-z_]+)\" (?:not )?in request\.(?:GET|POST)"
)
OWN = "/de/hausordnung/?von=hier"
BASE = "http://localhost/de/karte/"
WILD = (
    "//evil.example", "///evil.example", "////evil.example/", "https://evil.example/", "https:evil.example",
    "http:///evil.example", "HTTPS://EVIL.EXAMPLE", "//evil.example@localhost/", "//localhost@evil.example/",
    "http://localhost@evil.example/", "http://localhost:80@evil.example", "//localhost.evil.example/",
    "/\\evil.example", "\\\\evil.example", "\\/evil.example", "/\\/evil.example", "/\\\\evil.example/",
    "/\t/evil.example", "\t//evil.example", "/\n/evil.example", "/\r\n/evil.example", "//\tevil.example",
    " //evil.example", "\x00//evil.example", "\x0b//evil.example", "\xa0//evil.example", "\x85//evil.example",
    "/%09/evil.example", "%2f%2fevil.example", "/%2f/evil.example", "/%2fevil.example", "/%5cevil.example",
    "/..//evil.example", "/.//evil.example", "/de/..//evil.example", "/;//evil.example", "/?//evil.example",
    "\uff0f\uff0fevil.example", "/\uff0fevil.example", "\u2044\u2044evil.example", "//evil\u3002example",
    "/\u2215evil.example", "//ev\u0131l.example", "javascript:alert(1)", "java\nscript:alert(1)",
    "data:text/html,<script>alert(1)</script>", "//[::1]/", "//[evil", "///[evil", "http:[evil", "//0x7f.1/",
    "mailto:a@evil.example", "//evil.example:443/", "//evil.example\\@localhost", "//evil.example#@localhost",
    "//evil.example?@localhost", "/de/\r\nLocation: https://evil.example/", "http://", "://evil.example", "//", "",
)  # fmt: skip


def read_names() -> set[str]:
    """Every parameter that any view reads by its name."""
    found = (both for path in SOURCE.rglob("*.py") for both in READ.findall(path.read_text()))
    return {read or looked_for for read, looked_for in found}


def plain_addresses() -> list[str]:
    """Every address without parameters, in German; but for the one that logs out."""
    found: list[str] = []

    def walk(patterns: list[URLPattern | URLResolver], before: str) -> None:
        for one in patterns:
            path = before + str(one.pattern)
            if isinstance(one, URLResolver):
                walk(one.url_patterns, path)
            elif "<" not in path and "(" not in path and "\\" not in path:
                found.append("/" + path)

    with override("de"):
        walk(get_resolver().url_patterns, "")
    return sorted(set(found) - {"/de/abmelden/"})


def where(answer) -> str:
    """Where a browser would be after this answer: it takes out tabs and breaks, and reads \\ as /."""
    told = re.sub(r"[\t\r\n]", "", answer.headers.get("Location", "")).strip("".join(map(chr, range(33))))
    return urljoin(BASE, told.replace("\\", "/"))


def require_here(answer, about: object) -> None:
    assert "evil" not in urlsplit(where(answer)).netloc.lower(), about
    assert urlsplit(where(answer)).hostname == "localhost", about
    assert urlsplit(where(answer)).scheme in ("http", "https"), about


def leads_to(answer) -> str:
    return urlsplit(where(answer)).path if "Location" in answer.headers else ""


def followed_by(square: Square, addresses: list[str], names: list[str]) -> tuple[set[str], set[str]]:
    """Which of the addresses lead to the one of ours that all parameters say; and which ask who one is."""
    follow, ask = set(), set()
    for path in addresses:
        answer = square.get(path, dict.fromkeys(names, OWN))
        require_here(answer, path)
        if leads_to(answer) == urlsplit(OWN).path:
            follow.add(path)
        elif leads_to(answer) == "/de/anmelden/":
            ask.add(path)
    return follow, ask


@pytest.mark.usefixtures("at_eleven")
def test_no_address_leads_away_whatever_it_is_asked(square, admin_square, record_property):
    """All parameters at once with an address of ours show which addresses follow one; these get every wild form."""
    names = sorted(read_names())
    by_visitor, asking = followed_by(square, plain_addresses(), names)
    by_admin, _asking = followed_by(admin_square, sorted(asking), names)
    record_property("parameters", len(names))
    record_property("addresses that follow one", sorted(by_visitor | by_admin))
    assert len(by_visitor) >= 2, "large print and the villages: else this test cannot fail"
    for reader, followed in ((square, by_visitor), (admin_square, by_admin)):
        for path in followed:
            for wild in WILD:
                require_here(reader.get(path, dict.fromkeys(names, wild)), (path, wild))


@pytest.mark.usefixtures("at_eleven")
def test_whoever_logs_in_is_led_nowhere_else(cast, square):
    said, anna = {"email": "anna@example.org", "password": PASSWORD}, square_of(cast.anna)
    for wild in random.sample(WILD, 20):  # more are too many attempts
        answer = Square().post("/de/anmelden/", {**said, "next": wild})
        assert answer.status_code == 302
        require_here(answer, wild)
    for wild in WILD:
        require_here(anna.get("/de/anmelden/", {"next": wild}), wild)
    for wild in random.sample(WILD, 10):
        page = square.get("/de/anmelden/", {"next": wild}).content.decode()
        for told in re.findall(r'(?:href|action|name="next" value)="([^"]*)"', page):
            assert urlsplit(urljoin(BASE, html.unescape(told).replace("\\", "/"))).hostname == "localhost", (wild, told)


def test_every_address_that_is_read_from_a_request_passes_the_same_door():
    """Where a view reads `next`, the line itself or the next ones ask whether it is ours."""
    readers = [path for path in SOURCE.rglob("*.py") if re.search(r"\.get\(\"next\"", path.read_text())]
    assert len(readers) >= 5
    for path in readers:
        text = path.read_text()
        asks = text.count("own_address(")
        assert asks >= 1, path
        assert not re.search(r"redirect\(\s*request\.(?:GET|POST)", text), path
