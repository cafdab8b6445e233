"""Drill: a square is changed again and again while visitors read pages that are kept, from several web processes.

    python tests/drills/freshness.py --seconds 20 --writes-per-second 8

Each change numbers what a page says. A visitor notes the last number committed before she asks, and must be shown that
or a later one, also when her browser asks whether it has the page already (304). In the end kept pages are asked for as
fast as clients on the same machine can, and so is a static file of the same server. Prints figures as JSON; exit code 0
when everything is as promised.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from front_door import Installation, demonstrated
from kills import let_go_of_the_database

CLIENTS, TURNS = 2, 5


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--writes-per-second", type=float, default=8)
    parser.add_argument("--readers", type=int, default=4)
    parser.add_argument("--throughput-seconds", type=float, default=10, help="for each of the two")
    parser.add_argument("--most-times-slower", type=float, default=3, help="than a static file")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--home", type=Path, help="with the demonstration; left out: a new one")
    return parser.parse_args()


class Subject:
    """A page that says a number, and how to commit the next one."""

    def __init__(self, path: str, write: Callable[[int], None]) -> None:
        self.path, self._write = path, write
        self.committed = 0

    def advance(self) -> None:
        self._write(self.committed + 1)
        self.committed += 1


def subjects() -> list[Subject]:
    """The page of an entry, and of a village."""
    from django.utils import timezone  # noqa: PLC0415  after the settings are chosen

    from dorfplatz.entries.actions import Draft, rewrite_entry  # noqa: PLC0415  after the settings are chosen
    from dorfplatz.entries.models import Entry  # noqa: PLC0415  after the settings are chosen
    from dorfplatz.kernel.actor import system  # noqa: PLC0415  after the settings are chosen
    from dorfplatz.kernel.geo import Point  # noqa: PLC0415  after the settings are chosen
    from dorfplatz.villages.actions import VillageChange, change_village  # noqa: PLC0415  after the settings are chosen
    from dorfplatz.villages.models import Area  # noqa: PLC0415  after the settings are chosen

    by = system("drill")
    first = Entry.objects.filter(kind="organization", areas__slug="niel", state="published").order_by("pk")[0]

    def write_entry(number: int) -> None:
        entry = Entry.objects.get(pk=first.pk)
        draft = Draft(
            title=entry.title, body=f"Stand {number}.", language=entry.language, areas=list(entry.areas.all()),
            point=entry.point,
        )  # fmt: skip
        rewrite_entry(entry, draft=draft, by=by, now=timezone.now())

    def write_village(number: int) -> None:
        area = Area.objects.get(slug="zyfflich", kind="village")
        links = list(area.links.values_list("neighbour_id", flat=True))
        intro = {"de": f"Stand {number}."}
        change = VillageChange(area.name, intro, area.inhabitants, Point(area.lat, area.lon), area.tint, links)
        change_village(area, change=change, version=area.version, by=by, now=timezone.now())

    found = [
        Subject(f"/de/e/{first.code}/{first.title_words}/", write_entry),
        Subject("/de/zyfflich/", write_village),
    ]
    for subject in found:
        subject.advance()
    return found


class Reader(threading.Thread):
    """A visitor, who asks until told to stop."""

    def __init__(self, port: int, some: list[Subject], seed: int, stop: threading.Event) -> None:
        super().__init__()
        self._line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self._chance, self._subjects, self._stop_now = random.Random(seed), some, stop
        self._known: dict[str, tuple[str, int]] = {}
        self.asked = self.unchanged = 0
        self.faults: list[str] = []

    def run(self) -> None:
        while not self._stop_now.is_set():
            subject = self._chance.choice(self._subjects)
            committed = subject.committed
            try:
                shown = self._ask(subject.path)
            except (OSError, http.client.HTTPException):  # a process was replaced by a fresh one
                self._line.close()
                continue
            self.asked += 1
            if shown < committed:
                self.faults.append(f"{subject.path} showed {shown} when {committed} was committed")
            time.sleep(self._chance.uniform(0, 0.01))

    def _ask(self, path: str) -> int:
        headers = {"Host": "localhost", "Accept-Encoding": "identity"}
        etag, number = self._known.get(path, ("", 0))
        if etag and self._chance.random() < 0.5:
            headers["If-None-Match"] = etag
        self._line.request("GET", path, headers=headers)
        answer = self._line.getresponse()
        text = answer.read().decode()
        if answer.status == 304:
            self.unchanged += 1
            return number
        said = re.search(r"Stand (\d+)\.", text)
        if answer.status != 200 or said is None:
            self.faults.append(f"{path} answered {answer.status}")
            return 10**9
        self._known[path] = (answer.headers.get("ETag", ""), int(said[1]))
        return int(said[1])


CLIENT = """
import socket, sys, time
port, path, seconds = int(sys.argv[1]), sys.argv[2], float(sys.argv[3])
asked = f"GET {path} HTTP/1.1\\r\\nHost: localhost\\r\\nAccept-Encoding: gzip\\r\\n\\r\\n".encode()
line = file = None
count, ends = 0, time.monotonic() + seconds
while time.monotonic() < ends:
    if line is None:
        line = socket.create_connection(("127.0.0.1", port)); file = line.makefile("rb")
    line.sendall(asked)
    status, length, last = file.readline(), 0, False
    while (name := file.readline().lower()) not in (b"\\r\\n", b""):
        if name.startswith(b"content-length:"): length = int(name.split(b":")[1])
        last = last or name.startswith(b"connection: close")
    if b" 200 " in status and len(file.read(length)) == length: count += 1
    if last or not status: line.close(); line = None
