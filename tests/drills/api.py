"""Drill: wild questions to the open interfaces, by their descriptions and by chance.

    python tests/drills/api.py --examples 200 --seed 1

Sets up a small square in a folder of its own. Prints how each interface answered, by status, as JSON; exit code 0 when
nothing broke and every answer was as described.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=int, default=200, help="of each operation, allowed and not allowed ones")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def main() -> int:
    arguments = read_arguments()
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory() as home:
        os.environ.update(DORFPLATZ_HOME=home, DJANGO_SETTINGS_MODULE="dorfplatz.config.settings")
        from dorfplatz.config.wsgi import application  # noqa: PLC0415  after the home is chosen

        logging.disable(logging.WARNING)  # each refusal is one
        set_up()
        from tests.contracts.wild import by_chance, by_description  # noqa: PLC0415  after the home is chosen
        from tests.fixtures.kranenburg import Square  # noqa: PLC0415  after the home is chosen

        figures = {
            name: dict(by_description(name, application, examples=arguments.examples, number=arguments.seed))
            for name in ("api", "hsds")
        }
        wild = by_chance(Square(), examples=arguments.examples * 20, number=arguments.seed)
        said = {"our_interface": figures["api"], "hsds": figures["hsds"], "by_chance": dict(wild)}
        sys.stdout.write(f"{json.dumps(said)}\n")
    return 0


def set_up() -> None:
    """The tables, a small Kranenburg, and an entry of every kind with all that may be odd about one."""
    from django.core.management import call_command  # noqa: PLC0415  after the home is chosen

    from dorfplatz.villages.actions import set_up_municipality  # noqa: PLC0415  after the home is chosen
    from dorfplatz.villages.description import parse_description  # noqa: PLC0415  after the home is chosen
    from tests.contracts.wild import furnish  # noqa: PLC0415  after the home is chosen
    from tests.fixtures.kranenburg import DESCRIPTION, INSTALLER, NOW  # noqa: PLC0415  after the home is chosen

    call_command("migrate", verbosity=0)
    set_up_municipality(parse_description(DESCRIPTION, {}), by=INSTALLER, now=NOW)
    furnish()


if __name__ == "__main__":
    sys.exit(main())
