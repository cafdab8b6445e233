"""Drill: the engine that translates is down, hangs, or is busy for minutes, while people read.

    python tests/drills/translation.py --failures 100
    python tests/drills/translation.py --busy

Two squares with the same demonstration: one without translation, one whose engine is in trouble, where readers ask for
translations all the time; or, with `--busy`, one whose models of the real size have just been installed, so that all
that was ever written waits for them. The same pages are asked of both squares in turn. No page may cost more than a
tenth more; and once the engine is well again, everything that was asked for must be translated. Prints figures as JSON;
exit code 0 when everything is as promised.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import cycle
from pathlib import Path
from typing import Any

from front_door import Browser, demonstrated, environment, of_sqlite

from dorfplatz.translation.tests import tiny_model

PAGES = ("/nl/kaart/", "/nl/berichten/", "/nl/agenda/", "/nl/")
SET_OUT = (
    "SELECT id, code FROM entries_entry WHERE state = 'published' AND audience = 'public' AND language != 'en' "
    "ORDER BY id DESC"
)
LEFT = "SELECT count(*) FROM entries_awaitedtext WHERE is_asked"
BACKLOG = (
    "SELECT a.entry_id, a.language FROM entries_awaitedtext a JOIN entries_entry e ON e.id = a.entry_id "
    "WHERE NOT a.is_asked AND a.language != e.language"
)
MADE = "SELECT entry_id, language FROM entries_entrytext WHERE made_with != ''"
# What the clock does by itself once an hour.
AWAIT = "import django; django.setup(); from dorfplatz.entries.translating import await_missing; await_missing()"
DONE = "SELECT count(*) FROM entries_entrytext WHERE language = 'en' AND made_with != '' AND entry_id IN (%s)"


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--failures", type=int, default=100)
    parser.add_argument("--busy", action="store_true", help="real models at work instead of a server in trouble")
    parser.add_argument("--rounds", type=int, default=60, help="how often each page is asked of both squares")
    parser.add_argument("--entries", type=int, default=40)
    parser.add_argument("--slower", type=float, default=0.10, help="what a page may cost more, of its median")
    parser.add_argument("--home", type=Path, default=None, help="a home with the demonstration, to be copied")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


class Server:
    """A LibreTranslate server in all sorts of trouble, until it is told to be well."""

    def __init__(self, seed: int) -> None:
        self.chance, self.is_well, self.failures = random.Random(seed), False, 0
        owner = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                if owner.is_well:
                    return self.say(200, json.dumps({"translatedText": [text.upper() for text in asked["q"]]}).encode())
                owner.failures += 1
                way = owner.chance.choice(("error", "enough", "nonsense", "cut", "slow"))
                if way == "slow":
                    time.sleep(owner.chance.uniform(0.2, 1.5))
                if way == "cut":
                    return self.connection.close()
                body = b"[[[" if way == "nonsense" else b"{}"
                return self.say({"error": 500, "enough": 429}.get(way, 200), body)

            def say(self, status: int, body: bytes) -> None:
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.setting = f"libretranslate:http://127.0.0.1:{self.server.server_port}"


def ask_for(browser: Browser, code: str) -> None:
    page = browser.ask(f"/en/e/{code}/in/en/ask/")
    if 'name="csrfmiddlewaretoken"' in page.text and page.status == 200:
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)
        browser.ask(f"/en/e/{code}/in/en/ask/", {"csrfmiddlewaretoken": token[1] if token else ""})


def compared(ports: tuple[int, int], rounds: int, busy: Any) -> dict[str, float]:
    """Milliseconds of the same pages, asked of both squares in turn by a member; as long as there is trouble."""
    browsers = [Browser(port, "nl") for port in ports]
    for browser in browsers:
        browser.log_in("dirk@example.org")
    took: tuple[list[float], list[float]] = ([], [])
    while len(took[0]) < rounds * len(PAGES) and busy():
        for page in PAGES:
            for number in (0, 1) if len(took[0]) % 2 else (1, 0):
                took[number].append(browsers[number].ask(page).seconds * 1000)
    cut = [sorted(some[len(PAGES) :]) for some in took]
    medians = [statistics.median(some) for some in cut]
    p95 = [some[int(len(some) * 0.95)] for some in cut]
    return {
        "pages": len(took[1]),
        "median_without_ms": round(medians[0], 1),
        "median_ms": round(medians[1], 1),
        "median_ratio": round(medians[1] / medians[0], 3),
        "p95_without_ms": round(p95[0], 1),
        "p95_ms": round(p95[1], 1),
        "p95_ratio": round(p95[1] / p95[0], 3),
    }


def main() -> int:
    asked = read_arguments()
    with tempfile.TemporaryDirectory() as folder:
        quiet_home, home = Path(folder) / "quiet", Path(folder) / "troubled"
        if asked.home:
            shutil.copytree(asked.home, quiet_home)
        else:
            demonstrated(quiet_home, DORFPLATZ_TRANSLATION="none").stop()
        shutil.copytree(quiet_home, home)
        server = Server(asked.seed)
        if asked.busy:
            tiny_model.put(
                home / "translation", "de-en", "nl-en", "en-de", "en-nl", ends=108.0, **tiny_model.REAL_SHAPE
            )
            chosen = environment(
                home, DORFPLATZ_TRANSLATION="firefox", DJANGO_SETTINGS_MODULE="dorfplatz.config.settings"
            )
            subprocess.run([sys.executable, "-c", AWAIT], env=chosen, check=True)
        quiet = demonstrated(quiet_home, DORFPLATZ_TRANSLATION="none")
        troubled = demonstrated(home, DORFPLATZ_TRANSLATION="firefox" if asked.busy else server.setting)
        try:
            told = drill(asked, server, quiet.port, troubled.port, of_sqlite(home))
        finally:
            quiet.stop()
            troubled.stop()
    print(json.dumps(told, indent=1))  # noqa: T201  its only output
    is_kept = told["lost"] == 0 and told["median_ratio"] <= 1 + asked.slower
    return 0 if is_kept and (asked.busy or told["failures"] >= asked.failures) else 1


class Readers:
    """Ask for translations, of both squares alike, until told to stop."""

    def __init__(self, ports: tuple[int, int], codes: list[str]) -> None:
        self.browsers, self.codes, self.stop = [Browser(port, "en") for port in ports], codes, threading.Event()
        self.thread = threading.Thread(target=self._go_on, daemon=True)

    def ask_once(self) -> None:
        for code in self.codes:
            for browser in self.browsers:
                ask_for(browser, code)

    def _go_on(self) -> None:
        for code in cycle(self.codes):
            for browser in self.browsers:
                ask_for(browser, code)
            if self.stop.wait(0.3):
                return


def drill(asked: argparse.Namespace, server: Server, quiet: int, troubled: int, sql: Any) -> dict[str, Any]:
    if asked.busy:
        return backlog(asked, (quiet, troubled), sql)
    rows = sql(SET_OUT)[: asked.entries]
    readers = Readers((troubled, quiet), [code for _pk, code in rows])
    readers.ask_once()
    readers.thread.start()
    figures = compared((quiet, troubled), asked.rounds, lambda: True)
    wait_until(lambda: server.failures >= asked.failures)
    readers.stop.set()
    readers.thread.join(30)
    failures, server.is_well = server.failures, True
    ask_for(readers.browsers[0], readers.codes[0])
    wait_until(lambda: sql(LEFT)[0][0] == 0)
    done = sql(DONE % ",".join(str(pk) for pk, _code in rows))[0][0]
    return {"asked": len(rows), "failures": failures, "lost": len(rows) - done, **figures}


def backlog(asked: argparse.Namespace, ports: tuple[int, int], sql: Any) -> dict[str, Any]:
    """Pages while the engine works through all there is, at most for as long as `rounds` takes."""
    waiting, begun = sql(BACKLOG), time.monotonic()
    figures = compared(ports, asked.rounds, lambda: len(sql(BACKLOG)) > 0)
    while_s = time.monotonic() - begun
    wait_until(lambda: not sql(BACKLOG), within_s=900)
    lost = len(set(waiting) - set(sql(MADE)))
    return {"asked": len(waiting), "failures": 0, "lost": lost, "while_s": round(while_s), **figures}


def wait_until(happened: Callable[[], bool], *, within_s: float = 300) -> None:
    ends_at = time.monotonic() + within_s
    while not happened() and time.monotonic() < ends_at:
        time.sleep(0.1)


if __name__ == "__main__":
    sys.exit(main())
