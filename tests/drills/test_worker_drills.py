"""The short, seeded forms of the drills of worker and backup. The long ones: `make drill kills` and so on."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.postgres.server import running_server, why_not

HERE = Path(__file__).parent


def drill(name: str, *words: str) -> dict[str, object]:
    """What the drill tells; fails with all it said when things are not as promised."""
    done = subprocess.run(
        [sys.executable, HERE / f"{name}.py", *words], capture_output=True, text=True, timeout=110, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    told: dict[str, object] = json.loads(done.stdout)
    return told


def test_workers_killed_twelve_times_lose_no_job_and_do_none_twice():
    told = drill("kills", "--kills", "12", "--jobs", "80", "--seed", "7")
    assert (told["kills"], told["jobs"]) == (12, 80)
    assert told["lines_missing"] == told["lines_doubled"] == told["mails_missing"] == 0


@pytest.mark.postgres
@pytest.mark.skipif(bool(why_not()), reason=why_not() or "-")
def test_nor_do_they_on_postgresql():
    with running_server() as url:
        drill("kills", "--kills", "12", "--jobs", "80", "--seed", "7", "--database-url", url)


def test_a_worker_asked_to_stop_finishes_the_job_at_hand_and_begins_no_other():
    assert drill("gentle_stop") == {
        "exit": 0,
        "states": ["done", "waiting"],
        "workers_left": 0,
        "locks_left": 0,
    }


def test_a_backup_amid_writes_is_equal_at_its_moment():
    told = drill("backup", "--backups", "2", "--ballast", "2000", "--seed", "3")
    assert told["faults"] == told["writes_refused"] == 0
    assert told["writes"] > 50


@pytest.mark.postgres
@pytest.mark.skipif(bool(why_not()), reason=why_not() or "-")
def test_nor_does_it_miss_any_on_postgresql():
    with running_server() as url:
        drill("backup", "--backups", "1", "--ballast", "2000", "--seed", "3", "--database-url", url)
