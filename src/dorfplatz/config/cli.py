"""The `dorfplatz` command."""

from __future__ import annotations

import os
import sys

from django.core.management import execute_from_command_line

from dorfplatz.config.elsewhere import check_elsewhere
from dorfplatz.config.env import EnvironmentProblem, read_env

# Commands that a newcomer may type first, on a home without tables.
FIRST_COMMANDS = {"setup", "invite", "import"}


def main() -> None:
    """Run one command. Exit code 2 with one sentence for a setting that cannot be used."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dorfplatz.config.settings")
    try:
        check_elsewhere(read_env(os.environ))
    except EnvironmentProblem as problem:
        sys.stderr.write(f"{problem}\n")
        raise SystemExit(2) from problem
    if sys.argv[1:2] and sys.argv[1] in FIRST_COMMANDS and "--help" not in sys.argv:
        execute_from_command_line([sys.argv[0], "update"])
    execute_from_command_line(sys.argv)
