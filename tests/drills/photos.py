"""Drill: a corpus of hostile pictures, another one for each seed, through the workshop of `media`.

    python tests/drills/photos.py --broken 2000 --seed 1

The same promises as in the suite (trust S7), with more damaged files. Prints what happened as JSON; exit code 0 when
every file was copied or refused as promised, within its limits, and no copy holds a byte it should not.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from dorfplatz.media.child import CPU_SECONDS, MEMORY_BYTES
from dorfplatz.media.tests.corpus import Hostile, hostile_files, require_clean
from dorfplatz.media.workshop import run_orders

PORTION = 500


def portions(files: Iterable[Hostile]) -> Iterator[list[Hostile]]:
    """The files in portions, so that no folder grows large."""
    remaining = iter(files)
    while portion := list(islice(remaining, PORTION)):
        yield portion


def faults_of(hostile: Hostile, answer: dict[str, Any], folder: Path) -> Iterator[str]:
    """What is wrong with the answer to one file."""
    if hostile.is_picture is not None and ("copies" in answer) is not hostile.is_picture:
        yield f"{hostile.name}: {answer.get('refusal', 'copied')}"
    if answer.get("cpu_s", 0) > CPU_SECONDS + 0.5 or answer.get("memory_kb", 0) * 1024 > MEMORY_BYTES:
        yield f"{hostile.name}: {answer['cpu_s']} s, {answer['memory_kb']} KB"
    for copy in answer.get("copies", []):
        path = folder / copy["file"]
        try:
            require_clean(path.read_bytes(), path.suffix[1:], hostile.data)
        except AssertionError as error:
            yield f"{hostile.name} {path.name}: {str(error)[:200]}"


def run_portion(files: list[Hostile], folder: Path, told: dict[str, Any]) -> list[str]:
    """Copy these files, add up the figures, and return what is wrong."""
    orders: list[dict[str, str]] = []
    for number, hostile in enumerate(files):
        source, target = folder / f"{number}.upload", folder / f"{number}.copies"
        source.write_bytes(hostile.data)
        target.mkdir()
        orders.append({"do": "copy", "source": str(source), "target": str(target)})
    faults: list[str] = []
    for number, (hostile, answer) in enumerate(zip(files, run_orders(orders), strict=True)):
        told["outcome"][answer.get("refusal", "copied")] += 1
        told["copies"] += len(answer.get("copies", []))
        told["most_cpu_s"] = max(told["most_cpu_s"], answer.get("cpu_s", 0))
        told["most_memory_mb"] = max(told["most_memory_mb"], answer.get("memory_kb", 0) // 1024)
        faults += faults_of(hostile, answer, folder / f"{number}.copies")
    return faults


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--broken", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    arguments, begun = parser.parse_args(), time.monotonic()
    told: dict[str, Any] = {"files": 0, "outcome": Counter(), "copies": 0, "most_cpu_s": 0.0, "most_memory_mb": 0}
    faults: list[str] = []
    for files in portions(hostile_files(arguments.seed, arguments.broken)):
        with tempfile.TemporaryDirectory(prefix="drill-photos-") as folder:
            faults += run_portion(files, Path(folder), told)
        told["files"] += len(files)
    told |= {"let_through": len(faults), "seconds": round(time.monotonic() - begun, 1)}
    sys.stdout.write(json.dumps(told, indent=1) + "\n")
    sys.stderr.write("".join(f"{fault}\n" for fault in faults))
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
