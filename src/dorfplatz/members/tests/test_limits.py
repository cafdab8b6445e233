"""How often something may be tried, counted exactly."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from datetime import timedelta

import pytest
from django.test import RequestFactory

from dorfplatz.members.limits import (
    LOGIN_PER_ACCOUNT,
    Limit,
    clear_attempts,
    client_address,
    count_attempt,
    forget_attempts,
)
from dorfplatz.members.models import AttemptCount
from tests.fixtures.kranenburg import NOW

THREE = Limit("three", 3, timedelta(minutes=5))


def tries(limit: Limit, count: int, *, what: str = "anna@example.org", after: timedelta = timedelta()) -> int:
    return sum(count_attempt(limit, what, now=NOW + after) for _ in range(count))


@pytest.mark.django_db
def test_no_more_than_the_limit_in_one_window():
    assert tries(THREE, 10) == 3


@pytest.mark.django_db
def test_no_span_across_two_windows_holds_more():
    assert tries(THREE, 3, after=timedelta(minutes=4, seconds=59)) == 3
    assert tries(THREE, 3, after=timedelta(minutes=5, seconds=1)) == 0
    assert tries(THREE, 3, after=timedelta(minutes=10)) == 0  # the refused ones count as well
    assert tries(THREE, 3, after=timedelta(minutes=20)) == 3


@pytest.mark.django_db
def test_others_are_not_touched_and_writing_does_not_matter():
    assert tries(THREE, 3) == 3
    assert tries(THREE, 1, what=" ANNA@example.org ") == 0
    assert tries(THREE, 1, what="ben@example.org") == 1
    assert tries(Limit("other", 3, timedelta(minutes=5)), 1) == 1


@pytest.mark.django_db
def test_the_table_tells_nobodys_address_and_is_emptied():
    tries(THREE, 1)
    assert "anna" not in AttemptCount.objects.get().key
    assert forget_attempts(now=NOW) == 0
    assert forget_attempts(now=NOW + timedelta(minutes=11)) == 1


@pytest.mark.django_db
def test_who_has_shown_to_be_themselves_begins_anew():
    tries(THREE, 5)
    clear_attempts(THREE, "anna@example.org")
    assert tries(THREE, 5) == 3


def test_four_processes_at_once_are_counted_exactly(tmp_path):
    """1200 of 1200 counted, and ten of them let through."""
    script = [sys.executable, "-m", "dorfplatz.members.tests.counting"]
    environment = {
        **{k: v for k, v in os.environ.items() if not k.startswith("DORFPLATZ_")},
        "DORFPLATZ_HOME": str(tmp_path),
    }
    subprocess.run([*script, "table"], env=environment, check=True)
    running = [subprocess.Popen([*script, "300"], env=environment, stdout=subprocess.PIPE) for _ in range(4)]
    allowed = [int(process.communicate(timeout=60)[0]) for process in running]
    database = sqlite3.connect(tmp_path / "dorfplatz.sqlite3")
    assert database.execute("SELECT count FROM members_attemptcount").fetchall() == [(1200,)]
    assert sum(allowed) == LOGIN_PER_ACCOUNT.most == 10


@pytest.mark.parametrize(
    ("remote", "forwarded", "proxies", "address"),
    [
        ("203.0.113.7", "", (), "203.0.113.7"),
        ("203.0.113.7", "198.51.100.1", (), "203.0.113.7"),
        ("10.0.0.1", "198.51.100.1", ("10.0.0.1",), "198.51.100.1"),
        ("10.0.0.1", "1.1.1.1, 198.51.100.1", ("10.0.0.1",), "198.51.100.1"),
        ("10.0.0.1", "1.1.1.1, 198.51.100.1, 10.0.0.2", ("10.0.0.1", "10.0.0.2"), "198.51.100.1"),
        ("10.0.0.1", "", ("10.0.0.1",), "10.0.0.1"),
        ("10.0.0.1", "nonsense", ("10.0.0.1",), "unknown"),
        ("2001:db8:1:2:3:4:5:6", "", (), "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.7", "", (), "203.0.113.7"),
        ("", "", (), "unknown"),
    ],
)
def test_a_forwarding_header_is_believed_from_known_proxies_only(settings, remote, forwarded, proxies, address):
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR=remote, headers={"X-Forwarded-For": forwarded})
    assert client_address(request) == address
