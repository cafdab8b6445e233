"""Drill: a screen turns its slides a thousand times, by a clock that runs ahead, and its memory stays flat.

    python tests/drills/screen.py --seed 1 --turns 1000

Prints as JSON how often it turned, what there was at first and at the end; exit code 0 when it has not grown.
"""

from __future__ import annotations

import argparse
import json
import sys

from whole import recorded_by

TEST = "tests/browser/test_screens.py::test_its_memory_stays_flat_however_often_the_slides_turn"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--turns", type=int, default=1000)
    asked = parser.parse_args()
    told = recorded_by(TEST, seed=asked.seed, timeout_s=1800, SCREEN_TURNS=str(asked.turns))
    sys.stdout.write(json.dumps({name: int(float(value)) for name, value in told}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
