"""Nothing that somebody wrote makes a reader's browser do something.

Every text of every row of the world of canaries says something that wants to run; a real Chromium reads the pages,
mails and feeds made of it, under the headers they come with. Each run reads another share, chosen by its seed;
`make drill scripts` reads all of it.
"""

from __future__ import annotations

import html
import os
import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import cycle
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest
import time_machine
from django.contrib.staticfiles import finders
from django.db import transaction
from django.test import Client
from playwright.sync_api import Browser, Route, sync_playwright

from dorfplatz.entries.models import Entry
from dorfplatz.kernel.tests.xss_payloads import PAYLOADS
from dorfplatz.mail.models import Mail
from dorfplatz.search.actions import index_entries
from tests.canaries.aviary import Aviary, made, post_letters
from tests.canaries.crawl import addresses
from tests.canaries.planting import heard, spelled, write_into
from tests.fixtures.chromium import ARGUMENTS, WATCHER, WHY_NOT, chromium
from tests.fixtures.kranenburg import NOW

PAGES = int(os.environ.get("SCRIPT_PAGES", "5"))  # that each reader opens
READERS = "vmcA"  # a visitor, a member, a connector, an administrator
ORIGIN = "http://localhost"
# What a page loads at once: pictures, styles and the data of its map.
NEEDED = re.compile(
    r'''<(?:link|script|img|source|dorf-map|dorf-point)[^>]*?(?:href|src|data-[a-z-]+)="(/(?!static/)[^"#]*)"'''
)
SHOWN = ("text/html", "image/svg+xml")
# What the texts call, and what the policy refuses, is written down.
TRAP = (
    WATCHER
    + """
window.ran = [];
for (const name of ["alert", "confirm", "prompt"]) window[name] = () => { window.ran.push(name); };
Object.defineProperty(window, "__xss", { set: () => window.ran.push("script") });
"""
)
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(bool(WHY_NOT), reason=WHY_NOT),
    pytest.mark.xdist_group("canaries"),
]


@pytest.fixture(scope="module")
def poisoned(django_db_setup, django_db_blocker) -> Iterator[Aviary]:
    """The world of canaries; beside each of them stands a payload, another one at every place."""
    with django_db_blocker.unblock(), transaction.atomic(), time_machine.travel(NOW, tick=False):
        aviary = made()
        for (number, canary), payload in zip(aviary.planted.items(), cycle(PAYLOADS), strict=False):
            write_into(canary, f"{spelled(number)} {payload}".replace("\x00", ""))
        index_entries(list(Entry.objects.values_list("pk", flat=True)))
        post_letters()
        yield aviary
        transaction.set_rollback(True)


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


class Gathered:
    """What the square answers one reader, kept to be looked at: Chromium and the database do not share a thread."""

    def __init__(self, aviary: Aviary, letter: str) -> None:
        self._client = Client(headers={"host": "localhost"})
        for name, value in aviary.world.cookies.get(letter, {}).items():
            self._client.cookies[name] = value
        self.answers: dict[str, Answer] = {}
        self.pages: list[str] = []

    def gather(self, path: str) -> None:
        """A page, if it is something that a browser shows, with what it asks for."""
        answer = self._asked(path)
        if path == "/readyz":  # for machines; says 503 where no worker runs, as here
            return
        assert answer.status < 500, f"{path} answers {answer.status}"
        is_page = answer.status // 100 != 3 and answer.body
        if is_page and answer.headers.get("Content-Type", "").partition(";")[0] in SHOWN:
            self.pages.append(path)
            for needed in NEEDED.findall(answer.body.decode()):
                self._asked(html.unescape(needed))

    def _asked(self, path: str) -> Answer:
        if path not in self.answers:
            answer = self._client.get(path)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            self.answers[path] = Answer(answer.status_code, dict(answer.items()), body)
        return self.answers[path]


