"""Drill: a large square is read and written to for a long while at a steady pace.

    python tests/drills/soak.py --seconds 1800

The square of the benchmarks (`benchmarks/seed.py`) is seeded once and kept under var/soak. Requests come when they are
due, whether or not the one before is answered, and are timed from that moment: 30 pages and 20 notes a second, the
pages half by visitors and half by a member, the notes by a member, in all municipalities. Memory is taken once a
minute; it may grow while caches fill, in the first third. Prints figures as JSON; exit code 0 when everything is as
promised. How much else this machine had to do in the meantime stands among them: times are worth something only when
the square had it for itself.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from queue import SimpleQueue
from random import Random
from typing import Any
from urllib.parse import urlencode

from front_door import ROOT, faults_of_file, of_sqlite  # first: it finds the other folders

# isort: split
from benchmarks.client import Ask, Line
from benchmarks.measuring import quantile
from benchmarks.questions import mixture
from benchmarks.sizes import SIZES, fingerprint
from benchmarks.square import Square, running_square

LINES = 8
EVERY_S = 60
# What has not been answered so long after the last request was due is not waited for.
GIVES_UP_AFTER_S = 10
CSRF = "d" * 32
NOTES = "SELECT count(*) FROM places_correction WHERE text LIKE 'soak %'"


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=1800)
    parser.add_argument("--reads", type=float, default=30, help="a second")
    parser.add_argument("--writes", type=float, default=20, help="a second")
    parser.add_argument("--municipalities", type=int, default=25)
    parser.add_argument("--entries", type=int, default=2000, help="in each municipality")
    parser.add_argument("--p95", type=float, default=0.3, help="seconds")
    parser.add_argument("--growth", type=float, default=5.0, help="per cent of memory, after the first third")
    parser.add_argument("--folder", type=Path, default=ROOT / "var" / "soak")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


class Stream:
    """Requests of one sort, at random moments but so many a second, and how each was answered."""

    def __init__(self, port: int, requests: Iterator[bytes], a_second: float, wanted: set[int], seed: int) -> None:
        self.port, self.requests, self.a_second, self.wanted = port, requests, a_second, wanted
        self.times: list[float] = []
        self.odd: Counter[int] = Counter()
        self.unanswered = 0
        self._gives_up_at = 0.0
        self._chance = Random(seed)
        self._waiting: SimpleQueue[tuple[float, bytes] | None] = SimpleQueue()
        self._threads = [threading.Thread(target=self._serve, daemon=True) for _ in range(LINES)]

    def run(self, seconds: float) -> None:
        for thread in self._threads:
            thread.start()
        began, due = time.perf_counter(), 0.0
        self._gives_up_at = began + seconds + GIVES_UP_AFTER_S
        while (due := due + self._chance.expovariate(self.a_second)) < seconds:
            time.sleep(max(0.0, began + due - time.perf_counter()))
            self._waiting.put((began + due, next(self.requests)))
        for _thread in self._threads:
            self._waiting.put(None)
        for thread in self._threads:
            thread.join(120)

    def _serve(self) -> None:
        line = Line(self.port)
        while (asked := self._waiting.get()) is not None:
            due, request = asked
            if time.perf_counter() > self._gives_up_at:
                self.unanswered += 1
                continue
            try:
                status = line.get(request).status
            except OSError:
                status = 0
                line.close()
            self.times.append(time.perf_counter() - due)
            if status not in self.wanted:
                self.odd[status] += 1

    def ms(self, share: float) -> float:
        return round(quantile(sorted(self.times), share) * 1000, 1)


def notes(seeded: dict[str, Any], seed: int) -> Iterator[bytes]:
    """“Something is wrong here”, sent by a member, in one municipality after the other; each with its own key."""
    towns, number = list(zip(seeded["hosts"], seeded["codes"], strict=True)), 0
    while True:
        host, codes = towns[number % len(towns)]
        code = codes[number // len(towns) % len(codes)].partition("/")[0]
        key = f"{seed}-{os.getpid()}-{number}"
        said = {"csrfmiddlewaretoken": CSRF, "form_key": key, "what": "other", "text": f"soak {key} Die Tür ist zu."}
        body = urlencode(said).encode()
        head = [
            f"POST /de/eintrag/{code}/stimmt-nicht/ HTTP/1.1",
            f"Host: {host}",
            "Content-Type: application/x-www-form-urlencoded",
            f"Content-Length: {len(body)}",
            f"Cookie: session={seeded['sessions']['member']}; csrf={CSRF}",
        ]
        yield ("\r\n".join(head) + "\r\n\r\n").encode() + body
        number += 1


def pages(asks: Iterator[Ask]) -> Iterator[bytes]:
    return (ask.as_bytes() for ask in asks)


class Scales:
    """The square's memory, and how much else the machine had to do, looked at now and then."""

    def __init__(self, square: Square, every_s: float) -> None:
        self._square, self._every_s, self._over = square, every_s, threading.Event()
        self.memory_mb: list[float] = []
        self.load: list[float] = []
        self._thread = threading.Thread(target=self._weigh, daemon=True)
        self._thread.start()

    def _weigh(self) -> None:
        while not self._over.wait(self._every_s):
            self.memory_mb.append(self._square.memory_mb())
            self.load.append(os.getloadavg()[0])

    def done(self) -> None:
        self._over.set()
        self._thread.join()

    def growth(self) -> float:
        """Per cent, from the end of the first third to the end: the middle of some readings each."""
        third = max(1, len(self.memory_mb) // 3)
        early, late = self.memory_mb[third : 2 * third] or self.memory_mb, self.memory_mb[-third:]
        return round((middle(late) / middle(early) - 1) * 100, 1)


def middle(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]


def side_by_side(*work: Callable[[], None]) -> None:
    threads = [threading.Thread(target=one) for one in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def run(arguments: argparse.Namespace) -> dict[str, Any]:
    size = replace(SIZES["smoke"], many=arguments.municipalities, villages=9, entries=arguments.entries)
    arguments.folder.mkdir(parents=True, exist_ok=True)
    ask = of_sqlite(arguments.folder / f"{fingerprint(arguments.municipalities, size)}-sqlite")
    with running_square(arguments.folder, arguments.municipalities, size, database="sqlite") as square:
        before = ask(NOTES)[0][0]
        read = Stream(square.port, pages(mixture(square.seeded)), arguments.reads, {200}, arguments.seed)
        written = Stream(square.port, notes(square.seeded, arguments.seed), arguments.writes, {302}, arguments.seed + 1)
        scales = Scales(square, min(EVERY_S, arguments.seconds / 12))
        began, cpu_s = time.monotonic(), square.cpu_s()
        side_by_side(lambda: read.run(arguments.seconds), lambda: written.run(arguments.seconds))
        took_s, cores = time.monotonic() - began, (square.cpu_s() - cpu_s) / (time.monotonic() - began)
        scales.done()
        kept = ask(NOTES)[0][0] - before
    return {
        "entries": square.seeded["entries"],
        "minutes": round(took_s / 60, 1),
        "pages": len(read.times),
        "pages_per_second": round(len(read.times) / took_s, 1),
        "pages_median_ms": read.ms(0.5),
        "pages_p95_ms": read.ms(0.95),
        "pages_p99_ms": read.ms(0.99),
        "notes": len(written.times),
        "notes_per_second": round(len(written.times) / took_s, 1),
        "notes_p95_ms": written.ms(0.95),
        "notes_lost": len(written.times) - written.odd.total() - kept,
        "unanswered": read.unanswered + written.unanswered,
        "errors": read.odd.total() + written.odd.total(),
        "memory_mb": scales.memory_mb[-1],
        "memory_growth_percent": scales.growth(),
        "cores_used": round(cores, 2),
        "load_of_the_machine": round(middle(scales.load), 1),
        "faults_of_the_file": faults_of_file(ask),
        "odd": {**read.odd, **written.odd},
    }


def main() -> None:
    arguments = read_arguments()
    account = run(arguments)
    odd = account.pop("odd")
    print(json.dumps(account, indent=1))  # noqa: T201  its only output
    zero = ("errors", "unanswered", "notes_lost", "faults_of_the_file")
    late = account["pages_p95_ms"] > arguments.p95 * 1000
    if late or any(account[name] for name in zero) or account["memory_growth_percent"] > arguments.growth:
        sys.exit(f"not as promised {odd}")


if __name__ == "__main__":
    main()
