"""Every form of the square, sent as no browser sends it: one sentence, no fault, nothing kept.

Each run looks at another share of the pages, chosen by its seed; FORMS_SHARE=1 looks at all.
"""

from __future__ import annotations

import gzip
import os
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote_from_bytes

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client

from dorfplatz.jobs.worker import run_due
from dorfplatz.operations.routes import routes
from tests.architecture.test_access import address_of
from tests.bad_input.every_form import Form, client_of, every_form
from tests.bad_input.watching import Watch
from tests.fixtures.people import square_of
from tests.permissions.world import World

SHARE = float(os.environ.get("FORMS_SHARE", "0.1"))
# No UTF-8, NUL, half a surrogate; then a letter that nobody sees and one that turns the direction.
BROKEN = b"\xff\xfe\x00\xed\xa0\x80" + "a\u200b\u202eb".encode()
URLENCODED = "application/x-www-form-urlencoded"
FIVE_MB = b"text=" + b"a" * 5 * 1024 * 1024
MARK = b"x7f3a"
SAID = ('role="alert"', 'class="lead"')
# What is sent to them acts without the token of a form: the signed token in a mail's link; a screen's signed address,
# which says nothing but that it lives.
WITHOUT_TOKEN = {"channels:stop", "noticeboard:stop_mail", "screens:alive"}
# Its words are kept without what no keyboard types.
CLEANED = {"places:decide_claim"}
MACHINES = ("api:", "hsds:")

BROKEN_QUERIES = (
    "", "karte/?q=%ff%00&category=%ff", "termine/?from=%ff&q=%00", "beitraege/?village=%ff", "anmelden/?next=%ff",
    "suche/?q=%ed%a0%80%00", "suche-biete/?q=%ff", "einstellungen/mitglieder/?q=%00%ff", "nachbarn/?after=%00",
)  # fmt: skip
BROKEN_KINDS = (
    "text/plain; charset=x-none", "application/json; charset=utf-7", "multipart/form-data",
    "multipart/form-data; boundary=\xff",
)  # fmt: skip


def lies() -> Iterator[SimpleUploadedFile]:
    """Files that are not what they say."""
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" onload="x7f3a()"><script>x7f3a()</script></svg>'
    yield SimpleUploadedFile("foto.jpg", svg, "image/jpeg")
    yield SimpleUploadedFile("foto.svg", svg, "image/svg+xml")
    yield SimpleUploadedFile("../../\u202efdp.exe", b"MZ\x90\0" + MARK, "application/pdf")
    size = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    head = b"\0\0\0\rIHDR" + size + struct.pack(">I", zlib.crc32(b"IHDR" + size))
    pixels = zlib.compress(b"\0" * 9_000_000)
    data = struct.pack(">I", len(pixels)) + b"IDAT" + pixels + struct.pack(">I", zlib.crc32(b"IDAT" + pixels))
    yield SimpleUploadedFile("foto.png", b"\x89PNG\r\n\x1a\n" + head + data + MARK, "image/png")
    yield SimpleUploadedFile("daten.csv", gzip.compress(b"\0" * 20_000_000) + MARK, "text/csv")


@pytest.fixture
def world(kranenburg, at_eleven, unkept) -> World:
    return World(kranenburg)


class Sending:
    """One form, sent in several ways; whatever that changes is undone. Notes what went wrong."""

    def __init__(self, world: World) -> None:
        self.world, self.wrong = world, []

    def broken(self, form: Form) -> None:
        """Each field at first; then those only that somebody writes in, so that it gets as far as it can."""
        self._send(form, dict.fromkeys(form.fields, BROKEN))
        if form.written:
            shown = {name: value.encode() for name, value in form.filled().items()}
            answer, written = self._send(form, {**shown, **dict.fromkeys(form.written, BROKEN)})
            page = answer.content.decode()
            is_kept = written and form.route not in CLEANED
            if is_kept or not (answer.status_code == 302 or any(words in page for words in SAID)):
                self.wrong.append(f"{form.route} by {form.letter}: {answer.status_code}, {written}")

    def lying(self, form: Form) -> None:
        for lie in lies():
            with transaction.atomic():
                client = client_of(self.world, form.letter)
                answer = client.post(form.address, {**form.filled(), form.files[0]: lie})
                run_due()
                kept = [path for path in Path(settings.HOME).rglob("*") if path.is_file() and _acts(path)]
                transaction.set_rollback(True)
            if answer.status_code >= 500 or kept:
                self.wrong.append(f"{form.route}, {lie.name}: {answer.status_code}, kept {kept}")

    def _send(self, form: Form, values: dict[str, bytes]) -> tuple[Any, list[str]]:
        body = "&".join(f"{name}={quote_from_bytes(value)}" for name, value in values.items())
        client, watch = client_of(self.world, form.letter), Watch()
        with transaction.atomic():
            with connection.execute_wrapper(watch):
                answer = client.post(form.address, body, content_type=URLENCODED)
            transaction.set_rollback(True)
        if answer.status_code >= 500 or watch.refused:
            self.wrong.append(f"{form.route} by {form.letter}: {answer.status_code}, {watch.refused}")
        return answer, watch.written


