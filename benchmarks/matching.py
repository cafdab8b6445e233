"""How good suggestions are: pairs labelled by somebody who had not seen the ranking (tests/evaluation/matching).

`make bench-matching`. Of the first suggestion and of the first five, against everything there is in that half; the
half kept apart was not read while the ranking was tuned. A third set was written by somebody who had seen neither the
ranking nor its words, and nothing was tuned on it.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.evaluation.matching.measure import SETS, figures_of, missed, read_half


def main() -> int:
    """Prints the figures as JSON; 1 where one misses its goal."""
    found = {name: figures_of(read_half(name)).as_json() for name in SETS}
    print(json.dumps(found, indent=1))
    return 1 if any(missed(row) for row in found.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
