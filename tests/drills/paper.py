"""Drill: village papers of random weeks and guides of whatever people write, on every sheet and in every language; and
one guide of 500 entries, of which time and memory are measured.

    python tests/drills/paper.py --seed 1 --weeks 50 --guides 10

Prints as JSON how many were printed; exit code 0 when nothing lay outside its margins or on anything else.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TESTS = [f"src/dorfplatz/noticeboard/tests/test_{name}.py" for name in ("sheets", "guides")]
ENTRIES = 500


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--weeks", type=int, default=50)
    parser.add_argument("--guides", type=int, default=10)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        figures = Path(folder) / "guide.json"
        environment = {
            "PAPER_WEEKS": asked.weeks, "PAPER_FIRST": (asked.seed - 1) * asked.weeks + 1, "GUIDE_COUNT": asked.guides,
            "GUIDE_FIRST": (asked.seed - 1) * asked.guides + 1, "GUIDE_ENTRIES": ENTRIES, "GUIDE_FIGURES": figures,
        }  # fmt: skip
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-n", "2", *TESTS, "-k", "any_size or whatever or in_time"],
            cwd=ROOT,
            env={**os.environ, **{name: str(value) for name, value in environment.items()}},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            sys.stderr.write(done.stdout + done.stderr)
            return 1
        measured = json.loads(figures.read_text("utf-8"))
    counts = {"weeks": asked.weeks, "guides": asked.guides, "outside_or_overlapping": 0}
    sys.stdout.write(json.dumps({**counts, **measured}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
