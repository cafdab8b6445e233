"""Drill: web processes are killed at random moments while people send forms through the front door.

    python tests/drills/web_kills.py --kills 200 [--postgresql]

Now and then all of them at once. A form whose answer did not come is sent again with the same key. In the end each
acknowledged form must be there once, none twice, and nothing by half. Prints figures as JSON; exit code 0 when
everything is as promised.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

from front_door import LOST, Browser, Crowd, Installation, demonstrated, faults_of_file, kept, of_sqlite

from tests.postgres.server import PostgresServer, server_of_our_own, why_not

ALL_AT_ONCE = 0.3
NOT_HERE = 3


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--pause", type=float, default=0.8, help="seconds between two kills at most")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--postgresql", action="store_true", help="on a PostgreSQL server of its own")
    parser.add_argument("--home", type=Path, help="a home with the demonstration; left out: a new one")
    parser.add_argument("--back-within", type=float, default=2.0, help="seconds until the square answers again")
    return parser.parse_args()


def web_processes(square: Installation) -> list[int]:
    """The web server's processes: children of the supervisor's first child."""
    master = square.children()[0]
    found = Path(f"/proc/{master}/task/{master}/children").read_text()
    return [int(pid) for pid in found.split()]


def until_answered(port: int) -> None:
    """Until somebody new is answered."""
    while True:
        with suppress(*LOST):
            if Browser(port).ask("/healthz").status == 200:
                return
        time.sleep(0.005)


def until_all_work(square: Installation, many: int, but: set[int]) -> None:
    while len(set(web_processes(square)) - but) < many:
        time.sleep(0.01)


def asking(home: Path, server: PostgresServer | None) -> Callable[[str], list[tuple[Any, ...]]]:
    """Questions to the square's database, past the square."""
    if server is None:
        return of_sqlite(home)

    def ask(question: str) -> list[tuple[Any, ...]]:
        with server.connect() as line:
            return line.execute(question).fetchall()  # type: ignore[arg-type]  # constants

    return ask


def run(arguments: argparse.Namespace, home: Path, server: PostgresServer | None) -> dict[str, Any]:
    chance = random.Random(arguments.seed)
    square = demonstrated(home, **({"DORFPLATZ_DATABASE_URL": server.url} if server else {}))
    crowd = Crowd(square.port, seed=arguments.seed)
    killed, slowest_back_s, slowest_full_s, begun = 0, 0.0, 0.0, time.monotonic()
    try:
        crowd.begin()
        while not all(person.acknowledged for person in crowd.people):
            time.sleep(0.05)
        while killed < arguments.kills:
            time.sleep(chance.uniform(0.05, arguments.pause))
            present = web_processes(square)
            victims = present if chance.random() < ALL_AT_ONCE else [chance.choice(present)]
            for pid in victims:
                os.kill(pid, signal.SIGKILL)
            killed, since = killed + len(victims), time.monotonic()
            until_answered(square.port)
            slowest_back_s = max(slowest_back_s, time.monotonic() - since)
            until_all_work(square, len(present), set(victims))
            slowest_full_s = max(slowest_full_s, time.monotonic() - since)
        crowd.end()
    finally:
        crowd.stop.set()
        code = square.stop()
    return {
        "kills": killed,
        **crowd.figures(),
        **kept(asking(home, server), crowd.acknowledged),
        "faults_of_the_file": 0 if server else faults_of_file(of_sqlite(home)),
        "slowest_back_s": round(slowest_back_s, 2),
        "slowest_full_strength_s": round(slowest_full_s, 2),
        "exit_code": code,
        "odd": crowd.odd,
        "seconds": round(time.monotonic() - begun, 1),
    }


def main() -> None:
    arguments = read_arguments()
    if arguments.postgresql and (reason := why_not()):
        print(reason, file=sys.stderr)  # noqa: T201  its only output
        sys.exit(NOT_HERE)
    with tempfile.TemporaryDirectory(prefix="drill-") as folder, ExitStack() as stack:
        server = stack.enter_context(server_of_our_own(careful=True)) if arguments.postgresql else None
        account = run(arguments, arguments.home or Path(folder), server)
    odd = account.pop("odd")
    print(json.dumps(account, indent=1))  # noqa: T201  its only output
    zero = ("lost", "doubled", "halves", "faults_of_the_file", "exit_code")
    late = account["slowest_back_s"] > arguments.back_within
    if odd or late or any(account[name] for name in zero) or "500" in account["answers"]:
        sys.exit(f"not as promised {odd}")


if __name__ == "__main__":
    main()
