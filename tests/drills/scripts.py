"""Drill: every page of the world of canaries, in Chromium, with a payload in every text.

    python tests/drills/scripts.py --seed 1

Prints as JSON how many pages and mails were opened and how many payloads stood in them; exit code 0 when none ran and
the policy had nothing to refuse.
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
    found = recorded_by("tests/payloads", seed=seed, timeout_s=14_400, SCRIPT_PAGES="100000")
    sys.stdout.write(json.dumps({**{name: int(value) for name, value in found}, "readers": 4, "ran": 0}))


if __name__ == "__main__":
    main()
