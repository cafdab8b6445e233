"""Drill: the permission modules are changed in one place at a time; the verdicts that a person has read must notice.

    python tests/drills/mutation.py --seed 1 --share 0.25

Prints figures as JSON, and on the error output what was not noticed; exit code 0 when nine of ten were.
"""

from __future__ import annotations

import argparse
import json
import sys

from whole import recorded_by

WANTED = 0.9


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--share", default="1", help="of all changes, how many are tried")
    asked = parser.parse_args()
    round_ = "tests/drills/mutation_round.py"
    found = dict(recorded_by(round_, seed=asked.seed, timeout_s=7200, MUTANT_SHARE=asked.share))
    mutants, noticed = int(found["mutants"]), int(found["noticed"])
    sys.stderr.write(found["survivors"] + "\n")
    sys.stdout.write(json.dumps({"mutants": mutants, "noticed": noticed, "percent": round(100 * noticed / mutants, 1)}))
    return 0 if noticed >= WANTED * mutants else 1


if __name__ == "__main__":
    sys.exit(main())