def _acts(path: Path) -> bool:
    return path.suffix not in {".sqlite3", ".js", ".css"} and MARK in path.read_bytes()


def test_every_form_says_so_when_it_cannot_read_what_was_sent(world):
    forms, sending = every_form(world, SHARE), Sending(world)
    assert len(forms) > 90 * SHARE / 2
    for form in forms:
        sending.broken(form)
        if form.files:
            sending.lying(form)
    assert not sending.wrong, "\n".join(sending.wrong)


def addresses() -> list[tuple[str, str]]:
    """All that a form can be sent to."""
    found = [(route.name, address_of(route.pattern)) for route in routes() if not route.name.startswith(MACHINES)]
    return [(name, address) for name, address in found if name != "media:file"]  # its addresses are not made up


@pytest.mark.parametrize("kind", [URLENCODED, "multipart/form-data; boundary=x"])
def test_five_megabytes_are_too_much_for_any_form(admin, kind):
    browser, watch = Client(enforce_csrf_checks=True), Watch()
    browser.force_login(admin.login)
    part = b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\n' + FIVE_MB + b"\r\n--x--\r\n"
    body = FIVE_MB if kind == URLENCODED else part
    asked = addresses() if kind == URLENCODED else addresses()[::9]
    with connection.execute_wrapper(watch):
        for name, address in asked:
            browser.cookies["csrf"] = "B" * 32
            answer = browser.post(address, body, content_type=kind)
            assert name in WITHOUT_TOKEN or answer.status_code == 413, f"{name}: {answer.status_code}"
    assert not watch.written
    said = [browser.post(f"/{code}/{path}", FIVE_MB, content_type=URLENCODED).content.decode()
            for code, path in (("de", "anmelden/"), ("nl", "inloggen/"))]  # fmt: skip
    assert "Das war mehr, als in dieses Formular passt." in said[0]
    assert '<html lang="nl">' in said[1]
    assert "Dat was meer dan er in dit formulier past." in said[1]


def test_nor_does_an_address_that_is_not_there_stumble_over_them(square):
    browser = Client(enforce_csrf_checks=True)
    for address in ("/de/gibt/es/nicht/", "/de/schaukasten/x/lebt/"):
        browser.cookies["csrf"] = "B" * 32
        assert browser.post(address, FIVE_MB, content_type=URLENCODED).status_code == 413


def test_too_many_fields_are_too_much_too(square):
    many = "&".join(f"a{number}=1" for number in range(3000))
    assert square.post("/de/anmelden/", many, content_type=URLENCODED).status_code == 413


@pytest.mark.parametrize("token", ["", "x", "A" * 32, "A" * 64, "é", "\0"])
def test_without_its_token_no_form_does_anything(admin, token):
    browser, watch = Client(enforce_csrf_checks=True), Watch()
    browser.force_login(admin.login)
    asked = addresses() if token in {"", "A" * 64} else addresses()[::9]
    with connection.execute_wrapper(watch):
        for name, address in asked:
            browser.cookies["csrf"] = "B" * 32
            answer = browser.post(address, {"csrfmiddlewaretoken": token})
            assert name in WITHOUT_TOKEN or answer.status_code == 403, f"{name}: {answer.status_code}"
    assert not watch.written
    assert "War das Formular lange offen" in browser.post("/de/anmelden/").content.decode()


def test_a_right_token_from_another_website_does_nothing_either(admin):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(admin.login)
    page = browser.get("/de/abmelden/")
    sent = {"csrfmiddlewaretoken": page.context["csrf_token"]}
    answer = browser.post("/de/abmelden/", sent, headers={"origin": "https://evil.example"})
    assert answer.status_code == 403
    assert browser.post("/de/abmelden/", sent).status_code == 302


def test_broken_addresses_cookies_and_headers_are_answered(admin):
    browser = square_of(admin)
    words = "\udcff\udcfe€".encode("utf-8", "surrogateescape").decode("latin-1")
    for name in ("language", "villages", "large-print", "device", "messages", "csrf"):
        browser.cookies[name] = words
    heads = {"accept-language": words, "referer": "http://[", "hx-current-url": words, "user-agent": words * 99,
             "accept": words, "if-none-match": words, "x-forwarded-for": words, "origin": words}  # fmt: skip
    for path in (
        "%ff%fe/",
        "%00/",
        "niel%ff/",
        "e/%ff/x/",
        "mitglied/%ed%a0%80/",
        "mitmachen/%ff%00/",
        "%2e%2e/%2e%2e/",
    ):
        assert browser.get(f"/de/{path}", headers=heads).status_code in {404, 410}, path
    for path in BROKEN_QUERIES:
        watch = Watch()
        with connection.execute_wrapper(watch):
            assert browser.get(f"/de/{path}", headers=heads).status_code < 500, path
        assert not watch.refused, path
    for kind in BROKEN_KINDS:
        assert browser.generic("POST", "/de/meine-seite/", b"\xff\x00", kind).status_code < 500, kind
