"""Drill: everything there is to read in the world of canaries, by every sort of person.

    python tests/drills/canaries.py --seed 1

Prints as JSON how much was read and written; exit code 0 when nobody met what is not meant for her.
"""

from __future__ import annotations

import argparse
import json
import sys

from whole import recorded_by


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    seed = parser.parse_args().seed
    found = recorded_by("tests/canaries", seed=seed, timeout_s=14_400, CANARY_PAGES="100000")
    figures = {name: int(value) for name, value in found}
    sys.stdout.write(json.dumps({**figures, "people": 15, "leaks": 0}))


if __name__ == "__main__":
    main()
