"""A seeded installation and its server: made once for each fingerprint, started as anybody starts it."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.sizes import ROOT, Size, fingerprint
from tests.fixtures.orphans import end_with_parent
from tests.postgres.server import PostgresServer

BIN = Path(sys.executable).parent
STARTS_WITHIN_S = 120
TICKS = os.sysconf("SC_CLK_TCK")
PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")
NOTE = "seeded.json"


@dataclass(frozen=True)
class Square:
    """A running installation: where, what to ask for, and what its processes have used so far."""

    port: int
    process: subprocess.Popen[bytes]
    seeded: dict[str, Any]

    def cpu_s(self) -> float:
        """Processor seconds of all its processes, of those that have ended too. Who else is at work here counts not."""
        return sum(sum(map(int, _stat(pid)[11:15])) for pid in _family(self.process.pid)) / TICKS

    def memory_mb(self) -> float:
        """What all its processes hold, what they share counted once."""
        return round(sum(_own_kb(pid) for pid in _family(self.process.pid)) / 1024, 1)


@contextmanager
def running_square(folder: Path, municipalities: int, size: Size, *, database: str) -> Iterator[Square]:
    """Seeds the installation if need be and runs it."""
    mark = fingerprint(municipalities, size)
    home = folder / f"{mark}-{database}"
    home.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        environment = plain_environment(home)
        if database == "postgresql":
            environment["DORFPLATZ_DATABASE_URL"] = stack.enter_context(_kept_server(home / "cluster"))
        seeded = _seeded(home, municipalities, size, environment)
        process = _start(home, environment)
        try:
            yield Square(_port(home, process), process, seeded)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(60)


@contextmanager
def _kept_server(folder: Path) -> Iterator[str]:
    """A PostgreSQL server whose data stay for the next run."""
    folder.mkdir(exist_ok=True)
    is_new = not (folder / "data").exists()
    server = PostgresServer(folder)
    server.start()
    try:
        if is_new:
            server.create_database()
        server.wait_until_it_answers()
        yield server.url
    finally:
        server.stop(signal.SIGINT)


def plain_environment(home: Path) -> dict[str, str]:
    kept = {name: text for name, text in os.environ.items() if not name.startswith(("DORFPLATZ_", "PYTEST_"))}
    return {**kept, "DORFPLATZ_HOME": str(home), "DORFPLATZ_BACKUPS": "off", "PYTHONPATH": str(ROOT)}


def _seeded(home: Path, municipalities: int, size: Size, environment: dict[str, str]) -> dict[str, Any]:
    note = home / NOTE
    if not note.exists():
        began = time.monotonic()
        print(f"Seeding {municipalities} × {size.entries} entries …", flush=True)
        for old in home.glob("dorfplatz.sqlite3*"):
            old.unlink()  # of a run that was interrupted
        words = [str(number) for number in (municipalities, size.villages, size.entries, *size.life)]
        done = subprocess.run(
            [sys.executable, ROOT / "benchmarks" / "seed.py", *words],
            env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False,
        )  # fmt: skip
        if done.returncode != 0:
            raise SystemExit(f"Seeding failed.\n{done.stdout}{done.stderr}")
        note.write_text(done.stdout)
        print(f"  in {time.monotonic() - began:.0f} s", flush=True)
    seeded: dict[str, Any] = json.loads(note.read_text())
    return seeded


def _start(home: Path, environment: dict[str, str]) -> subprocess.Popen[bytes]:
    with (home / "run.log").open("w") as log:
        return subprocess.Popen(
            [BIN / "dorfplatz", "run", "--port", "0"],
            env=environment, stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True,
            preexec_fn=end_with_parent(signal.SIGTERM),  # noqa: PLW1509  no thread of ours runs yet
        )  # fmt: skip


def _port(home: Path, process: subprocess.Popen[bytes]) -> int:
    log, ends_at = home / "run.log", time.monotonic() + STARTS_WITHIN_S
    while time.monotonic() < ends_at:
        found = re.search(r"http://localhost:(\d+)", log.read_text())
        if found:
            return int(found[1])
        if process.poll() is not None:
            break
        time.sleep(0.05)
    raise SystemExit(f"The square did not open.\n{log.read_text()}")


def _family(pid: int) -> list[int]:
    """The process and all below it."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                parents.setdefault(int(_stat(int(entry.name))[1]), []).append(int(entry.name))
            except (OSError, IndexError):
                continue  # it has ended meanwhile
    found = [pid]
    for one in found:
        found.extend(parents.get(one, []))
    return found


def _stat(pid: int) -> list[str]:
    """The fields of /proc/PID/stat from the state on, which is field 0."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def _own_kb(pid: int) -> int:
    try:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    found = re.search(r"^Pss:\s+(\d+) kB", rollup, re.MULTILINE)
    return int(found[1]) if found else 0
