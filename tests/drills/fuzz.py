"""Drill: damaged files before the importers (trust S8): extracts of OpenStreetMap, tables, calendars, news and mails.

    python tests/drills/fuzz.py osm --examples 2500 --seed 1
    python tests/drills/fuzz.py csv --examples 10000 --seed 1    # likewise ics, feed and mail

Each file is a sound one with bytes changed, cut, doubled or swapped. Extracts are read in a child process under the
limits of the product, as always. Prints what happened as JSON; exit code 0 when each was read or refused as promised.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))
from sound_files import SOUND_CALENDARS, SOUND_FEEDS, SOUND_MAILS

ROOT = Path(__file__).resolve().parents[2]
LONGEST_S = 5.0
MOST_BYTES = 256 * 1024 * 1024
TABLE = """\
Verein;Kategorie;Ortsteil;Straße;PLZ;Telefon;E-Mail;Webseite;Öffnungszeiten;lat;lon;Sprachen
SV Nütterden;Sportverein;Nütterden;Am Sportplatz;47559;02826 123;info@sv.example;sv.example;Mo-Fr 16–20 Uhr;51.79;6.06;Deutsch
"Chor; Niel";Musik & Chor;Niel;;;;;;;;;Deutsch, Niederländisch
"""  # noqa: E501  rows of a table
INTERESTING = [b"\x00", b"\xff", b"\r", b"\n", b'"', b";", b"-1", b"9" * 30, b"<", b"&lol;", b"\xef\xbb\xbf", b"1e308"]


def damaged(sound: bytes, chance: random.Random) -> bytes:
    """One to eight changes of a kind that broken disks, editors and enemies make."""
    data = bytearray(sound)
    for _ in range(chance.choice([1, 1, 1, 2, 3, 8])):
        chance.choice([one_byte, lost, doubled, put_in, moved, cut_off, other_number, other_number])(data, chance)
    return bytes(data)


def somewhere(data: bytearray, chance: random.Random) -> tuple[int, int]:
    at = chance.randrange(len(data) + 1)
    return at, at + chance.randint(1, 40)


def one_byte(data: bytearray, chance: random.Random) -> None:
    at, _ = somewhere(data, chance)
    data[at : at + 1] = bytes([chance.randrange(256)])


def lost(data: bytearray, chance: random.Random) -> None:
    at, to = somewhere(data, chance)
    del data[at:to]


def doubled(data: bytearray, chance: random.Random) -> None:
    at, to = somewhere(data, chance)
    data[at:at] = data[at:to] * chance.randint(1, 20)


def put_in(data: bytearray, chance: random.Random) -> None:
    at, _ = somewhere(data, chance)
    data[at : at + chance.randint(0, 3)] = chance.choice(INTERESTING)


def moved(data: bytearray, chance: random.Random) -> None:
    at, to = somewhere(data, chance)
    data[at:to] = data[slice(*somewhere(data, chance))]


def cut_off(data: bytearray, chance: random.Random) -> None:
    at, _ = somewhere(data, chance)
    del data[at + (len(data) - at) // 2 :]


def other_number(data: bytearray, chance: random.Random) -> None:
    digits = [place for place, byte in enumerate(data) if 48 <= byte < 58]
    if digits:
        place = chance.choice(digits)
        data[place : place + 1] = chance.choice([b"-", b"0", b"9", b"99999999999", b".", b"e9"])


def sound_extracts(folder: Path) -> list[tuple[str, bytes]]:
    from dorfplatz.imports.tests.extracts import Extract  # noqa: PLC0415  after the path is set

    found = []
    for suffix in (".osm", ".osm.gz", ".osm.pbf"):
        extract = Extract()
        extract.node(1, 51.826, 6.020, amenity="post_box")
        extract.node(2, 51.827, 6.021, shop="bakery", name="Bäckerei", opening_hours="Mo-Sa 06:00-18:00")
        extract.square(3, 51.825, 6.019, leisure="playground")
        extract.relation(4, [("w", 3, "outer")], type="multipolygon", amenity="school", name="Schule")
        found.append((suffix, extract.write(folder / f"sound{suffix}").read_bytes()))
    return found


def read_extract(path: Path) -> tuple[str, float]:
    """What the product says of the extract, in a process of its own: “read” or a fault; else how it went wrong.

    And the CPU seconds it took: a machine with other work to do does not change them.
    """
    from dorfplatz.basemap.osm.answering import answer as answer_to  # noqa: PLC0415  after the path is set
    from dorfplatz.basemap.osm.answering import say  # noqa: PLC0415  after the path is set
    from dorfplatz.imports.osm import child as reader  # noqa: PLC0415  after the path is set
    from dorfplatz.imports.tests.extracts import PATTERNS  # noqa: PLC0415  after the path is set

    answer = path.with_suffix(".answer")
    process = os.fork()
    if process == 0:
        asked = {"path": str(path), "patterns": PATTERNS, "cpu_seconds": int(LONGEST_S), "memory_bytes": MOST_BYTES}
        question = path.with_suffix(".question")
        question.write_text(json.dumps(asked))
        with question.open() as sys.stdin, answer.open("w") as out:
            os.dup2(out.fileno(), 1)
            try:
                sys.stdout = say.__defaults__[0]  # the stream that it was made with
                answer_to(reader._things)
                sys.stdout.flush()
            except BaseException:  # whatever comes out here is what the drill looks for
                traceback.print_exc()
                os._exit(3)
        os._exit(0)
    _, status, used = os.wait4(process, 0)
    cpu_s = used.ru_utime + used.ru_stime
    if status:
        return (f"ended by {status}" if os.WIFSIGNALED(status) else "uncaught"), cpu_s
    last = json.loads(answer.read_text().splitlines()[-1])
    return str(last.get("fault", "read")), cpu_s


def run_osm(examples: int, chance: random.Random) -> tuple[Counter[str], float]:
    outcome: Counter[str] = Counter()
    slowest = 0.0
    with tempfile.TemporaryDirectory(prefix="drill-osm-", dir="/dev/shm") as name:
        folder = Path(name)
        sounds = sound_extracts(folder)
        for _ in range(examples):
            suffix, sound = chance.choice(sounds)
            path = folder / f"example{suffix}"
            path.write_bytes(damaged(sound, chance))
            said, cpu_s = read_extract(path)
            outcome[said] += 1
            slowest = max(slowest, cpu_s)
    return outcome, slowest


def run_csv(examples: int, chance: random.Random) -> tuple[Counter[str], float]:
    from dorfplatz.imports.tests.test_table import read  # noqa: PLC0415  after the path is set
    from dorfplatz.kernel.verdict import Problem  # noqa: PLC0415  after the path is set

    outcome: Counter[str] = Counter()
    slowest = 0.0
    sounds = [TABLE.encode(encoding) for encoding in ("utf-8", "utf-8-sig", "cp1252", "utf-16")]
    for _ in range(examples):
        data = damaged(chance.choice(sounds), chance)
        begun = time.monotonic()
        try:
            drafts, rejected = read(data)
        except Problem:
            outcome["refused"] += 1
        except Exception:  # what the drill looks for
            traceback.print_exc()
            outcome["uncaught"] += 1
        else:
            outcome["read"] += 1
            outcome["rows taken"] += len(drafts)
            outcome["rows reported"] += len(rejected)
        slowest = max(slowest, time.monotonic() - begun)
    return outcome, slowest


def run_ics(examples: int, chance: random.Random) -> tuple[Counter[str], float]:
    from dorfplatz.imports.calendar import child, reading  # noqa: PLC0415  after the path is set

    reading.ask_child = partial(ask_here, child._events)
    return tried(SOUND_CALENDARS, lambda path: reading.read_calendar_file(path, "Europe/Berlin"), examples, chance)


def run_feed(examples: int, chance: random.Random) -> tuple[Counter[str], float]:
    from dorfplatz.imports.feed import child, reading  # noqa: PLC0415  after the path is set

    reading.ask_child = partial(ask_here, child._news)
    return tried(SOUND_FEEDS, reading.read_feed_file, examples, chance)


def run_mail(examples: int, chance: random.Random) -> tuple[Counter[str], float]:
    from dorfplatz.mail.inbound.incoming import incoming  # noqa: PLC0415  after the path is set

    return tried(SOUND_MAILS, lambda path: incoming(path.read_bytes()), examples, chance)


def ask_here(reader: Any, _module: str, path: Path, question: dict[str, Any], hear: Any) -> Any:
    """The child's work without its process, which would take longer than the reading; its lines pass as JSON."""
    for line in reader({**question, "path": str(path)}, lambda _count: None):
        found = hear(json.loads(json.dumps(line)))
        if found is not None:
            return found
    raise EOFError("the reader said no end")