class Eyes:
    """A window of Chromium that is answered with what was gathered; `found` is what ran, or wanted to."""

    def __init__(self, browser: Browser, answers: Mapping[str, Answer]) -> None:
        self._answers = answers
        self.context = browser.new_context()
        self.context.add_init_script(TRAP)
        self.context.route("**/*", self._answer)
        self.context.on("console", lambda said: self._heard(said.text))
        self.context.on("weberror", lambda error: self._heard(f"script: {error.error}"))
        self.page = self.context.new_page()
        self.found: list[str] = []
        self.met = self.opened = 0

    def open(self, path: str) -> None:
        """The payloads that stand there are counted."""
        self.met += len(heard(self._answers[path].body.decode()))
        self._look(path, lambda: self.page.goto(ORIGIN + path, wait_until="load"))

    def read(self, what: str, source: str) -> None:
        """A text that comes without headers, as a mail does."""
        self.met += len(heard(source))
        self._look(what, lambda: self.page.set_content(source, wait_until="load"))

    def _look(self, what: str, opening: Callable[[], object]) -> None:
        before = len(self.found)
        opening()
        self.opened += 1
        ran = self.page.evaluate("() => window.ran ?? []")
        self.found[before:] = [f"{what}: {said}" for said in (*self.found[before:], *ran)]

    def _heard(self, said: str) -> None:
        if said.startswith(("policy:", "script:")) or "Content Security Policy" in said:
            self.found.append(said)

    def _answer(self, route: Route) -> None:
        url = urlsplit(route.request.url)
        path = f"{url.path}?{url.query}" if url.query else url.path
        kept = self._answers.get(path)
        if f"{url.scheme}://{url.netloc}" != ORIGIN:
            self.found.append(f"asks for {route.request.url}")
            route.abort()
        elif url.path.startswith("/static/"):
            route.fulfill(path=finders.find(url.path.removeprefix("/static/")))
        elif kept is None or kept.status // 100 == 3:
            route.fulfill(status=404)
        else:
            route.fulfill(status=kept.status, headers=kept.headers, body=kept.body)


class Looking:
    """A thread of its own for Chromium: while Playwright lives in one, Django refuses to ask the database there."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1)
        self._playwright = self._thread.submit(lambda: sync_playwright().start()).result()
        launch = self._playwright.chromium.launch
        self._browser = self._thread.submit(lambda: launch(executable_path=chromium(), args=ARGUMENTS)).result()

    def at(self, answers: Mapping[str, Answer], do: Callable[[Eyes], object]) -> Eyes:
        """Eyes that have done this."""
        return self._thread.submit(self._look, answers, do).result()

    def _look(self, answers: Mapping[str, Answer], do: Callable[[Eyes], object]) -> Eyes:
        eyes = Eyes(self._browser, answers)
        do(eyes)
        eyes.context.close()
        return eyes

    def end(self) -> None:
        self._thread.submit(self._browser.close).result()
        self._thread.submit(self._playwright.stop).result()
        self._thread.shutdown()


@pytest.fixture(scope="module")
def look() -> Iterator[Callable[..., Eyes]]:
    looking = Looking()
    yield looking.at
    looking.end()


@pytest.fixture(autouse=True)
def in_their_time() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False), transaction.atomic():
        yield
        transaction.set_rollback(True)


def some(pages: Sequence[str]) -> list[str]:
    return random.sample(list(pages), min(PAGES, len(pages)))


def test_no_text_runs_in_anybodys_browser(poisoned, look, record_property):
    pages = list(dict.fromkeys(path for _route, path in addresses(poisoned.world)))
    seen = []
    for letter in READERS:
        one = Gathered(poisoned, letter)
        for path in [*some(pages), "/de/", "/de/karte/"]:
            one.gather(path)
        seen.append(look(one.answers, lambda eyes, paths=one.pages: [eyes.open(path) for path in paths]))
    found = {said for eyes in seen for said in eyes.found}
    record_property("pages", sum(eyes.opened for eyes in seen))
    record_property("renderings", sum(eyes.met for eyes in seen))
    assert not found, "\n".join(sorted(found)[:40])
    assert sum(eyes.met for eyes in seen) > 100


def test_no_text_runs_in_a_mail(poisoned, look, record_property):
    mails = [(mail.key, mail.html) for mail in Mail.objects.all() if mail.html]
    chosen = mails if PAGES > 100 else random.sample(mails, min(PAGES, len(mails)))
    eyes = look({}, lambda eyes: [eyes.read(key, source) for key, source in chosen])
    record_property("mails", eyes.opened)
    record_property("renderings_in_mails", eyes.met)
    assert not eyes.found, "\n".join(eyes.found)
    assert eyes.met > 5


def test_no_text_runs_in_a_feed_reader(poisoned, look, record_property):
    """It shows what the feed says is HTML."""
    feed = Client(headers={"host": "localhost"}).get("/feed.atom").content
    said = [element.text or "" for element in ET.fromstring(feed).iter() if element.get("type") == "html"]  # noqa: S314  our own
    eyes = look({}, lambda eyes: [eyes.read("feed", source) for source in said])
    record_property("renderings_in_feeds", eyes.met)
    assert not eyes.found, "\n".join(eyes.found)
    assert eyes.met > 1


@pytest.mark.parametrize(
    ("headers", "sign"),
    [({}, "alert"), ({"Content-Security-Policy": "script-src 'self'"}, "policy: script-src")],
    ids=["without a policy", "under a policy"],
)
def test_what_runs_or_wants_to_is_seen(look, headers, sign):
    naked = Answer(200, {"Content-Type": "text/html", **headers}, b"<!doctype html><img src=x onerror=alert(1)>")
    eyes = look({"/": naked}, lambda eyes: eyes.open("/"))
    assert any(sign in said for said in eyes.found)
