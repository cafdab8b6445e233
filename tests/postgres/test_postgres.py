"""The same square on PostgreSQL: the tables, the start, and the tests of everything that asks the database."""

import os
import re
import subprocess
import sys
from pathlib import Path

import psycopg
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
HOUSE = ROOT / "src" / "dorfplatz"
PARTS = {
    "spine": [HOUSE / app / "tests" for app in FOLDERS],
    "rooms": [*(HOUSE / path for path in FILES), ROOT / "tests" / "search"],
    "freshness": [ROOT / "tests" / "freshness"],
}


@pytest.fixture(scope="session")
def server():
    with running_server() as url:
        yield url


def plain_environment(**more: str) -> dict[str, str]:
    """The terminal's environment without what this test run put into it."""
    kept = {name: text for name, text in os.environ.items() if not name.startswith(("DORFPLATZ_", "PYTEST_"))}
    return {**kept, **more}


# Names, kinds and meanings; the order of columns differs where a step of a library once added one.
SHAPE = """
    SELECT table_name, column_name, data_type, character_maximum_length, is_nullable
    FROM information_schema.columns WHERE table_schema = 'public'
    UNION ALL
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), NULL, NULL
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL
    SELECT tablename, indexname, indexdef, NULL, NULL FROM pg_indexes WHERE schemaname = 'public'
"""


def run(server, home, *command):
    environment = plain_environment(DORFPLATZ_HOME=str(home), DORFPLATZ_DATABASE_URL=server)
    done = subprocess.run([BIN / "dorfplatz", *command], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def shape(server):
    with psycopg.connect(server) as line:
        return {(row[0], row[1]): row for row in line.execute(SHAPE)}


def test_the_tables_are_made_on_an_empty_server_and_fit_the_models(server, tmp_path):
    run(server, tmp_path, "migrate", "--verbosity", "0")
    run(server, tmp_path, "migrate", "--check")
    run(server, tmp_path, "makemigrations", "--check", "--dry-run")


def test_a_first_start_makes_the_tables_that_all_migrations_lead_to(server, tmp_path):
    with psycopg.connect(server, autocommit=True) as line:
        for name in ("at_once", "by_steps"):
            line.execute(f"CREATE DATABASE {name}")
    at_once, by_steps = (f"{server.rpartition('/')[0]}/{name}" for name in ("at_once", "by_steps"))
    run(at_once, tmp_path, "update")
    run(by_steps, tmp_path, "migrate", "--verbosity", "0")
    assert len(shape(at_once)) > 800
    assert shape(at_once) == shape(by_steps)
    run(at_once, tmp_path, "migrate", "--check")


@pytest.mark.parametrize("part", PARTS)
def test_the_apps_keep_their_promises_on_postgresql(server, part):
    chosen = PARTS[part]
    command = [BIN / "pytest", "-q", "-n0", "--no-header", "-m", "not browser and not postgres", *chosen]
    environment = plain_environment(**{DATABASE: server})
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    passed = re.search(r"(\d+) passed", done.stdout)
    assert passed, done.stdout[-2000:]
    assert int(passed[1]) > 50, "too few tests ran to mean anything"
