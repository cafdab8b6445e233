"""Drill: dates from 1970 to 2100 with every sort of rule, given out as a calendar and read again (trust R11).

    python tests/drills/event_times.py --examples 5000 --seed 1

Prints as JSON how many there were; exit code 0 when each was read as it was.
"""

from __future__ import annotations

import argparse
import json
import sys

from whole import recorded_by

TEST = "src/dorfplatz/events/tests/test_ical_out.py::test_whatever_the_hours_we_read_what_we_have_written"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    recorded_by(TEST, seed=arguments.seed, timeout_s=3600, EVENT_TIMES=str(arguments.examples))
    sys.stdout.write(json.dumps({"examples": arguments.examples, "read_otherwise": 0}))


if __name__ == "__main__":
    main()
