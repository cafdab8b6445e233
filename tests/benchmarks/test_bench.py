"""`make bench` in its smallest form: it seeds, asks everything, and says so. What it measures is not looked at here."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from benchmarks.questions import PAGES
from benchmarks.report import missed, table

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bench")
    environment = {**os.environ, "SIZE": "smoke", "BENCH_FOLDER": str(folder)}
    done = subprocess.run(
        [sys.executable, ROOT / "benchmarks" / "bench.py"],
        env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads((folder / "smoke-sqlite.json").read_text())


def test_every_page_is_asked_by_visitors_and_members_and_answers(result):
    assert result["measured"]["entries"] == 40
    asked = {f"{page} · {who}" for page in PAGES for who in ("visitor", "member")}
    assert asked < set(result["pages"])
    for row in result["pages"].values():
        assert row["many"]["errors"] == row["few"]["errors"] == 0
        assert row["many"]["median"] > 0
        assert row["ratio"] > 0
    assert result["open_loop"]["requests"] > 0
    assert result["open_loop"]["errors"] == 0
    assert result["throughput"]["share"] > 0


def test_what_misses_a_goal_is_said(result):
    worse = json.loads(json.dumps(result))
    worse["pages"]["map page · member"]["many"]["median"] = 26.0
    worse["open_loop"]["p95"] = 301.0
    assert "map page · member: median 26.0 ms" in missed(worse)
    assert "open loop: p95 301.0 ms" in missed(worse)
    assert "| map page · member | **26.0** ! |" in table(worse, result)
