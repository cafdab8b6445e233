"""Drill: the database's files as they lie at random moments, the end of the log cut off or spoilt, must open whole.

    python tests/drills/torn_writes.py --snapshots 1000

A writer commits numbered pairs of rows with the square's own settings and notes each as begun and, once its commit has
returned, as done. Again and again it is frozen in the midst of whatever it does; file and log are copied as they lie.
What the log held when it was last made safe stays; behind that a power cut may have left anything: the rest is cut at
a random byte, or replaced by rubbish. Some copies are cut before that too, as by a disk that lied: those must still
hold a beginning without a gap. Prints figures as JSON; exit code 0 when everything is as promised.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import struct
import sys
import tempfile
import time
from contextlib import suppress
from mmap import mmap
from pathlib import Path
from typing import Any

FILE = "dorfplatz.sqlite3"
LOG_HEADER, FRAME_HEADER = 32, 24
# In the index of the log (SQLite's file format, 4.0): frames that are safe, frames that a checkpoint may have copied.
SAFE_FRAMES_AT, COPIED_FRAMES_AT = 16, 128
PAGE = 4096
LIE = 0.3


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--snapshots", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def connect(path: Path) -> Any:
    """As the square connects, with its own settings."""
    import sqlite3  # noqa: PLC0415  the one that dorfplatz.config has put in its place

    from dorfplatz.config.settings import DATABASES  # noqa: PLC0415  after the home is chosen

    line = sqlite3.connect(path, isolation_level=None, timeout=20)
    for statement in filter(str.strip, DATABASES["default"]["OPTIONS"]["init_command"].split(";")):
        line.execute(statement)
    return line


class Ledger:
    """Two numbers that the frozen writer and the drill both see: the last commit begun, the last that returned."""

    def __init__(self) -> None:
        self._memory = mmap(-1, 16)

    def note(self, place: int, number: int) -> None:
        struct.pack_into("<Q", self._memory, place * 8, number)

    @property
    def begun(self) -> int:
        return int(struct.unpack_from("<Q", self._memory, 0)[0])

    @property
    def done(self) -> int:
        return int(struct.unpack_from("<Q", self._memory, 8)[0])


def write_on(path: Path, ledger: Ledger, seed: int) -> None:
    """One transaction after the other, small and large, some undone; never returns."""
    chance, line = random.Random(seed), connect(path)
    for number in range(1, 1_000_000_000):
        ledger.note(0, number)
        line.execute("BEGIN IMMEDIATE")
        line.execute("INSERT INTO ledger (number) VALUES (?)", [number])
        for part in range(chance.choice([1, 1, 1, 4, 40])):
            line.execute(
                "INSERT INTO weight (number, part, words) VALUES (?, ?, ?)",
                [number, part, "x" * chance.randint(1, 3000)],
            )
        if chance.random() < 0.1:
            line.execute("DELETE FROM weight WHERE number < ?", [number - 60])
            line.execute("UPDATE since SET number = ?", [number - 60])
        line.execute("UPDATE newest SET number = ?", [number])
        if chance.random() < 0.05:
            line.execute("ROLLBACK")
            line.execute("BEGIN IMMEDIATE")
            line.execute("INSERT INTO ledger (number) VALUES (?)", [number])
            line.execute("INSERT INTO weight (number, part, words) VALUES (?, 0, '')", [number])
            line.execute("UPDATE newest SET number = ?", [number])
        line.execute("COMMIT")
        ledger.note(1, number)


def start_writer(path: Path, ledger: Ledger, seed: int) -> int:
    child = os.fork()
    if child:
        return child
    try:
        write_on(path, ledger, seed)
    finally:
        os._exit(1)


def freeze(writer: int) -> None:
    os.kill(writer, signal.SIGSTOP)
    _pid, status = os.waitpid(writer, os.WUNTRACED)
    if not os.WIFSTOPPED(status):
        raise SystemExit("the writer has ended by itself")


def spoil(folder: Path, index: bytes, chance: random.Random) -> str:
    """Do to the copied log what a power cut may do, or a lying disk; which of the two it was."""
    log = folder / f"{FILE}-wal"
    size = log.stat().st_size if log.exists() else 0
    safe, copied = (struct.unpack_from("=I", index, at)[0] for at in (SAFE_FRAMES_AT, COPIED_FRAMES_AT))
    lied = chance.random() < LIE
    keep = min(size, LOG_HEADER + (copied if lied else safe) * (FRAME_HEADER + PAGE))
    if not size:
        return "nothing_to_cut"
    with log.open("r+b") as file:
        cut = chance.randint(keep, size)
        if chance.random() < 0.5:
            file.truncate(cut)
        else:
            file.seek(cut)
            file.write(chance.randbytes(min(size - cut, chance.randint(1, 20_000))))
    return "lying_disk" if lied else "power_cut"


def faults_of(folder: Path, done: int, begun: int, kind: str) -> list[str]:
    """What is wrong with a copy: all commits up to one must be there, and as they were when that one was made."""
    try:
        line = connect(folder / FILE)
        whole = [row[0] for row in line.execute("PRAGMA integrity_check")]
        (newest,), (since,) = (line.execute(f"SELECT number FROM {t}").fetchone() for t in ("newest", "since"))  # noqa: S608  two constants
        (most, many), pairs = (
            line.execute("SELECT coalesce(max(number), 0), count(*) FROM ledger").fetchone(),
            {n for (n,) in line.execute("SELECT DISTINCT number FROM weight")},
        )
        line.close()
    except Exception as error:
        return [f"{kind}: does not open: {error!r}"]
    faults = [] if whole == ["ok"] else [f"{kind}: {whole[0]}"]
    if most != many or most != newest:
        faults.append(f"{kind}: {many} commits, the newest {newest}, the highest {most}")
    if not set(range(max(since, 1), newest + 1)) <= pairs:
        faults.append(f"{kind}: half a commit")
    if kind != "lying_disk" and not done <= newest <= begun:
        faults.append(f"{kind}: up to {newest}, not between {done} and {begun}")
    return faults


def run(arguments: argparse.Namespace, home: Path) -> dict[str, Any]:
    chance, ledger, begun_at = random.Random(arguments.seed), Ledger(), time.monotonic()
    path, faults, kinds, unfinished = home / FILE, [], dict[str, int](), 0
    line = connect(path)
    line.execute("CREATE TABLE ledger (number INTEGER PRIMARY KEY)")
    line.execute("CREATE TABLE weight (number INTEGER, part INTEGER, words TEXT)")
    line.execute("CREATE INDEX weight_number ON weight (number)")
    for table in ("newest", "since"):
        line.execute(f"CREATE TABLE {table} (number INTEGER)")
        line.execute(f"INSERT INTO {table} VALUES (0)")  # noqa: S608  two constants
    line.close()
    writer = start_writer(path, ledger, arguments.seed)
    try:
        while ledger.done < 20:
            time.sleep(0.01)
            if os.waitpid(writer, os.WNOHANG)[0]:
                raise SystemExit("the writer has ended by itself")
        for _number in range(arguments.snapshots):
            time.sleep(chance.uniform(0.0, 0.03))
            freeze(writer)
            done, begun = ledger.done, ledger.begun
            with tempfile.TemporaryDirectory(prefix="torn-", dir=home) as folder:
                copy = Path(folder)
                for ending in ("", "-wal"):
                    shutil.copyfile(f"{path}{ending}", f"{copy / FILE}{ending}")
                index = Path(f"{path}-shm").read_bytes()
                os.kill(writer, signal.SIGCONT)
                kind = spoil(copy, index, chance)
                kinds[kind] = kinds.get(kind, 0) + 1
                unfinished += done != begun
                faults += faults_of(copy, done, begun, kind)
    finally:
        with suppress(ProcessLookupError, ChildProcessError):
            os.kill(writer, signal.SIGKILL)
            os.waitpid(writer, 0)
    return {
        "snapshots": arguments.snapshots,
        "kinds": kinds,
        "amid_a_commit": unfinished,
        "commits": ledger.done,
        "faults": len(faults),
        "first_faults": "; ".join(faults[:3]),
        "seconds": round(time.monotonic() - begun_at, 1),
    }


def main() -> None:
    arguments = read_arguments()
    with tempfile.TemporaryDirectory(prefix="drill-") as folder:
        os.environ["DORFPLATZ_HOME"] = folder
        account = run(arguments, Path(folder))
    first_faults = account.pop("first_faults")
    print(json.dumps(account, indent=1))  # noqa: T201  its only output
    if account["faults"]:
        sys.exit(str(first_faults))


if __name__ == "__main__":
    main()
