"""What the drills at the front door share: people who send forms over HTTP, and what is kept of them in the end.

Each person sends one form after the other. A form whose answer did not come, or was a refusal of the machine's, is
sent again with the same key until it is acknowledged, as a browser does when somebody presses “send again”.
"""

from __future__ import annotations

import http.client
import re
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [entry for entry in (str(ROOT), str(ROOT / "src")) if entry not in sys.path]

import dorfplatz.config  # noqa: E402, F401  puts the sound SQLite in its place
from dorfplatz.operations.tests.installation import COMMAND, Installation, environment  # noqa: E402  after the path

PATIENCE_S = 30
PAUSE_S = 0.05
# Less than the square keeps a silent connection.
KEPT_S = 5
LOST = (OSError, http.client.HTTPException)
MARK = "drill"
# Strangers may say a few things only; more would be refused, and rightly.
MOST_OF_A_STRANGER = 40


def demonstrated(home: Path, **settings: str) -> Installation:
    """A running square with the demonstration's people and entries, which are put there unless they are."""
    if not (home / "dorfplatz.sqlite3").exists():
        done = subprocess.run(
            [COMMAND, "demo", "--quiet"], env=environment(home, **settings), capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise SystemExit(done.stdout + done.stderr)
    return Installation(home, **settings)


class Answer:
    """What came back, and how long it took."""

    def __init__(self, status: int, location: str, text: str, seconds: float) -> None:
        self.status, self.location, self.text, self.seconds = status, location, text, seconds


class Browser:
    """One person's way to the square: cookies, one connection that is kept while it holds."""

    def __init__(self, port: int, language: str = "de") -> None:
        self._port, self._language = port, language
        self._cookies: dict[str, str] = {}
        self._line: http.client.HTTPConnection | None = None
        self._asked_at = 0.0

    def ask(self, path: str, fields: Mapping[str, Any] | None = None, *, body: bytes = b"", kind: str = "") -> Answer:
        """One request, not repeated. Raises one of LOST when no answer came."""
        begun = time.monotonic()
        if begun - self._asked_at > KEPT_S:
            self.hang_up()
        self._asked_at = begun
        headers = {
            "Host": "localhost",
            "Accept": "text/html",
            "Accept-Language": self._language,
            "Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items()),
        }
        if fields is not None:
            body, kind = urlencode(fields, doseq=True).encode(), "application/x-www-form-urlencoded"
        if kind:
            headers |= {"Content-Type": kind, "Origin": "http://localhost"}
        try:
            line = self._line = self._line or http.client.HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE_S)
            line.request("POST" if kind else "GET", path, body or None, headers)
            came = line.getresponse()
            text = came.read().decode()
        except LOST:
            self.hang_up()
            raise
        for cookie in came.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.partition(";")[0].partition("=")
            self._cookies[name] = value
        return Answer(came.status, came.headers.get("Location", ""), text, time.monotonic() - begun)

    def hang_up(self) -> None:
        if self._line is not None:
            self._line.close()
        self._line = None

    def log_in(self, email: str) -> None:
        fields = fields_of(self.ask("/de/anmelden/").text, "password")
        answer = self.ask("/de/anmelden/", {**fields, "email": email, "password": "dorfplatz"})
        if answer.status != 302:
            raise SystemExit(f"{email} cannot log in: {answer.status}")


def fields_of(page: str, holding: str) -> dict[str, list[str]]:
    """The values of the form on a page that has a field of this name, as a browser would send them."""
    form = next(form for form in re.findall(r"<form.*?</form>", page, re.DOTALL) if f'name="{holding}"' in form)
    values: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        said = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if "name" in said and (said.get("type") not in {"checkbox", "radio"} or " checked" in tag):
            values.setdefault(said["name"], []).append(said.get("value", ""))
    for name, inner in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', form, re.DOTALL):
        values[name] = [inner.strip()]
    for name, inner in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', inner)
        values[name] = [chosen[1] if chosen else ""]
    return values


