"""The benchmarks: `make bench`. SIZE=full for the stated sizes, DATABASE=postgresql for the other database.

Two installations of the same sort, with few and with many municipalities, answer the same questions in turn; figures go
to var/bench/ as JSON, and are shown beside the goals and beside the last run's.
"""

from __future__ import annotations

import json
import os
import platform
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.client import Ask, Line
from benchmarks.measuring import one_at_a_time, open_loop, settle, throughput, warm_up
from benchmarks.questions import FOR_CONNECTORS, FOR_MEMBERS, LIVING, PAGES, asks
from benchmarks.report import missed, table
from benchmarks.sizes import ROOT, SIZES, Size
from benchmarks.square import Square, running_square
from benchmarks.writing import written

FOLDER = ROOT / "var" / "bench"
SO_FAR = "so-far.json"
FIRST_S = 30  # how long nearly every municipality is asked for the first time since the start


def main() -> int:
    name, database = os.environ.get("SIZE") or "small", os.environ.get("DATABASE") or "sqlite"
    if name not in SIZES or database not in ("sqlite", "postgresql"):
        print(f"SIZE is one of {', '.join(SIZES)}; DATABASE is sqlite or postgresql.")
        return 2
    folder = Path(os.environ.get("BENCH_FOLDER") or FOLDER)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}-{database}.json"
    before = json.loads(path.read_text()) if path.exists() else None
    result = measure(folder, SIZES[name], database)
    result["measured"]["size"] = name
    path.write_text(json.dumps(result, indent=1))
    print(table(result, before))
    short = missed(result)
    print(
        "\n".join(["Short of the goals:", *(f"- {sentence}" for sentence in short)]) if short else "All goals reached."
    )
    print(f"As JSON: {path}")
    return 0


def measure(folder: Path, size: Size, database: str) -> dict[str, Any]:
    load, result = os.getloadavg()[0], dict[str, Any]()
    with (
        running_square(folder, size.few, size, database=database) as few,
        running_square(folder, size.many, size, database=database) as many,
    ):
        _found(folder, result, "settled_after_s", settle((few, many)))
        _found(folder, result, "pages", dict(_pages(few, many, size)))
        _found(folder, result, "open_loop_at_first", open_loop(many, min(FIRST_S, size.loop_s)).as_json())
        warm_up(many)
        _found(folder, result, "open_loop", open_loop(many, size.loop_s).as_json())
        _found(folder, result, "throughput", _throughput(many, size))
        _found(folder, result, "writing", written(many, size.asked // 2))
        _found(folder, result, "memory_mb", many.memory_mb())
    rounds = max(5, size.asked // 5)
    _found(folder, result, "lists", _in_its_own_process("lists.py", COUNT=size.people, JSON=1))
    translated = _in_its_own_process("translation.py", SENTENCES=size.sentences, ROUNDS=rounds)
    _found(folder, result, "translation", translated)
    # As many entries and members for each municipality, whatever the size: that is 100,000 where fifty are seeded.
    desk = _in_its_own_process("desk.py", TOWNS=size.many, EACH=size.people // size.many, JSON=1)
    _found(folder, result, "desk", desk)
    _found(folder, result, "matching", _in_its_own_process("matching.py"))
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    measured = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": machine,
        "database": database,
        "few": size.few,
        "many": size.many,
        "entries": many.seeded["entries"],
        "life": many.seeded["life"],
        "load_before": round(load, 2),
        "load_after": round(os.getloadavg()[0], 2),
    }
    return {"measured": measured, **result}


def _found(folder: Path, result: dict[str, Any], name: str, value: Any) -> None:
    """A long run that is ended early has told what it had by then."""
    result[name] = value
    (folder / SO_FAR).write_text(json.dumps(result, indent=1))
    print(f"{datetime.now(UTC):%H:%M} {name.replace('_', ' ')}: measured", flush=True)


def _pages(few: Square, many: Square, size: Size) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each sort of page, as a visitor, as a member, some as a connector."""
    wanted = [(page, who) for who in ("", "member") for page in (*PAGES, *LIVING)]
    wanted += [(page, "connector") for page in FOR_CONNECTORS] + [(page, "member") for page in FOR_MEMBERS]
    for page, who in wanted:
        squares = (few, many)
        questions = [asks(s.seeded, page, session=s.seeded["sessions"].get(who, ""), most=size.few) for s in squares]
        found = one_at_a_time(squares, questions, size.asked)
        ratio = round(found[1].median / max(found[0].median, 0.01), 2)
        label = f"{page} · {who or 'visitor'}"
        yield label, {"few": found[0].as_json(), "many": found[1].as_json(), "ratio": ratio}


def _in_its_own_process(name: str, **numbers: int) -> dict[str, Any]:
    """What one of the other benchmarks finds, whether or not it is content."""
    said = {key: str(number) for key, number in numbers.items()}
    done = subprocess.run(
        [sys.executable, ROOT / "benchmarks" / name],
        env={**os.environ, **said}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if "{" not in done.stdout:
        raise SystemExit(f"{name} could not be measured.\n{done.stderr}")
    return dict(json.loads(done.stdout[done.stdout.index("{") :]))


def _throughput(square: Square, size: Size) -> dict[str, Any]:
    """Pages that visitors get, against a static file of the same server. Whatever keeps pages is part of the answer."""
    host = square.seeded["hosts"][0]
    page = Ask("kept page", "/de/karte/", host)
    kept = [page, Ask("kept page", "/de/", host), Ask("kept page", f"/de/{square.seeded['villages'][0][0]}/", host)]
    static = [Ask("static file", _static(square, page), host)]
    one, other = throughput(square, static, size.throughput_s), throughput(square, kept, size.throughput_s)
    share = round(other.a_cpu_second / max(one.a_cpu_second, 0.01), 2)
    return {"static": one.as_json(), "kept": other.as_json(), "share": share}


def _static(square: Square, page: Ask) -> str:
    """The style sheet under the name that pages give it."""
    line = Line(square.port)
    body = line.text(page)
    line.close()
    found = re.search(r'href="(/static/ui/build/site\.[0-9a-f]+\.css)"', body)
    if found is None:
        raise SystemExit("The map page names no style sheet.")
    return found[1]


if __name__ == "__main__":
    sys.exit(main())