def tried(
    sounds: Sequence[str], read: Callable[[Path], object], examples: int, chance: random.Random
) -> tuple[Counter[str], float]:
    """What came of so many damaged files, and the most processor time that one took."""
    from dorfplatz.kernel.verdict import Problem  # noqa: PLC0415  after the path is set

    outcome: Counter[str] = Counter()
    slowest = 0.0
    with tempfile.TemporaryDirectory(prefix="drill-", dir="/dev/shm") as name:
        path = Path(name) / "example"
        for _ in range(examples):
            sound = chance.choice(sounds).encode(chance.choice(["utf-8", "utf-8", "cp1252", "utf-16"]), "replace")
            path.write_bytes(damaged(sound, chance))
            begun = time.process_time()
            try:
                read(path)
                outcome["read"] += 1
            except Problem:
                outcome["refused"] += 1
            except Exception:  # what the drill looks for
                traceback.print_exc()
                outcome["uncaught"] += 1
            slowest = max(slowest, time.process_time() - begun)
    return outcome, slowest


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=sorted(RUNS))
    parser.add_argument("--examples", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    import django  # noqa: PLC0415  after the environment is made

    import tests.environment  # noqa: PLC0415  first, as it makes a home of its own

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dorfplatz.config.settings")
    django.setup()
    outcome, slowest = RUNS[arguments.what](arguments.examples, random.Random(arguments.seed))
    tests.environment.pytest_unconfigure()
    print(json.dumps({"examples": arguments.examples, "outcome": outcome, "slowest_s": round(slowest, 2)}))  # noqa: T201  the answer of the drill
    broken = [name for name in outcome if name == "uncaught" or name.startswith("ended")]
    sys.exit(1 if broken or slowest > LONGEST_S else 0)


RUNS = {"osm": run_osm, "csv": run_csv, "ics": run_ics, "feed": run_feed, "mail": run_mail}

if __name__ == "__main__":
    main()