class Person:
    """Somebody who sends forms until told to stop, each until it is acknowledged."""

    def __init__(self, name: str, forms: Callable[[Browser, int], Iterator[tuple[str, dict[str, Any], str]]]) -> None:
        self.name, self._forms = name, forms
        self.acknowledged: list[str] = []
        self.statuses: Counter[str] = Counter()
        self.slowest_answer_s = self.slowest_refusal_s = self.longest_without_answer_s = 0.0
        self.odd = ""
        self.thread = threading.Thread(target=lambda: None)

    def begin(self, browser: Browser, stop: threading.Event, *, pause_s: float) -> None:
        self.thread = threading.Thread(target=self._send_on, args=(browser, stop, pause_s), daemon=True)
        self.thread.start()

    def _send_on(self, browser: Browser, stop: threading.Event, pause_s: float) -> None:
        for number, (path, fields, mark) in enumerate(self._forms(browser, 0)):
            key = f"{MARK}-{self.name}-{number}"
            begun = time.monotonic()
            while (answer := self._sent(browser, path, {**fields, "form_key": key})) is None:
                time.sleep(PAUSE_S)
            self.longest_without_answer_s = max(self.longest_without_answer_s, time.monotonic() - begun)
            if answer.status == 302:
                self.acknowledged.append(mark)
            else:
                self.odd = self.odd or f"{path}: {answer.status}"
            if stop.wait(pause_s):
                return

    def _sent(self, browser: Browser, path: str, fields: dict[str, Any]) -> Answer | None:
        """The answer, or None when the form is to be sent again."""
        try:
            answer = browser.ask(path, fields)
        except LOST:
            self.statuses["none"] += 1
            return None
        self.statuses[str(answer.status)] += 1
        if answer.status >= 500:
            self.slowest_refusal_s = max(self.slowest_refusal_s, answer.seconds)
            return None
        self.slowest_answer_s = max(self.slowest_answer_s, answer.seconds)
        return answer


class Crowd:
    """Two members who say what is wrong, a connector who adds entries, one who posts, and a stranger now and then."""

    def __init__(self, port: int, *, seed: int, pause_s: float = 0.0) -> None:
        self.port, self.pause_s = port, pause_s
        self.stop = threading.Event()
        self.people = [
            Person(f"anna{seed}", notes("anna@example.org", f"{MARK} anna {seed}")),
            Person(f"dirk{seed}", notes("dirk@example.org", f"{MARK} dirk {seed}")),
            Person(f"ben{seed}", entries("ben@example.org", f"{MARK} ben {seed}")),
            Person(f"writer{seed}", posts("anna@example.org", f"{MARK} writer {seed}")),
            Person(f"stranger{seed}", notes("", f"{MARK} stranger {seed}")),
        ]

    def begin(self) -> None:
        for person in self.people:
            slow = 1.0 if person.name.startswith("stranger") else self.pause_s
            person.begin(Browser(self.port), self.stop, pause_s=slow)

    def end(self) -> None:
        self.stop.set()
        for person in self.people:
            person.thread.join(120)
            if person.thread.is_alive():
                raise SystemExit(f"{person.name} waits for an answer without end")

    @property
    def acknowledged(self) -> list[str]:
        return [mark for person in self.people for mark in person.acknowledged]

    def figures(self) -> dict[str, Any]:
        statuses: Counter[str] = Counter()
        for person in self.people:
            statuses += person.statuses
        return {
            "acknowledged": len(self.acknowledged),
            "answers": dict(sorted(statuses.items())),
            "slowest_answer_s": round(max(person.slowest_answer_s for person in self.people), 2),
            "longest_until_acknowledged_s": round(max(p.longest_without_answer_s for p in self.people), 2),
        }

    @property
    def odd(self) -> list[str]:
        return [person.odd for person in self.people if person.odd]


def patiently(browser: Browser, path: str) -> Answer:
    """A page, asked for until it comes."""
    while True:
        with suppress(*LOST):
            answer = browser.ask(path)
            if answer.status < 500:
                return answer
        time.sleep(PAUSE_S)


def logged_in(browser: Browser, email: str) -> None:
    while True:
        try:
            browser.log_in(email)
        except (*LOST, StopIteration):
            time.sleep(PAUSE_S)
        else:
            return


