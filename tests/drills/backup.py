"""Drill: backups are made while the square is written to; each is restored into an empty home and compared.

    python tests/drills/backup.py --backups 5 --writes-per-second 50

Writers keep a ledger outside the database: before each write its number is noted as begun, after the commit as done.
Each write is two rows and a file that belong together. A backup must hold every write that was done when it began,
none that had not begun when it ended, no half of one, no gap, and the file of each byte by byte. Prints figures as
JSON; exit code 0 when everything is as promised.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from kills import let_go_of_the_database

COMMAND = Path(sys.executable).parent / "dorfplatz"
LEDGER = "drill"


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--backups", type=int, default=5)
    parser.add_argument("--writes-per-second", type=int, default=50)
    parser.add_argument("--ballast", type=int, default=20_000, help="rows that were there before")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database-url", default="", help="an empty PostgreSQL database; left out: SQLite")
    return parser.parse_args()


def token(number: int) -> str:
    return f"{number:022d}"


def content(number: int) -> bytes:
    return hashlib.sha256(str(number).encode()).digest() * 100


class Writers:
    """Writes at a steady pace from two threads, until told to stop."""

    def __init__(self, home: Path, per_second: int) -> None:
        self.home = home
        self.pause_s = 2 / per_second
        self.stop = threading.Event()
        self.begun = self.done = 0
        self.faults: list[str] = []
        self.slowest_s = 0.0
        self._turn = threading.Lock()
        self._threads = [threading.Thread(target=self._write_on) for _ in range(2)]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def end(self) -> None:
        self.stop.set()
        for thread in self._threads:
            thread.join()

    def _write_on(self) -> None:
        from django.db import connection  # noqa: PLC0415  after the settings are chosen

        due_at = time.monotonic()
        while not self.stop.is_set():
            due_at += self.pause_s
            with self._turn:
                self.begun += 1
                number, begins = self.begun, time.monotonic()
                try:
                    self._write(number)
                except Exception as error:
                    self.faults.append(repr(error))
                self.done = number
                self.slowest_s = max(self.slowest_s, time.monotonic() - begins)
            time.sleep(max(0.0, due_at - time.monotonic()))
        connection.close()

    def _write(self, number: int) -> None:
        from django.db import transaction  # noqa: PLC0415  after the settings are chosen
        from django.utils import timezone  # noqa: PLC0415  after the settings are chosen

        from dorfplatz.jobs.models import Slot  # noqa: PLC0415  after the settings are chosen
        from dorfplatz.media.models import Picture  # noqa: PLC0415  after the settings are chosen

        now = timezone.now()
        path = self.home / "media/pictures" / f"{number % 100:02d}" / f"{token(number)}-640.webp"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content(number))
        with transaction.atomic():
            Picture.objects.create(token=token(number), sha256="", uploaded_at=now)
            Slot.objects.create(name=f"{LEDGER}:{number}", begins_at=now)


def below(folder: Path) -> set[str]:
    return {path.stem.partition("-")[0] for path in folder.rglob("*.webp")}


def command(home: Path, *words: str | Path) -> float:
    begun = time.monotonic()
    environment = {name: text for name, text in os.environ.items() if not name.startswith(("DJANGO_", "DRILL_"))}
    environment["DORFPLATZ_HOME"] = str(home)
    if home.name == "empty":  # always SQLite
        environment["DORFPLATZ_DATABASE_URL"] = ""
    ended = subprocess.run([COMMAND, *words], env=environment, capture_output=True, text=True, check=False)
    if ended.returncode:
        raise SystemExit(f"{words}: {ended.stdout}{ended.stderr}")
    return time.monotonic() - begun


def faults_of(home: Path, before: int, after: int) -> list[str]:
    """What is wrong with a restored home: `before` writes were done at the beginning, `after` begun at the end."""
    import sqlite3  # noqa: PLC0415  after the sound one has taken its place

    with sqlite3.connect(home / "dorfplatz.sqlite3") as line:
        pictures = {int(t) for (t,) in line.execute("SELECT token FROM media_picture WHERE token GLOB '0*'")}
        slots = line.execute("SELECT name FROM jobs_slot WHERE name LIKE ?", [f"{LEDGER}:%"])
        marks = {int(name.partition(":")[2]) for (name,) in slots}
    faults = []
    if pictures != marks:
        faults.append("half a write")
    if marks != set(range(1, len(marks) + 1)):
        faults.append("a gap")
    if not before <= len(marks) <= after:
        faults.append(f"{len(marks)} writes, not between {before} and {after}")
    for number in marks:
        path = home / "media/pictures" / f"{number % 100:02d}" / f"{token(number)}-640.webp"
        if not path.exists() or path.read_bytes() != content(number):
            faults.append(f"file {number}")
    return faults


def run(arguments: argparse.Namespace, home: Path) -> dict[str, object]:
    from django.utils import timezone  # noqa: PLC0415  after the settings are chosen

    from dorfplatz.media.models import Picture  # noqa: PLC0415  after the settings are chosen

    now = timezone.now()
    Picture.objects.bulk_create(
        [Picture(token=f"b{n:021d}", sha256="", uploaded_at=now) for n in range(arguments.ballast)], batch_size=500
    )
    writers, faults = Writers(home, arguments.writes_per_second), []
    saving_s = restoring_s = rate = 0.0
    begun = time.monotonic()
    writers.start()
    try:
        for number in range(arguments.backups):
            time.sleep(0.3 + 0.1 * ((arguments.seed + number) % 7))
            with tempfile.TemporaryDirectory(prefix="drill-") as folder:
                archive, empty = Path(folder) / "b.tar", Path(folder) / "empty"
                before = writers.done
                saving_s = max(saving_s, command(home, "backup", archive))
                after = writers.begun
                restoring_s = max(restoring_s, command(empty, "restore", archive))
                faults += faults_of(empty, before, after)
    finally:
        rate = writers.done / (time.monotonic() - begun)
        writers.end()
    return {
        "backups": arguments.backups,
        "writes": writers.done,
        "writes_per_second": round(rate, 1),
        "writes_refused": len(writers.faults),
        "slowest_write_s": round(writers.slowest_s, 2),
        "slowest_backup_s": round(saving_s, 1),
        "slowest_restore_s": round(restoring_s, 1),
        "faults": len(faults),
        "first_faults": "; ".join([*faults, *writers.faults][:3]),
    }


def main() -> None:
    arguments = read_arguments()
    with tempfile.TemporaryDirectory(prefix="drill-") as folder:
        home = Path(folder)
        os.environ.update(
            DJANGO_SETTINGS_MODULE="dorfplatz.config.settings",
            DORFPLATZ_HOME=str(home),
            DORFPLATZ_DATABASE_URL=arguments.database_url,
        )
        import django  # noqa: PLC0415  after the settings are chosen
        from django.core.management import call_command  # noqa: PLC0415  after the settings are chosen

        django.setup()
        call_command("migrate", verbosity=0)
        account = run(arguments, home)
        let_go_of_the_database()
    first_faults = account.pop("first_faults")
    print(json.dumps(account, indent=1))  # noqa: T201  its only output
    if account["faults"] or account["writes_refused"]:
        sys.exit(str(first_faults))


if __name__ == "__main__":
    main()
