"""The long form of a drill: `make drill NAME`. Stops and goes on where it was; its result stands under docs/evidence/.

A drill is a program that is run again and again, each time with another seed, and prints its figures as JSON. After
each round the state is written to var/drills/NAME.json. `ROUNDS=…` changes how many there are.
"""

from __future__ import annotations

import importlib.util
import json
import os
import platform
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
STATES = ROOT / "var" / "drills"
EVIDENCE = ROOT / "docs" / "evidence"


@dataclass(frozen=True)
class Drill:
    """`arguments` of one round, to which the seed is added. Figures named in `largest` are not summed up."""

    about: str
    promise: str
    arguments: tuple[str, ...]
    rounds: int
    largest: tuple[str, ...] = ()


SLOWEST = (
    "slowest_answer_s", "longest_until_acknowledged_s", "slowest_told_s", "slowest_back_s", "slowest_full_strength_s",
    "slowest_worker_back_s", "slowest_page_s",
)  # fmt: skip

DRILLS = {
    "kills": Drill(
        "Workers are killed at random moments while jobs come in; some jobs fail half of the time.",
        "No job is lost, each effect happens once, each mail leaves.",
        ("tests/drills/kills.py", "--kills", "50", "--jobs", "500"),
        rounds=20,
        largest=("most_attempts",),
    ),
    "backup": Drill(
        "Backups are made while 50 writes a second go on, each restored into an empty home and compared.",
        "Each holds all that was done when it began and no half of anything; files are equal byte by byte.",
        ("tests/drills/backup.py", "--backups", "10", "--ballast", "50000"),
        rounds=5,
        largest=("slowest_write_s", "slowest_backup_s", "slowest_restore_s", "writes_per_second"),
    ),
    "web-kills": Drill(
        "Web processes are killed with SIGKILL, now and then all at once, while people send forms by HTTP; a form that "
        "was not answered is sent again with its key.",
        "Each acknowledged form is there once, none twice, nothing by half; the square answers again within 2 s.",
        ("tests/drills/web_kills.py", "--kills", "60"),
        rounds=4,
        largest=SLOWEST,
    ),
    "web-kills-postgresql": Drill(
        "On PostgreSQL, web processes are killed with SIGKILL, now and then all at once, while people send forms.",
        "Each acknowledged form is there once, none twice, nothing by half; the square answers again within 2 s.",
        ("tests/drills/web_kills.py", "--kills", "60", "--postgresql"),
        rounds=4,
        largest=SLOWEST,
    ),
    "torn-writes": Drill(
        "The database's file and log are taken as they lie at random moments, amid commits and checkpoints; what was "
        "not yet safe on the disk is cut at a random byte, or turned to rubbish.",
        "Each of them opens, is whole, and holds all commits up to one not older than the last that was safe.",
        ("tests/drills/torn_writes.py", "--snapshots", "250"),
        rounds=4,
        largest=SLOWEST,
    ),
    "disk-full": Drill(
        "The disk of a running square fills up again and again while people send forms, photos and read.",
        "Who writes is told kindly that nothing was kept, reading goes on, nothing is half done, and all goes on by "
        "itself once there is room.",
        ("tests/drills/disk_full.py", "--times", "10"),
        rounds=2,
        largest=SLOWEST,
    ),
    "database-outage": Drill(
        "PostgreSQL is stopped hard (SIGQUIT or SIGKILL) and stays away for up to 8 s while people send forms and "
        "read.",
        "Each acknowledged form is there once; who reads is told within 5 s, in her language; the square is back "
        "within 3 s of the database, its worker too.",
        ("tests/drills/database_outage.py", "--outages", "10"),
        rounds=2,
        largest=SLOWEST,
    ),
    "freshness": Drill(
        "The square is changed again and again while visitors read pages that are kept, from several web processes; "
        "then kept pages and a static file are asked for as fast as it goes.",
        "Nobody is shown less than what was committed before the question; kept pages come at a third of the static "
        "file's rate or better. Rates, their quotient and processor time: the greatest of all rounds.",
        ("tests/drills/freshness.py", "--seconds", "60"),
        rounds=4,
        largest=(
            "static_per_second",
            "kept_per_second",
            "times_slower_than_static",
            "static_processor_us",
            "kept_processor_us",
        ),
    ),
    "translation": Drill(
        "The server that translates errs, hangs up, talks nonsense and is slow, a hundred times and more, while "
        "readers ask for translations; pages are read there and, in turn, on a square without translation.",
        "Pages cost no tenth more than there; once it is well again, all that was asked for is translated.",
        ("tests/drills/translation.py", "--failures", "100"),
        rounds=2,
        largest=("median_ratio", "p95_ratio", "median_ms", "p95_ms", "median_without_ms", "p95_without_ms"),
    ),
    "translation-backlog": Drill(
        "Models of the real size have just been installed and work through all that was ever written, niced, in "
        "processes of their own, while pages are read there and, in turn, on a square without translation.",
        "Pages cost no tenth more meanwhile, and nothing is lost.",
        ("tests/drills/translation.py", "--busy", "--rounds", "2000"),
        rounds=1,
        largest=("median_ratio", "p95_ratio", "median_ms", "p95_ms", "median_without_ms", "p95_without_ms"),
    ),
    "soak": Drill(
        "A square of 25 municipalities and 50,000 entries is asked for 30 pages and sent 20 notes a second for half an "
        "hour, on SQLite, the client on the same machine. Each request is timed from the moment it was due.",
        "No error, no note lost, 95 of 100 pages within 300 ms, memory grows by less than 5 % after the first third. "
        "Times are worth something where the machine had nothing else to do; how much it had stands below.",
        ("tests/drills/soak.py",),
        rounds=1,
    ),
    "photos": Drill(
        "Hostile and damaged pictures, another set in each round, go through the workshop in its child process.",
        "Nothing is kept as it came, nothing but pixels gets through, no file costs more than its share.",
        ("tests/drills/photos.py", "--broken", "2000"),
        rounds=10,
        largest=("most_cpu_s", "most_memory_mb"),
    ),
    "api": Drill(
        "The open interfaces are asked what their descriptions allow, what they do not, and any bytes at all.",
        "Nothing breaks, every answer is as described, every fault is told as a problem.",
        ("tests/drills/api.py", "--examples", "100"),
        rounds=5,
    ),
    "guesses": Drill(
        "Codes of joining cards are guessed, in five rounds ten thousand from one address and as many from 250.",
        "None opens anything, no address has more than thirty looked up in a minute, and neighbours with a card come "
        "in all the while.",
        ("tests/drills/guesses.py", "--guesses", "2000"),
        rounds=5,
    ),
    "raid": Drill(
        "A leaked card, then a whole leaked sheet, lets in 300 strangers who set out 20 posts each within an hour, "
        "while neighbours read and write; a connector clears it. Sums of the doors are answered again and too late.",
        "One card lets in no more than it is made for; five posts are seen at most; neighbours' posts all appear, and "
        "their pages cost less than a fifth more; three clicks clear all; a sum counts once. Times: processor time.",
        ("tests/drills/raid.py", "--accounts", "300", "--posts", "20"),
        rounds=1,
    ),
    "codes": Drill(
        "A million codes of cards are guessed from a hundred addresses; a sheet of real cards is withdrawn at the end.",
        "None opens anything, no address has more than thirty looked up in a minute, the admin has a mail within a "
        "minute, and who came with the sheet is asked for again in one action.",
        ("tests/drills/codes.py", "--guesses", "1000000", "--addresses", "100"),
        rounds=1,
    ),
    "doors": Drill(
        "Pairs of requests, of a member and of nobody, at four doors; then four processes try one account at once.",
        "Pages are the same letter by letter, medians less than 5 ms apart (processor time); each attempt is counted, "
        "and at most ten passwords are looked at.",
        ("tests/drills/doors.py", "--pairs", "500", "--attempts", "300"),
        rounds=1,
    ),
    "screen": Drill(
        "A screen in a window turns its slides a thousand times, by a clock that runs ahead, asking for news.",
        "Nodes, listeners and memory have not grown.",
        ("tests/drills/screen.py", "--turns", "1000"),
        rounds=1,
    ),
    "paper": Drill(
        "Village papers of random weeks, from empty to overfull, and guides, with words of 80 letters and titles of "
        "200, on every sheet, in German, Dutch and both languages; a guide of 500 entries.",
        "No text lies outside the margins or on another; the guide is made in 20 s and 400 MB.",
        ("tests/drills/paper.py", "--weeks", "50"),
        rounds=10,
        largest=("guide_s", "guide_mb", "guide_pages"),
    ),
    "permissions": Drill(
        "Every sort of person asks for every address, about every sort of thing, by every method.",
        "The square answers each as the rules say that a person has read line by line (tests/permissions/rules.csv).",
        ("tests/drills/permissions.py",),
        rounds=1,
    ),
    "mutation": Drill(
        "Every policy and every visible_to is changed in one place at a time: a comparison, an “and”, a “not”, a "
        "constant, a condition, an answer.",
        "The verdicts that a person has read (tests/permissions/verdicts.csv) notice nine of ten.",
        ("tests/drills/mutation.py",),
        rounds=1,
        largest=("percent",),
    ),
    "scripts": Drill(
        "Every text of the world of canaries says something that wants to run; Chromium opens every page as a visitor, "
        "a member, a connector and an administrator, and every mail.",
        "Nothing runs, and the policy has nothing to refuse.",
        ("tests/drills/scripts.py",),
        rounds=1,
    ),
    "canaries": Drill(
        "In every text of every row of two municipalities sits a word of its own. Every sort of person reads every "
        "address there is and every link that anybody was given, gets her mails and takes out her data; then two "
        "people with a block between them do.",
        "Nobody meets a word that is not meant for her; whoever is blocked gets the answers of an account that is "
        "gone. Who may read what is said by hand (tests/canaries/readers.py).",
        ("tests/drills/canaries.py",),
        rounds=1,
    ),
    "event-times": Drill(
        "Dates from 1970 to 2100, once or by any rule, with dates moved and cancelled, at any hour in Germany and the "
        "Netherlands, are given out as a calendar and read again.",
        "Each date of a year begins and ends as before.",
        ("tests/drills/event_times.py", "--examples", "5000"),
        rounds=10,
    ),
    "fuzz-osm": Drill(
        "Damaged OpenStreetMap extracts in all three formats are read in the child process's limits.",
        "Each is read or refused with one of the known faults; none is read in part.",
        ("tests/drills/fuzz.py", "osm", "--examples", "2500"),
        rounds=20,
        largest=("slowest_s",),
    ),
    "fuzz-csv": Drill(
        "Damaged tables in all encodings are read.",
        "Each is read, row by row taken or reported, or refused with one sentence.",
        ("tests/drills/fuzz.py", "csv", "--examples", "10000"),
        rounds=20,
        largest=("slowest_s",),
    ),
    "fuzz-ics": Drill(
        "Damaged calendars are read, as clubs' programs write them.",
        "Each is read, event by event taken or reported, or refused with one sentence.",
        ("tests/drills/fuzz.py", "ics", "--examples", "5000"),
        rounds=10,
        largest=("slowest_s",),
    ),
    "fuzz-feed": Drill(
        "Damaged feeds of news are read, in three sorts.",
        "Each is read, or refused with one sentence.",
        ("tests/drills/fuzz.py", "feed", "--examples", "5000"),
        rounds=10,
        largest=("slowest_s",),
    ),
    "fuzz-mail": Drill(
        "Damaged answers by mail are read, before it is asked whose they are.",
        "Each is read.",
        ("tests/drills/fuzz.py", "mail", "--examples", "5000"),
        rounds=10,
        largest=("slowest_s",),
    ),
}


