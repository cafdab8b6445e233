"""Drill: PostgreSQL is stopped hard again and again while people send forms and read.

    python tests/drills/database_outage.py --outages 20

Each time it stays away for a while of random length. Meanwhile readers must be told so at once, in their language; as
soon as it is back the square must be, too, and its worker. In the end each acknowledged form must be there once.
Prints figures as JSON; exit code 0 when everything is as promised.
"""

from __future__ import annotations

import argparse
import json
import random
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any

from front_door import LOST, Browser, Crowd, Installation, demonstrated, kept

from tests.postgres.server import PostgresServer, server_of_our_own

PAGES = {"/de/karte/": "Der Dorfplatz macht eine kurze Pause.", "/nl/kaart/": "Het dorpsplein houdt even pauze."}


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--outages", type=int, default=20)
    parser.add_argument("--longest", type=float, default=8.0, help="seconds that the database is away at most")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--told-within", type=float, default=5.0, help="seconds until somebody is told that it is away")
    parser.add_argument("--back-within", type=float, default=3.0, help="seconds until the square is back")
    return parser.parse_args()


class Readers:
    """Ask for pages all the time, each on a connection of its own, and look closely at what they are told."""

    def __init__(self, port: int) -> None:
        self.port, self.stop = port, threading.Event()
        self.answers: Counter[int] = Counter()
        self.slowest_s: Counter[int] = Counter()
        self.odd: list[str] = []
        self._threads = [threading.Thread(target=self._read, args=(page,), daemon=True) for page in PAGES]

    def begin(self) -> None:
        for thread in self._threads:
            thread.start()

    def end(self) -> None:
        self.stop.set()
        for thread in self._threads:
            thread.join(60)

    def _read(self, page: str) -> None:
        while not self.stop.wait(0.1):
            try:
                answer = Browser(self.port).ask(page)
            except LOST as error:
                self.odd.append(repr(error))
                continue
            self.answers[answer.status] += 1
            self.slowest_s[answer.status] = max(self.slowest_s[answer.status], answer.seconds)  # type: ignore[assignment]  # seconds, not counts
            if answer.status not in {200, 503} or (answer.status == 503 and PAGES[page] not in answer.text):
                self.odd.append(f"{page}: {answer.status} {answer.text[:200]}")


def seconds_until(port: int, path: str) -> float:
    begun = time.monotonic()
    while True:
        with suppress(*LOST):
            if Browser(port).ask(path).status == 200:
                return time.monotonic() - begun
        time.sleep(0.02)


def one_outage(square: Installation, server: PostgresServer, chance: random.Random, longest: float) -> list[float]:
    """Seconds until pages, and until the worker, were back once the database answered."""
    time.sleep(chance.uniform(0.5, 2.5))
    server.stop(chance.choice([signal.SIGQUIT, signal.SIGKILL]))
    time.sleep(chance.uniform(0.3, longest))
    server.start()
    server.wait_until_it_answers()
    return [seconds_until(square.port, path) for path in ("/de/karte/", "/readyz")]


def run(arguments: argparse.Namespace, home: Path, server: PostgresServer) -> dict[str, Any]:
    chance, begun = random.Random(arguments.seed), time.monotonic()
    square = demonstrated(home, DORFPLATZ_DATABASE_URL=server.url)
    children = square.children()
    crowd, readers = Crowd(square.port, seed=arguments.seed, pause_s=0.05), Readers(square.port)
    back: list[list[float]] = []
    try:
        crowd.begin()
        while not all(person.acknowledged for person in crowd.people):
            time.sleep(0.05)
        readers.begin()
        back += [one_outage(square, server, chance, arguments.longest) for _number in range(arguments.outages)]
        readers.end()
        crowd.end()
        survived = square.children() == children
    finally:
        crowd.stop.set()
        readers.stop.set()
        code = square.stop()
    with server.connect() as line:
        account = kept(lambda question: line.execute(question).fetchall(), crowd.acknowledged)  # type: ignore[arg-type]  # constants
        parked = line.execute("SELECT count(*) FROM jobs_job WHERE state = 'parked'").fetchall()[0][0]
    told_s = max([readers.slowest_s[503], *(person.slowest_refusal_s for person in crowd.people)])
    return {
        "outages": arguments.outages,
        **crowd.figures(),
        **account,
        "pages_read": readers.answers[200],
        "pages_that_said_so": readers.answers[503],
        "slowest_told_s": round(told_s, 2),
        "slowest_back_s": round(max(pages for pages, _worker in back), 2),
        "slowest_worker_back_s": round(max(pages + worker for pages, worker in back), 2),
        "processes_lost": int(not survived),
        "jobs_parked": parked,
        "exit_code": code,
        "odd": [*crowd.odd, *readers.odd],
        "seconds": round(time.monotonic() - begun, 1),
    }


def main() -> None:
    arguments = read_arguments()
    with tempfile.TemporaryDirectory(prefix="drill-") as folder, server_of_our_own(careful=True) as server:
        account = run(arguments, Path(folder), server)
    odd = account.pop("odd")
    print(json.dumps(account, indent=1))  # noqa: T201  its only output
    zero = ("lost", "doubled", "halves", "processes_lost", "jobs_parked", "exit_code")
    late = account["slowest_told_s"] > arguments.told_within or account["slowest_back_s"] > arguments.back_within
    if odd or late or any(account[name] for name in zero) or "500" in account["answers"]:
        sys.exit(f"not as promised {odd[:3]}")


if __name__ == "__main__":
    main()
