"""`make bench` in its smallest form: it seeds, asks everything, and says so. What it measures is not looked at here."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from benchmarks.questions import FOR_MEMBERS, LIVING, PAGES
from benchmarks.report import missed, table

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.xdist_group("bench")  # measured once, for all of them


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
    assert result["measured"]["life"] == 164
    asked = {f"{page} · {who}" for page in (*PAGES, *LIVING) for who in ("visitor", "member")}
    asked |= {f"{page} · member" for page in FOR_MEMBERS}  # nobody else gets these: the session is a member's
    assert asked < set(result["pages"])
    for row in result["pages"].values():
        assert row["many"]["errors"] == row["few"]["errors"] == 0
        assert row["many"]["median"] > 0
        assert row["ratio"] > 0
    assert result["open_loop"]["requests"] > 0
    assert result["open_loop"]["errors"] == 0
    assert result["throughput"]["share"] > 0
    assert result["writing"]["median"] > 0
    assert result["writing"]["errors"] == 0


def test_the_lists_of_those_in_charge_are_asked(result):
    assert {"reports", "members", "roles"} < set(result["lists"]["lists"])
    assert all(row["median"] > 0 and row["queries"] > 3 for row in result["lists"]["lists"].values())


def test_a_connectors_desk_is_asked_with_things_on_it(result):
    assert {"desk", "coverage"} < set(result["desk"]["pages"])
    assert result["desk"]["counts"]["members"] == 101
    assert all(row["median"] > 0 and row["queries"] > 3 for row in result["desk"]["pages"].values())
    worse = json.loads(json.dumps(result))
    worse["desk"]["pages"]["desk"]["median"] = 51.0
    assert "desk: median 51.0 ms" in missed(worse)
    assert "| desk | **51.0** ! |" in table(worse, result)


def test_translation_is_measured(result):
    assert set(result["translation"]["pages"]) == {"/nl/kaart/", "/nl/berichten/"}
    assert result["translation"]["queue"]["sentences"] > 0
    worse = json.loads(json.dumps(result))
    worse["translation"]["pages"]["/nl/kaart/"]["added_queries"] = 3
    worse["translation"]["queue"]["sentences_a_core_second"] = 2.9
    assert "translation: 2.9 sentences a second" in missed(worse)
    assert any(sentence.startswith("translation: /nl/kaart/ costs") for sentence in missed(worse))
    assert "**2.9** ! sentences" in table(worse, result)


def test_what_misses_a_goal_is_said(result):
    worse = json.loads(json.dumps(result))
    worse["pages"]["map page · member"]["many"]["median"] = 26.0
    worse["pages"]["village page · member"]["many"]["median"] = 29.0
    worse["pages"]["posts · member"]["many"]["median"] = 31.0
    worse["open_loop"]["p95"] = 301.0
    worse["lists"]["lists"]["roles"]["median"] = 41.0
    assert "map page · member: median 26.0 ms" in missed(worse)
    assert "posts · member: median 31.0 ms" in missed(worse)
    assert "village page · member: median 29.0 ms" not in missed(worse)
    assert "open loop: p95 301.0 ms" in missed(worse)
    worse["writing"]["median"] = 51.0
    assert "writing a post: median 51.0 ms" in missed(worse)
    assert "list of roles: median 41.0 ms" in missed(worse)
    assert "| roles | **41.0** ! |" in table(worse, result)
    assert "| map page · member | **26.0** ! |" in table(worse, result)


def test_suggestions_are_measured(result):
    assert set(result["matching"]) == {"tune", "apart", "fresh"}
    worse = json.loads(json.dumps(result))
    worse["matching"]["tune"]["first"] = 0.5
    assert "matching, tune: first 0.5" in missed(worse)
    assert "first **0.5** ! (≥ 0.8)" in table(worse, result)
