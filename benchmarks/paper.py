"""What paper costs: a weekly paper, a guide of 500 entries, and village papers by the batch while pages are asked for.

`make bench-paper`. COUNT=450 makes as many papers in one go, nine villages to a municipality; without it, 18. Somebody
asks for pages ten times a second meanwhile, as a visitor and as a member, as before the batch began. Figures go to
var/bench/paper.json and are printed beside their goals; the exit code is 1 where one is missed.
"""

from __future__ import annotations

import json
import os
import resource
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.client import Ask, Line
from benchmarks.measuring import quantile
from benchmarks.questions import asks
from benchmarks.sizes import ROOT, SIZES, fingerprint
from benchmarks.square import Square, plain_environment, running_square

FOLDER = ROOT / "var" / "bench"
VILLAGES, ENTRIES = 9, 500
LIFE = (100, 300, 100, 100, 300)
PAPER_S, GUIDE_S, GUIDE_MB = 3, 20, 400
MEDIAN_MS, P95_MS = 30, 300  # with the batch
PAUSE_S, BEFORE, WARM_UP, LONGEST_S = 0.1, 150, 6, 3600
TIMES = 5
ASKED = (("village page", ""), ("village page", "member"), ("posts", "member"), ("map page", "member"))


def main() -> int:
    """Measures, prints and keeps the figures; in a home of its own it orders papers, or makes one."""
    if len(sys.argv) > 1:
        return {"single": single, "order": order}[sys.argv[1]]()
    count = int(os.environ.get("COUNT") or 2 * VILLAGES)
    towns = max(1, -(-count // VILLAGES))
    size = replace(SIZES["small"], many=towns, villages=VILLAGES, entries=ENTRIES, life=LIFE)
    FOLDER.mkdir(parents=True, exist_ok=True)
    home = FOLDER / f"{fingerprint(towns, size)}-sqlite"
    load = os.getloadavg()[0]
    with running_square(FOLDER, towns, size, database="sqlite") as square:
        result = {**_of_child(home, "single"), **_batch(square, home, count)}
    machine = f"{os.cpu_count()} cores, Python {sys.version.split()[0]}"
    result["measured"] = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"), "machine": machine, "papers": count, "towns": towns,
        "load_before": round(load, 2),
    }  # fmt: skip
    (FOLDER / "paper.json").write_text(json.dumps(result, indent=1))
    rows = list(_rows(result))
    print(_table(rows, result))
    return 0 if all(is_reached for *_said, is_reached in rows) else 1


def _batch(square: Square, home: Path, count: int) -> dict[str, Any]:
    """Pages without and with papers being made."""
    sessions = square.seeded["sessions"]
    questions = [ask for page, who in ASKED for ask in asks(square.seeded, page, session=sessions.get(who, ""))]
    for ask in questions * WARM_UP:
        Line(square.port).get(ask.as_bytes())
    without = _asked(square, questions, lambda asked: asked >= BEFORE)
    cpu, began = square.cpu_s(), time.monotonic()
    _of_child(home, "order", str(count))
    with closing(sqlite3.connect(f"file:{home / 'dorfplatz.sqlite3'}?mode=ro", uri=True)) as database:
        made = _asked(square, questions, lambda _asked: _is_done(database, count, began))
    seconds = time.monotonic() - began
    return {
        "without": without,
        "with": made,
        "batch": {"papers": count, "s": round(seconds, 1), "cpu_s": round(square.cpu_s() - cpu, 1)},
    }


def _is_done(database: sqlite3.Connection, count: int, began: float) -> bool:
    if time.monotonic() - began > LONGEST_S:
        raise SystemExit(f"{count} papers were not made in {LONGEST_S} s.")
    ready = database.execute("SELECT count(*) FROM press_printing WHERE sheet = 'paper' AND state = 'ready'")
    return int(ready.fetchone()[0]) >= count


def _asked(square: Square, questions: list[Ask], is_enough: Callable[[int], bool]) -> dict[str, Any]:
    """One page after another, with a pause between them, until it is enough."""
    line, seconds, errors = Line(square.port), list[float](), 0
    while not is_enough(len(seconds)):
        answer = line.get(questions[len(seconds) % len(questions)].as_bytes())
        seconds.append(answer.seconds)
        errors += answer.status != 200
        time.sleep(PAUSE_S)
    line.close()
    ordered = sorted(seconds) or [0.0]
    return {
        "requests": len(seconds), "errors": errors, "median_ms": round(statistics.median(ordered) * 1000, 1),
        "p95_ms": round(quantile(ordered, 0.95) * 1000, 1),
    }  # fmt: skip


def _of_child(home: Path, *words: str) -> dict[str, Any]:
    """What this program says in that home, in a process of its own."""
    environment = {**plain_environment(home), "DJANGO_SETTINGS_MODULE": "dorfplatz.config.settings"}
    done = subprocess.run(
        [sys.executable, __file__, *words], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise SystemExit(f"“{words[0]}” failed.\n{done.stderr}")
    return dict(json.loads(done.stdout))


def single() -> int:
    """A weekly paper, several times, and a guide of a municipality: seconds, and the memory of what sets type."""
    import django  # noqa: PLC0415  the home is known now

    django.setup()
    from dorfplatz.noticeboard.guides import GUIDES, guide_of  # noqa: PLC0415  after Django
    from dorfplatz.noticeboard.models import Paper  # noqa: PLC0415  after Django
    from dorfplatz.noticeboard.queries import filled_paper, guide_asked  # noqa: PLC0415  after Django
    from dorfplatz.press.engine import typeset  # noqa: PLC0415  after Django
    from dorfplatz.villages.models import Municipality  # noqa: PLC0415  after Django

    now = datetime.now(UTC)
    area = Municipality.objects.order_by("pk").first().area  # type: ignore[union-attr]  # it was seeded
    village = area.children.order_by("pk").first()
    seconds = []
    for _time in range(TIMES):
        began = time.perf_counter()
        made = filled_paper(Paper(pk=0, area=village, starts_on=_monday(now)), "a4", ["de"], now=now)
        typeset(made.job, at=now)
        seconds.append(time.perf_counter() - began)
    began = time.perf_counter()
    guide = guide_of(guide_asked(area, ["de"], now=now), GUIDES["booklet"], base="https://example.org")
    document = typeset(guide[0], at=now)
    guide_s = time.perf_counter() - began
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(json.dumps({
        "paper": {"median_s": round(statistics.median(seconds), 2), "slowest_s": round(max(seconds), 2)},
        "guide": {"entries": len(guide[1]), "pages": document.page_count, "s": round(guide_s, 2), "mb": most},
    }))  # fmt: skip
    return 0


def order() -> int:
    """Has this week's paper of so many villages made, as an editor would, all in one go."""
    import django  # noqa: PLC0415  the home is known now

    django.setup()
    from dorfplatz.kernel.actor import system  # noqa: PLC0415  after Django
    from dorfplatz.noticeboard.actions import begin_paper, print_paper  # noqa: PLC0415  after Django
    from dorfplatz.press.models import Printing  # noqa: PLC0415  after Django
    from dorfplatz.villages.models import Area, Municipality  # noqa: PLC0415  after Django

    now, by = datetime.now(UTC), system("bench")
    Printing.objects.all().delete()
    towns = Municipality.objects.order_by("pk").values_list("area_id", flat=True)
    villages = Area.objects.filter(parent__in=list(towns)).order_by("pk")[: int(sys.argv[2])]
    for village in villages:
        paper = begin_paper(village, period="week", starts_on=_monday(now), by=by, now=now)
        print_paper(paper, form="a4", languages=["de"], by=by, now=now)
    print(json.dumps({"ordered": len(villages)}))
    return 0


def _monday(now: datetime) -> Any:
    return now.date() - timedelta(days=now.weekday())


def _rows(result: dict[str, Any]) -> Iterator[tuple[str, str, str, bool]]:
    paper, guide, made = result["paper"], result["guide"], result["with"]
    yield "a weekly paper", f"{paper['median_s']} s", f"< {PAPER_S} s", paper["median_s"] < PAPER_S
    yield f"a guide of {guide['entries']} entries", f"{guide['s']} s", f"< {GUIDE_S} s", guide["s"] < GUIDE_S
    yield "memory of what sets it", f"{guide['mb']} MB", f"< {GUIDE_MB} MB", guide["mb"] < GUIDE_MB
    yield "pages with the batch, median", f"{made['median_ms']} ms", f"< {MEDIAN_MS} ms", made["median_ms"] < MEDIAN_MS
    yield "pages with the batch, p95", f"{made['p95_ms']} ms", f"< {P95_MS} ms", made["p95_ms"] < P95_MS
    yield "errors", str(made["errors"]), "0", made["errors"] == 0


def _table(rows: list[tuple[str, str, str, bool]], result: dict[str, Any]) -> str:
    without, batch, at = result["without"], result["batch"], result["measured"]
    lines = [f"{'':34}{'found':>12}{'goal':>12}"]
    lines += [f"{name:34}{found:>12}{goal:>12}{'' if reached else '  !'}" for name, found, goal, reached in rows]
    lines += [
        f"{'pages without it, median and p95':34}{without['median_ms']:>9} ms{without['p95_ms']:>9} ms",
        f"{batch['papers']} papers in {batch['s']} s, {batch['cpu_s']} s of processors with the pages",
        f"{at['machine']}, load when it began {at['load_before']}",
        f"As JSON: {FOLDER / 'paper.json'}",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
