"""The short, seeded forms of the drills at the front door. The long ones: `make drill web-kills` and so on.

The figures of time belong to the long forms: this machine may be busy.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.postgres.server import why_not

pytestmark = pytest.mark.xdist_group("square")
HERE = Path(__file__).parent
NOT_HERE = 3


def drill(name: str, *words: str | Path) -> dict[str, object]:
    """What the drill tells; fails with all it said when things are not as promised."""
    done = subprocess.run(
        [sys.executable, HERE / f"{name}.py", *words], capture_output=True, text=True, timeout=110, check=False
    )
    if done.returncode == NOT_HERE:
        pytest.skip(done.stderr.strip())
    assert done.returncode == 0, done.stdout + done.stderr
    told: dict[str, object] = json.loads(done.stdout[done.stdout.index("{") :])
    return told


def test_web_processes_killed_again_and_again_lose_no_form_and_keep_none_twice(demonstration):
    told = drill("web_kills", "--kills", "6", "--pause", "0.4", "--home", demonstration, "--back-within", "30")
    assert told["kills"] >= 6
    assert told["acknowledged"] > 0
    assert told["lost"] == told["doubled"] == told["halves"] == told["faults_of_the_file"] == 0


def test_whatever_a_power_cut_leaves_of_the_database_opens_with_all_that_was_safe():
    told = drill("torn_writes", "--snapshots", "40", "--seed", "11")
    assert told["faults"] == 0
    assert set(told["kinds"]) == {"power_cut", "lying_disk"}


def test_a_full_disk_refuses_writers_kindly_and_readers_not_at_all(demonstration):
    told = drill("disk_full", "--times", "1", "--home", demonstration)
    assert (told["told_kindly"], told["photos_refused_whole"]) == (2, 1)
    assert told["lost"] == told["halves"] == told["left_lying"] == 0


def test_a_square_under_a_steady_stream_makes_no_errors_and_loses_no_note(tmp_path):
    small = ["--seconds", "3", "--municipalities", "1", "--entries", "20", "--reads", "5", "--writes", "4"]
    told = drill("soak", *small, "--p95", "100", "--growth", "1000", "--folder", tmp_path)
    assert told["pages"] > 0
    assert told["notes"] > 0
    assert told["errors"] == told["notes_lost"] == 0


def test_an_engine_in_trouble_loses_nothing_that_readers_asked_for(demonstration):
    few = ["--failures", "5", "--rounds", "2", "--entries", "4", "--slower", "20"]
    told = drill("translation", *few, "--home", demonstration)
    assert told["failures"] >= 5
    assert told["lost"] == 0


@pytest.mark.postgres
@pytest.mark.skipif(bool(why_not()), reason=why_not() or "-")
def test_postgresql_stopped_hard_loses_no_form_and_is_told_of_at_once():
    told = drill("database_outage", "--outages", "1", "--longest", "1.5", "--told-within", "40", "--back-within", "40")
    assert told["acknowledged"] > 0
    assert told["lost"] == told["doubled"] == told["halves"] == told["processes_lost"] == 0


def test_visitors_of_kept_pages_are_never_shown_less_than_what_is_committed(demonstration):
    told = drill(
        "freshness", "--seconds", "6", "--throughput-seconds", "2", "--most-times-slower", "99", "--home", demonstration
    )
    assert told["faults"] == 0
    assert told["changes"] > 10
    assert told["pages_read"] > 50
