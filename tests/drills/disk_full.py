"""Drill: the disk of a running square fills up again and again while people send forms, photos and read.

    python tests/drills/disk_full.py --times 20

The home lies on a small file system in memory, made in a name space of its own: where this machine allows neither that
nor a mount, the drill says so and ends with exit code 3. Each time a file takes all that is left. Meanwhile who writes
must be told kindly that nothing was kept, in the language of the page; all pages can be read; no upload stays lying
half. Then there is room again, and everything goes on without a restart. Prints figures as JSON; exit code 0 when
everything is as promised.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from front_door import (
    Browser,
    Crowd,
    demonstrated,
    faults_of_file,
    fields_of,
    kept,
    of_sqlite,
)
from PIL import Image

INSIDE = "DRILL_INSIDE"
NOT_HERE = 3
PAGES = ("/de/", "/de/karte/", "/nl/kaart/", "/de/niel/", "/de/suche/?q=laden", "/api/v1/map.geojson", "/healthz")
SAYS = {
    "/de/eintragen/": "Dafür ist gerade kein Platz mehr.",
    "/nl/toevoegen/": "Hier is op dit moment geen plaats meer voor.",
}


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--home", type=Path, help="a home with the demonstration, which is copied; left out: a new one")
    return parser.parse_args()


def can_be_small() -> bool:
    """Whether this machine lets us mount a file system of our own."""
    probe = ["unshare", "--user", "--map-root-user", "--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    return (
        shutil.which("unshare") is not None and subprocess.run(probe, capture_output=True, check=False).returncode == 0
    )


def again_inside() -> int:
    """The same program in a name space in which it may mount; what is mounted there goes with it."""
    words = ["unshare", "--user", "--map-root-user", "--mount", sys.executable, *sys.argv]
    return subprocess.run(words, env={**os.environ, INSIDE: "1"}, check=False).returncode


class Ballast:
    """A file that takes all the room there is left, to the last piece, and gives it back."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "ballast"

    def fill(self) -> None:
        with self._path.open("ab", buffering=0) as file:
            for size in (1024 * 1024, 4096, 512):
                try:
                    while True:
                        file.write(bytes(size))
                except OSError:
                    continue

    def make_room(self) -> None:
        self._path.unlink()


class Looking:
    """What people see while nothing fits any more."""

    def __init__(self, port: int, home: Path, seed: int) -> None:
        self.seed, self.home = seed, home
        self.ben, self.anna, self.stranger = Browser(port), Browser(port), Browser(port)
        self.ben.log_in("ben@example.org")
        self.anna.log_in("anna@example.org")
        self.hidden = fields_of(self.ben.ask("/de/eintragen/").text, "title")
        added = self.ben.ask("/de/eintragen/", self._entry("a place for photos", "before"))
        self.photos = added.location
        self.figures: Counter[str] = Counter()
        self.slowest_page_s = 0.0
        self.acknowledged: list[str] = []
        self.odd: list[str] = []

    def _entry(self, title: str, key: str) -> dict[str, Any]:
        if "category" not in self.hidden or not self.hidden["category"][0]:
            page = self.ben.ask("/de/eintragen/").text
            self.hidden["category"] = [page.split('name="category"', 1)[1].split('<option value="', 2)[2].split('"')[0]]
        body = "Hier ist es schön. " * 500
        return {
            **self.hidden,
            "kind": "organization",
            "title": title,
            "body": body,
            "form_key": f"look-{self.seed}-{key}",
        }

    def look(self, time_number: int) -> None:
        for page in PAGES:
            for who in (self.stranger, self.anna):
                answer = who.ask(page)
                self.slowest_page_s = max(self.slowest_page_s, answer.seconds)
                self.figures["pages_read"] += answer.status == 200
                if answer.status != 200:
                    self.odd.append(f"{page}: {answer.status}")
        for path, words in SAYS.items():
            self._refused(path, words, time_number)
        self._photo_refused()

    def _refused(self, path: str, words: str, time_number: int) -> None:
        """Pages with room in them may take a little more first; that is then kept like anything else."""
        for number in range(200):
            title = f"drill look {self.seed} {time_number} {path[1:3]} {number}"
            answer = self.ben.ask(path, self._entry(title, title.replace(" ", "-")))
            if answer.status == 302:
                self.acknowledged.append(title)
                continue
            self.figures["told_kindly"] += answer.status == 507 and words in answer.text
            if answer.status != 507 or words not in answer.text:
                self.odd.append(f"{path}: {answer.status} {answer.text[:200]}")
            return
        self.odd.append(f"{path}: took everything")

    def _photo_refused(self) -> None:
        before = uploads(self.home)
        answer = self.send_photo()
        if answer.status != 507 or "nicht aufbewahrt" not in answer.text:
            self.odd.append(f"photo: {answer.status} {answer.text[:300]}")
        elif uploads(self.home) - before:
            self.odd.append("half a photo lies in quarantine")
        else:
            self.figures["photos_refused_whole"] += 1

    def send_photo(self) -> Any:
        token = self.hidden["csrfmiddlewaretoken"][0]
        said = {"csrfmiddlewaretoken": token, "alt": "Rauschen", "credit": ""}
        part = "--edge\r\nContent-Disposition: form-data; name="
        body = b"".join(f'{part}"{name}"\r\n\r\n{text}\r\n'.encode() for name, text in said.items())
        body += f'{part}"file"; filename="p.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'.encode()
        body += picture() + b"\r\n--edge--\r\n"
        return self.ben.ask(self.photos, body=body, kind="multipart/form-data; boundary=edge")


