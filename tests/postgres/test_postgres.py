"""The same square on PostgreSQL: the tables, the start, and the tests of everything that asks the database."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.environment import DATABASE
from tests.postgres.server import running_server, why_not

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(bool(why_not()), reason=why_not() or "-"),
    pytest.mark.timeout(240),
]

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
# What asks the database most: locks, sequences, counters, constraints, JSON, text compared and sorted. Kernel, look and
# the running server know nothing of the database's make; all of it would take too long to be run twice each time.
FOLDERS = ("entries", "journal", "jobs")
FILES = (
    "villages/tests/test_setup.py",
    "villages/tests/test_filter.py",
    "villages/tests/test_pages.py",
    "members/tests/test_limits.py",
    "members/tests/test_joining.py",
    "members/tests/test_roles.py",
    "places/tests/test_social_map.py",
    "places/tests/test_keeping.py",
    "imports/tests/test_intake.py",
)


@pytest.fixture(scope="session")
def server():
    with running_server() as url:
        yield url


def plain_environment(**more: str) -> dict[str, str]:
    """The terminal's environment without what this test run put into it."""
    kept = {name: text for name, text in os.environ.items() if not name.startswith(("DORFPLATZ_", "PYTEST_"))}
    return {**kept, **more}


def test_the_tables_are_made_on_an_empty_server_and_fit_the_models(server, tmp_path):
    environment = plain_environment(DORFPLATZ_HOME=str(tmp_path), DORFPLATZ_DATABASE_URL=server)
    for command in (
        ["migrate", "--verbosity", "0"],
        ["migrate", "--check"],
        ["makemigrations", "--check", "--dry-run"],
    ):
        done = subprocess.run(
            [BIN / "dorfplatz", *command], env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr


def test_the_apps_keep_their_promises_on_postgresql(server):
    house = ROOT / "src" / "dorfplatz"
    chosen = (
        [house / app / "tests" for app in FOLDERS]
        + [house / path for path in FILES]
        + [ROOT / "tests" / name for name in ("search", "freshness")]
    )
    command = [BIN / "pytest", "-q", "-n0", "--no-header", "-m", "not browser and not postgres", *chosen]
    environment = plain_environment(**{DATABASE: server})
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    passed = re.search(r"(\d+) passed", done.stdout)
    assert passed, done.stdout[-2000:]
    assert int(passed[1]) > 50, "too few tests ran to mean anything"
