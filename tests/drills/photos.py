"""Drill: a corpus of hostile pictures, another one for each seed, through the workshop of `media`.

    python tests/drills/photos.py --broken 4000 --seed 1

The same promises as in the suite (trust S7), with ten times as many damaged files. Prints what happened as JSON; exit
code 0 when nothing but pixels got through.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--broken", type=int, default=4000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    import django  # noqa: PLC0415  after the environment is made

    import tests.environment  # noqa: PLC0415  first, as it makes a home of its own

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dorfplatz.config.settings")
    django.setup()
    from dorfplatz.media.tests import corpus, test_hostile_files  # noqa: PLC0415  after the settings are chosen

    test_hostile_files.SEED, test_hostile_files.BROKEN = arguments.seed, arguments.broken
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="drill-photos-") as folder:
        test_hostile_files.test_no_hostile_file_gets_more_through_than_its_pixels(Path(folder))
    files = len(list(corpus.hostile_files(arguments.seed, arguments.broken)))
    tests.environment.pytest_unconfigure()
    print(json.dumps({"files": files, "let_through": 0, "seconds": round(time.monotonic() - begun, 1)}))  # noqa: T201


if __name__ == "__main__":
    main()