def picture() -> bytes:
    """One that is too large to be kept in memory while it arrives."""
    file = io.BytesIO()
    Image.frombytes("RGB", (1600, 1200), random.Random(1).randbytes(1600 * 1200 * 3)).save(file, "JPEG", quality=95)
    return file.getvalue()


def until(happened: Callable[[], object], what: str, within_s: float = 60) -> float:
    begun = time.monotonic()
    while not happened():
        if time.monotonic() - begun > within_s:
            raise SystemExit(f"{what} did not happen within {within_s} s")
        time.sleep(0.02)
    return time.monotonic() - begun


def is_ready(port: int) -> bool:
    return Browser(port).ask("/readyz").status == 200


def run(arguments: argparse.Namespace, home: Path) -> dict[str, Any]:
    chance, begun = random.Random(arguments.seed), time.monotonic()
    (home / "tmp").mkdir()
    os.environ["TMPDIR"] = str(home / "tmp")
    square, ballast = demonstrated(home), Ballast(home)
    children = square.children()
    crowd, looking = Crowd(square.port, seed=arguments.seed, pause_s=0.02), Looking(square.port, home, arguments.seed)
    back_s = ready_s = 0.0
    refused = lambda: sum(person.statuses["507"] for person in crowd.people)  # noqa: E731  read in two places
    try:
        crowd.begin()
        until(lambda: all(person.acknowledged for person in crowd.people), "the first form", 120)
        for number in range(arguments.times):
            time.sleep(chance.uniform(0.1, 1.0))
            before = refused()
            ballast.fill()
            until(lambda before=before: refused() > before, "being full", 120)
            looking.look(number)
            present = [len(person.acknowledged) for person in crowd.people[:3]]
            ballast.make_room()
            back_s = max(back_s, until(lambda p=present: more(crowd, p), "going on"))
            ready_s = max(ready_s, until(lambda: is_ready(square.port), "the worker's going on"))
        if looking.send_photo().status != 302:
            looking.odd.append("no photo is taken, with room")
        crowd.end()
        survived = square.children() == children
    finally:
        crowd.stop.set()
        code = square.stop()
    ask = of_sqlite(home)
    waiting = {token for (token,) in ask("SELECT token FROM media_picture WHERE state = 'waiting'")}
    return {
        "times_full": arguments.times,
        **crowd.figures(),
        **kept(ask, [*crowd.acknowledged, *looking.acknowledged]),
        **looking.figures,
        "faults_of_the_file": faults_of_file(ask),
        "left_lying": len(uploads(home) - waiting) + len(temporary(home)),
        "slowest_page_s": round(looking.slowest_page_s, 2),
        "slowest_back_s": round(back_s, 2),
        "slowest_worker_back_s": round(ready_s, 2),
        "processes_lost": int(not survived),
        "exit_code": code,
        "odd": [*crowd.odd, *looking.odd],
        "seconds": round(time.monotonic() - begun, 1),
    }


def more(crowd: Crowd, present: list[int]) -> bool:
    """Whether everybody has been acknowledged something since."""
    return all(len(person.acknowledged) > many for person, many in zip(crowd.people, present, strict=False))


def uploads(home: Path) -> set[str]:
    """What lies in quarantine, but for the folders in which the worker is at work."""
    # There is no such folder before the first picture.
    return {path.name for path in (home / "quarantine").glob("[!.]*")}


def temporary(home: Path) -> list[Path]:
    return list((home / "tmp").glob("*.upload*"))


def main() -> int:
    arguments = read_arguments()
    if INSIDE not in os.environ:
        if not can_be_small():
            sys.stderr.write("This machine lets nobody mount a small file system.\n")
            return NOT_HERE
        return again_inside()
    with tempfile.TemporaryDirectory(prefix="drill-") as folder:
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", folder], check=True)
        home = Path(folder) / "home"
        if arguments.home:
            shutil.copytree(arguments.home, home, ignore=shutil.ignore_patterns("backups", "*.log"))
        else:
            home.mkdir()
        try:
            account = run(arguments, home)
        finally:
            subprocess.run(["umount", "--lazy", folder], check=True)
    odd = account.pop("odd")
    print(json.dumps(account, indent=1))  # noqa: T201  its only output
    zero = ("lost", "doubled", "halves", "faults_of_the_file", "left_lying", "processes_lost", "exit_code")
    if odd or any(account[name] for name in zero) or "500" in account["answers"]:
        sys.stderr.write(f"not as promised {odd[:3]}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