def notes(email: str, mark: str) -> Callable[[Browser, int], Iterator[tuple[str, dict[str, Any], str]]]:
    """“Something is wrong here” about one entry after the other; without an address, by a stranger."""

    def forms(browser: Browser, _seed: int) -> Iterator[tuple[str, dict[str, Any], str]]:
        if email:
            logged_in(browser, email)
        codes = sorted(set(re.findall(r'href="/de/e/(\w+)/', patiently(browser, "/de/karte/").text)))
        paths = [f"/de/eintrag/{code}/stimmt-nicht/" for code in codes]
        hidden = fields_of(patiently(browser, paths[0]).text, "form_key")
        number = 0
        while email or number < MOST_OF_A_STRANGER:
            said = f"{mark} {number:06d} {'Die Tür ist zu. ' * 20}".strip()
            yield paths[number % len(paths)], {**hidden, "what": "other", "text": said}, said
            number += 1

    return forms


def entries(email: str, mark: str) -> Callable[[Browser, int], Iterator[tuple[str, dict[str, Any], str]]]:
    """New entries on the map."""

    def forms(browser: Browser, _seed: int) -> Iterator[tuple[str, dict[str, Any], str]]:
        logged_in(browser, email)
        page = patiently(browser, "/de/eintragen/").text
        category = re.search(r'name="category".*?<option value="(\d+)"', page, re.DOTALL)
        assert category, "the form has no categories"
        hidden = {**fields_of(page, "title"), "kind": "organization", "category": category[1]}
        number = 0
        while True:
            yield "/de/eintragen/", {**hidden, "title": f"{mark} {number:06d}"}, f"{mark} {number:06d}"
            number += 1

    return forms


def posts(email: str, mark: str) -> Callable[[Browser, int], Iterator[tuple[str, dict[str, Any], str]]]:
    """News of the writer's village."""

    def forms(browser: Browser, _seed: int) -> Iterator[tuple[str, dict[str, Any], str]]:
        logged_in(browser, email)
        path = "/de/beitraege/schreiben/news/"
        hidden = {**fields_of(patiently(browser, path).text, "body"), "body": "Das Storchennest ist besetzt."}
        number = 0
        while True:
            yield path, {**hidden, "title": f"{mark} {number:06d}"}, f"{mark} {number:06d}"
            number += 1

    return forms


Ask = Callable[[str], list[tuple[Any, ...]]]
NOTES = "SELECT text FROM places_correction WHERE text LIKE 'drill %'"
ENTRIES = "SELECT title FROM entries_entry WHERE title LIKE 'drill %'"
UNLISTED = (
    "SELECT count(*) FROM entries_entry WHERE title LIKE 'drill %' "
    "AND id NOT IN (SELECT entry_id FROM places_listing) AND id NOT IN (SELECT entry_id FROM square_post)"
)
UNSENT = (
    "SELECT count(*) FROM entries_entry WHERE title LIKE 'drill %' "
    "AND id NOT IN (SELECT listing_id FROM places_sentform) AND id NOT IN (SELECT entry_id FROM entries_sentform)"
)
# A post and its discussion are written in one.
UNTALKED = "SELECT count(*) FROM square_post WHERE entry_id NOT IN (SELECT entry_id FROM comments_discussion)"
UNSAID = (
    "SELECT abs((SELECT count(*) FROM journal_act WHERE verb = 'place.correction_received') "
    "- (SELECT count(*) FROM places_correction))"
)


def kept(ask: Ask, acknowledged: list[str]) -> dict[str, int]:
    """What the database holds, compared with what was acknowledged. `ask` puts a question in SQL."""
    found = Counter(text for (text,) in [*ask(NOTES), *ask(ENTRIES)])
    return {
        "kept": found.total(),
        "lost": sum(1 for mark in acknowledged if mark not in found),
        "doubled": sum(count - 1 for count in found.values()),
        "halves": sum(ask(question)[0][0] for question in (UNLISTED, UNSENT, UNTALKED, UNSAID)),
    }


def of_sqlite(home: Path) -> Ask:
    """Questions to the square's file, in a connection of their own."""
    import sqlite3  # noqa: PLC0415  the one that dorfplatz.config has put in its place

    def ask(question: str) -> list[tuple[Any, ...]]:
        with sqlite3.connect(f"file:{home / 'dorfplatz.sqlite3'}?mode=ro", uri=True) as line:
            return line.execute(question).fetchall()

    return ask


def faults_of_file(ask: Ask) -> int:
    """What SQLite finds wrong with its file."""
    whole = [row[0] for row in ask("PRAGMA integrity_check")]
    return (whole != ["ok"]) + len(ask("PRAGMA foreign_key_check"))