def main() -> int:
    names = sys.argv[1:]
    if len(names) != 1 or names[0] not in DRILLS:
        print("make drill NAME, where NAME is one of:")
        for name, drill in DRILLS.items():
            print(f"  {name:15} {drill.about}")
        return 2
    return run(names[0], DRILLS[names[0]], rounds=int(os.environ.get("ROUNDS", "0")) or DRILLS[names[0]].rounds)


def run(name: str, drill: Drill, *, rounds: int) -> int:
    """Runs the rounds that are still to be done; a round that fails ends the drill and is done again next time."""
    if name.startswith("fuzz") and importlib.util.find_spec("atheris") is None:
        print("Mutates at random. Guided by coverage it finds more: .venv/bin/uv pip install atheris")
    STATES.mkdir(parents=True, exist_ok=True)
    path = STATES / f"{name}.json"
    state: dict[str, Any] = json.loads(path.read_text()) if path.exists() else {"rounds": []}
    if len(state["rounds"]) >= rounds:
        state = {"rounds": []}  # done before; this is a new drill
    for number in range(len(state["rounds"]) + 1, rounds + 1):
        done = subprocess.run(
            [sys.executable, *drill.arguments, "--seed", str(number)],
            cwd=ROOT, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False,
        )  # fmt: skip
        if done.returncode != 0:
            print(f"Round {number} of {rounds} of “{name}” has failed (seed {number}):\n{done.stdout}{done.stderr}")
            return 1
        state["rounds"].append(json.loads(done.stdout[done.stdout.index("{") :]))
        path.write_text(json.dumps(state, indent=1))
        print(f"{name}: round {number} of {rounds}: {done.stdout.strip().replace(chr(10), '')}", flush=True)
    report = EVIDENCE / f"{name}.md"
    report.parent.mkdir(parents=True, exist_ok=True)
    report.write_text(said(name, drill, totals(state["rounds"], drill.largest), rounds))
    print(f"As promised. {report.relative_to(ROOT)}")
    return 0


