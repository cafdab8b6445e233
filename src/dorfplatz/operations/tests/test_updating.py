"""An update of the tables: a backup first, all or nothing."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from dorfplatz.operations.tests.installation import environment
from dorfplatz.operations.tests.test_backup import command, done

pytestmark = pytest.mark.xdist_group("square")

# A program whose next change of the tables breaks, after one that worked: a module found before its migrations.
BROKEN = """
import sys
from django.db import migrations

def burst(apps, editor):
    raise RuntimeError("the paint is not dry")

class Works(migrations.Migration):
    dependencies = [("operations", "0001_backups")]
    operations = [migrations.RunSQL("CREATE TABLE half_done (id integer)")]

class Breaks(migrations.Migration):
    dependencies = [("operations", "0900_works")]
    operations = [migrations.RunSQL("CREATE TABLE half_more (id integer)"), migrations.RunPython(burst)]

from django.db.migrations.loader import MigrationLoader

load, works = MigrationLoader.load_disk, "--works" in sys.argv

def with_ours(self):
    load(self)
    self.disk_migrations["operations", "0900_works"] = Works("0900_works", "operations")
    if not works:
        self.disk_migrations["operations", "0901_breaks"] = Breaks("0901_breaks", "operations")

MigrationLoader.load_disk = with_ours
from dorfplatz.config.cli import main

sys.argv = ["dorfplatz", "update"]
main()
"""


@pytest.fixture
def home(tmp_path) -> Path:
    home = tmp_path / "home"
    done(home, "update")
    with sqlite3.connect(home / "dorfplatz.sqlite3") as line:
        line.execute("INSERT INTO jobs_slot (name, begins_at) VALUES ('kept', '2026-01-01 00:00:00')")
    return home


def next_program(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", BROKEN, *words],
        env={**environment(home), "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )


def tables(home: Path) -> set[str]:
    with sqlite3.connect(home / "dorfplatz.sqlite3") as line:
        return {name for (name,) in line.execute("SELECT name FROM sqlite_master")}


def test_a_first_start_has_nothing_to_back_up(tmp_path):
    done(tmp_path / "new", "update")
    assert not (tmp_path / "new/backups").exists()


def shape(home: Path) -> dict[str, list[str]]:
    """The statement behind each table and index, its columns in the order of the alphabet."""
    with sqlite3.connect(home / "dorfplatz.sqlite3") as line:
        made = line.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    return {name: sorted(sql.partition("(")[2].removesuffix(")").split(", ")) for name, sql in made}


def rows(home: Path) -> dict[str, int]:
    with sqlite3.connect(home / "dorfplatz.sqlite3") as line:
        names = [name for (name,) in line.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: line.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}  # noqa: S608  our tables


def test_a_first_start_makes_the_tables_that_all_migrations_lead_to(tmp_path):
    at_once, by_steps = tmp_path / "at_once", tmp_path / "by_steps"
    done(at_once, "update")
    done(by_steps, "migrate", "--verbosity", "0")
    assert len(shape(at_once)) > 100
    assert shape(at_once) == shape(by_steps)
    held = {name: count for name, count in rows(at_once).items() if name != "sqlite_sequence"}
    assert held == {name: count for name, count in rows(by_steps).items() if name != "sqlite_sequence"}
    assert held["django_migrations"] > 100
    done(at_once, "migrate", "--check")


def test_an_update_is_preceded_by_a_backup_that_can_be_restored(home, tmp_path):
    ended = next_program(home, "--works")
    assert ended.returncode == 0, ended.stderr
    assert "half_done" in tables(home)
    [archive] = (home / "backups").iterdir()
    assert archive.name.startswith("before-update-")
    done(tmp_path / "old", "restore", archive)
    with sqlite3.connect(tmp_path / "old/dorfplatz.sqlite3") as line:
        assert line.execute("SELECT name FROM jobs_slot").fetchall() == [("kept",)]
    assert "half_done" not in tables(tmp_path / "old")


def test_an_update_that_breaks_leaves_the_tables_as_they_were(home):
    before = tables(home)
    ended = next_program(home)
    assert ended.returncode == 1
    assert "the paint is not dry" in ended.stderr
    assert "previous version" in ended.stderr
    assert tables(home) == before
    done(home, "backup", home / "still.tar")


def test_without_its_backup_an_update_is_not_made(home):
    (home / "backups").write_text("a file where the folder should be")
    before = tables(home)
    ended = next_program(home, "--works")
    assert ended.returncode == 1
    assert "nothing was changed" in ended.stderr
    assert tables(home) == before


def test_only_the_last_five_are_kept(home):
    (home / "backups").mkdir()
    for day in range(1, 9):
        (home / f"backups/before-update-2026010{day}-000000.tar").write_bytes(b"")
    assert next_program(home, "--works").returncode == 0
    assert len(list((home / "backups").iterdir())) == 5


def test_tables_of_a_newer_program_are_not_touched(home, tmp_path):
    with sqlite3.connect(home / "dorfplatz.sqlite3") as line:
        line.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('places', '0999_later', '2026-01-01')")
    ended = command(home, "backup", tmp_path / "b.tar")
    assert ended.returncode == 2
    assert "newer" in ended.stderr