print(count)
"""


class Rate:
    """What was measured of one address: the best turn's answers a second, and processor time of the web processes."""

    def __init__(self, installation: Installation, path: str) -> None:
        self._installation, self._path = installation, path
        self._answers = 0
        self._processor_s = 0.0
        self.per_second = 0.0

    def take_turn(self, seconds: float) -> None:
        begun = self._web_processor_s()
        command = [sys.executable, "-c", CLIENT, str(self._installation.port), self._path, str(seconds)]
        clients = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(CLIENTS)]
        answers = sum(int(client.communicate()[0]) for client in clients)
        self._processor_s += self._web_processor_s() - begun
        self._answers += answers
        self.per_second = max(self.per_second, answers / seconds)

    @property
    def processor_us(self) -> int:
        return round(self._processor_s / self._answers * 1e6)

    def _web_processor_s(self) -> float:
        """Of the web server and its processes, also of those that were replaced meanwhile."""
        server = self._installation.children()[0]
        there = Path(f"/proc/{server}/task/{server}/children").read_text().split()
        return sum(_ticks(int(pid)) for pid in [server, *there]) / os.sysconf("SC_CLK_TCK")


def _ticks(pid: int) -> int:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:  # replaced a moment ago
        return 0
    return sum(int(ticks) for ticks in fields[11:15])


def throughput(installation: Installation, seconds: float) -> dict[str, float]:
    """Kept pages against a static file, by turns."""
    line = http.client.HTTPConnection("127.0.0.1", installation.port)
    line.request("GET", "/de/", headers={"Host": "localhost"})
    page = line.getresponse().read().decode()
    style = re.findall(r'href="(/static/ui/build/[^"]+\.css)"', page)[0]
    static, kept = Rate(installation, style), Rate(installation, "/de/")
    for _ in range(TURNS):
        for rate in (static, kept):
            rate.take_turn(seconds / TURNS)
    return {
        "static_per_second": round(static.per_second),
        "kept_per_second": round(kept.per_second),
        "times_slower_than_static": round(static.per_second / kept.per_second, 2),
        "static_processor_us": static.processor_us,
        "kept_processor_us": kept.processor_us,
    }


def run(arguments: argparse.Namespace, home: Path) -> dict[str, object]:
    installation = demonstrated(home)
    try:
        some, stop = subjects(), threading.Event()
        readers = [Reader(installation.port, some, arguments.seed * 100 + n, stop) for n in range(arguments.readers)]
        for reader in readers:
            reader.start()
        chance, ends = random.Random(arguments.seed), time.monotonic() + arguments.seconds
        while time.monotonic() < ends:
            chance.choice(some).advance()
            time.sleep(chance.expovariate(arguments.writes_per_second))
        stop.set()
        for reader in readers:
            reader.join()
        let_go_of_the_database()
        account: dict[str, object] = {
            "changes": sum(subject.committed for subject in some),
            "pages_read": sum(reader.asked for reader in readers),
            "told_unchanged": sum(reader.unchanged for reader in readers),
            "faults": sum(len(reader.faults) for reader in readers),
            "first_faults": [fault for reader in readers for fault in reader.faults][:3],
        }
        return account | throughput(installation, arguments.throughput_seconds)
    finally:
        installation.stop()


def main() -> int:
    arguments = read_arguments()
    with tempfile.TemporaryDirectory(prefix="drill-") as folder:
        home = arguments.home or Path(folder)
        os.environ.update(DJANGO_SETTINGS_MODULE="dorfplatz.config.settings", DORFPLATZ_HOME=str(home))
        import django  # noqa: PLC0415  after the settings are chosen

        django.setup()
        account = run(arguments, home)
    first = account.pop("first_faults")
    print(json.dumps(account, indent=1))  # noqa: T201  its only output
    if (
        account["faults"]
        or not account["told_unchanged"]
        or float(str(account["times_slower_than_static"])) > arguments.most_times_slower
    ):
        sys.stderr.write(f"not as promised {first}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