def totals(rounds: list[Mapping[str, Any]], largest: tuple[str, ...]) -> dict[str, Any]:
    """The rounds' figures added up; of those in `largest` the greatest, tables of counts entry by entry."""
    found: dict[str, Any] = {}
    for figures in rounds:
        for key, value in figures.items():
            if isinstance(value, Mapping):
                counts = found.setdefault(key, {})
                for inner, count in value.items():
                    counts[inner] = counts.get(inner, 0) + count
            elif key in largest:
                found[key] = max(found.get(key, value), value)
            else:
                found[key] = round(found.get(key, 0) + value, 1)
    return found


def said(name: str, drill: Drill, figures: Mapping[str, Any], rounds: int) -> str:
    """The page of evidence."""
    machine = f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"
    count = "1 round" if rounds == 1 else f"{rounds} rounds"
    rows = []
    for key, value in figures.items():
        shown = ", ".join(f"{k} {v}" for k, v in sorted(value.items())) if isinstance(value, Mapping) else value
        rows.append(f"| {key.replace('_', ' ')} | {shown} |")
    return "\n".join(
        [
            f"# Drill: {name}",
            "",
            f"{drill.about} {drill.promise}",
            "",
            f"`make drill {name}` on {datetime.now(UTC):%Y-%m-%d}, {count}, {machine}.",
            "",
            "| figure | all rounds |",
            "|---|---|",
            *rows,
            "",
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
