"""Backups that nobody asks for, their trial, and what is said about them."""

import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from dorfplatz.jobs.models import Worker
from dorfplatz.jobs.sockets import periodic
from dorfplatz.kernel.verdict import Problem
from dorfplatz.operations.actions import note_backup, note_verified, try_newest_backup
from dorfplatz.operations.backup.keeping import forget_old
from dorfplatz.operations.enums import BackupKind
from dorfplatz.operations.examination import examine
from dorfplatz.operations.models import Backup
from dorfplatz.operations.tests.installation import environment
from dorfplatz.operations.tests.test_backup import done

NOW = timezone.now()
NIGHT = """
from django.core.management import execute_from_command_line
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "dorfplatz.config.settings"
import django; django.setup()
from django.utils import timezone
from dorfplatz.operations.actions import make_nightly_backup, try_newest_backup
from dorfplatz.operations.models import Backup
make_nightly_backup(now=timezone.now())
try_newest_backup(now=timezone.now())
found = Backup.objects.get()
assert found.verified_at and found.rows and found.size, found
from pathlib import Path
whole = Path(found.file).read_bytes()
Path(found.file).write_bytes(whole[: len(whole) // 2])
try:
    try_newest_backup(now=timezone.now())
except ValueError as problem:
    print(problem)
"""


def backup_findings(now) -> list[tuple[bool, str]]:
    return [(finding.well, finding.says) for finding in examine(now) if finding.subject == "backup"]


@pytest.fixture
def square_since(db):
    """Sets since when the square stands."""
    # The moment of this test, not of the file: a worker that has not been heard of for minutes counts as gone.
    Worker.objects.create(started_at=timezone.now(), beat_at=timezone.now())

    def since(age: timedelta) -> None:
        MigrationRecorder.Migration.objects.update(applied=NOW - age)

    return since


def note(age: timedelta) -> Backup:
    return note_backup(BackupKind.NIGHTLY, file="/nowhere/b.tar", size=5, rows=5, now=NOW - age)


def test_a_new_square_has_until_tomorrow(square_since):
    square_since(timedelta(hours=25))
    assert [well for well, _ in backup_findings(NOW)] == [True]
    square_since(timedelta(hours=27))
    assert [well for well, _ in backup_findings(NOW)] == [False]


def test_a_backup_of_the_day_before_yesterday_is_a_fault(square_since):
    square_since(timedelta(days=5))
    note(timedelta(hours=25))
    assert all(well for well, _ in backup_findings(NOW))
    Backup.objects.update(made_at=NOW - timedelta(hours=27))
    assert [well for well, _ in backup_findings(NOW)] == [False, True]


def test_a_week_without_a_trial_is_a_fault(square_since):
    square_since(timedelta(days=30))
    made = note(timedelta(hours=1))
    assert [well for well, _ in backup_findings(NOW)] == [True, False]
    note_verified(made, now=NOW - timedelta(days=7))
    assert [well for well, _ in backup_findings(NOW)] == [True, True]
    note_verified(made, now=NOW - timedelta(days=9))
    assert [well for well, _ in backup_findings(NOW)] == [True, False]


def test_a_trial_without_a_backup_says_so(db, settings):
    with pytest.raises(Problem):
        try_newest_backup(now=NOW)
    settings.NIGHTLY_BACKUPS = False
    try_newest_backup(now=NOW)


def test_both_recur(db):
    assert {"operations.backup", "operations.trial"} <= dict(periodic.items()).keys()
    sunday = timezone.now().replace(year=2026, month=5, day=10, hour=4, minute=0)
    assert dict(periodic.items())["operations.trial"].slot_at(sunday).strftime("%a %H") == "Sun 03"


def test_only_the_newest_are_kept_and_none_too_long(tmp_path):
    for number in range(9):
        path = tmp_path / f"nightly-2026050{number}-013000.tar"
        path.touch()
        age = timedelta(days=40 if number == 8 else 1)
        os.utime(path, ((NOW - age).timestamp(),) * 2)
    (tmp_path / "mine.tar").touch()
    forget_old(tmp_path, "nightly", 7)
    left = sorted(path.name for path in tmp_path.iterdir())
    assert left == ["mine.tar", *(f"nightly-2026050{n}-013000.tar" for n in range(2, 8))]


@pytest.mark.xdist_group("square")
def test_a_night_on_a_real_square_and_a_backup_that_went_bad(tmp_path):
    home = tmp_path / "home"
    done(home, "update")
    ended = subprocess.run(
        [sys.executable, "-c", NIGHT],
        env=environment(home), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    assert "nightly-" in ended.stdout
    assert not list(home.glob(".trial-*"))


def test_an_admin_sees_lights_and_what_is_not_well_comes_first(square_since, admin_square):
    square_since(timedelta(days=5))
    page = admin_square.page("einstellungen/betrieb/")
    assert "Es gibt noch keine Sicherung." in page
    assert page.index("Es gibt noch keine Sicherung.") < page.index("Die Datenbank antwortet.")
    assert "braucht einen Blick" in page
    note(timedelta(hours=1))
    note_verified(Backup.objects.get(), now=NOW)
    assert "Alles ist gut" in admin_square.page("einstellungen/betrieb/")
    assert "Wie es dem Dorfplatz geht" in admin_square.page("einstellungen/")


def test_nobody_else_sees_them(square):
    assert "Sicherung" not in square.page("einstellungen/betrieb/")  # but the door
