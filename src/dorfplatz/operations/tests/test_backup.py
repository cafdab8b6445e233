"""A real square with its demonstration, backed up and restored by the commands."""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dorfplatz.operations.tests.installation import COMMAND, environment
from tests.postgres.server import running_server, why_not

pytestmark = [pytest.mark.xdist_group("square"), pytest.mark.timeout(240)]


def command(home: Path, *words: str | Path, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [COMMAND, *words],
        env={**environment(home, **settings), "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )


def done(home: Path, *words: str | Path, **settings: str) -> str:
    ended = command(home, *words, **settings)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout


def listed(archive: Path) -> dict[str, object]:
    """Which rows and which files it carries, without what differs between two backups of the same."""
    with tarfile.open(archive) as tar:
        said = json.load(tar.extractfile("manifest.json"))
    files = {name: part for name, part in said["parts"].items() if name.startswith("files/")}
    return {"rows": {name: table[:2] for name, table in said["tables"].items()}, "files": files}


def below(folder: Path) -> dict[str, str]:
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def refused(ended: subprocess.CompletedProcess[str]) -> str:
    assert ended.returncode == 2, ended.stdout + ended.stderr
    assert "Traceback" not in ended.stderr
    assert len(ended.stderr.strip().splitlines()) == 1
    return ended.stderr


@pytest.fixture(scope="session")
def square(tmp_path_factory) -> Path:
    """A home with the demonstration; its pictures still wait for their copies, one has a copy."""
    home = tmp_path_factory.mktemp("kept")
    done(home, "demo", "--quiet")
    copy = home / "media/pictures/ab/abcdefghijklmnopqrstuv-640.webp"
    copy.parent.mkdir(parents=True)
    copy.write_bytes(os.urandom(3000))
    return home


@pytest.fixture(scope="session")
def archive(square, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("archive") / "square.tar"
    done(square, "backup", path, "--quiet")
    return path


def test_a_restored_home_is_equal_row_by_row_and_byte_by_byte(square, archive, tmp_path):
    home = tmp_path / "new"
    assert "Restored and compared" in done(home, "restore", archive)
    for folder in ("media", "quarantine"):
        assert below(home / folder) == below(square / folder) != {}
    assert (home / "secret-key").read_text() == (square / "secret-key").read_text()
    done(home, "backup", tmp_path / "again.tar")
    assert listed(tmp_path / "again.tar") == listed(archive)
    assert not list(home.glob(".*"))


def test_the_archive_is_for_its_owner_only_and_leaves_nothing_beside_it(archive):
    assert archive.stat().st_mode & 0o077 == 0
    assert list(archive.parent.iterdir()) == [archive]


def test_new_rows_do_not_take_numbers_of_removed_ones(square, tmp_path):
    def last(home: Path) -> int:
        with sqlite3.connect(home / "dorfplatz.sqlite3") as line:
            return line.execute("SELECT seq FROM sqlite_sequence WHERE name = 'entries_entryarea'").fetchone()[0]

    with sqlite3.connect(square / "dorfplatz.sqlite3") as line:
        line.execute("UPDATE sqlite_sequence SET seq = 5000 WHERE name = 'entries_entryarea'")
    done(square, "backup", tmp_path / "b.tar")
    done(tmp_path / "new", "restore", tmp_path / "b.tar")
    assert last(tmp_path / "new") == 5000


def test_nothing_is_restored_over_a_square_that_is_there(square, archive):
    before = below(square)
    assert "empty" in refused(command(square, "restore", archive))
    after = below(square)
    after.pop("start.lock")
    before.pop("start.lock", None)
    assert after == before


def test_a_damaged_backup_leaves_the_home_as_it_was_and_a_whole_one_still_fits(archive, tmp_path):
    home = tmp_path / "new"
    cut = tmp_path / "cut.tar"
    cut.write_bytes(archive.read_bytes()[: archive.stat().st_size // 2])
    assert "damaged" in refused(command(home, "restore", cut))
    assert not (home / "media").exists()
    assert not list(home.glob(".restoring"))
    assert "not a backup" in refused(command(home, "restore", COMMAND))
    assert "cannot be read" in refused(command(home, "restore", tmp_path / "missing.tar"))
    done(home, "restore", archive)


def test_a_row_that_contradicts_another_is_refused_and_nothing_stays(archive, tmp_path):
    """Right in all its digests, wrong in itself: somebody has rewritten it."""
    from dorfplatz.operations.backup import archive as form  # noqa: PLC0415  only here

    forged = tmp_path / "forged.tar"
    stage = tmp_path / "stage"
    stage.mkdir()
    with archive.open("rb") as file:
        contents = form.unpack(file, stage)
    with forged.open("wb") as file:
        writer = form.Writer(file, contents.opening)
        for name in contents.parts:
            if name != form.FIRST:
                part = "tables/villages_area.jsonl.gz" if name == "tables/members_login.jsonl.gz" else name
                writer.add(name, (stage / part).open("rb"))
        writer.contents.tables = contents.tables
        writer.close()
    home = tmp_path / "new"
    assert "damaged" in refused(command(home, "restore", forged))
    assert not (home / "media").exists()
    done(home, "restore", archive)


def test_a_restore_that_was_killed_among_the_files_does_not_stand_in_the_way(archive, tmp_path):
    home = tmp_path / "new"
    (home / "media/pictures/ab").mkdir(parents=True)
    (home / "media/pictures/ab/abcdefghijklmnopqrstuv-640.webp").write_bytes(b"half")
    assert "empty" in refused(command(home, "restore", archive))
    (home / ".restoring").mkdir()
    (home / ".restoring/placing").touch()
    done(home, "restore", archive)


def test_through_a_pipe_it_is_the_same(square, archive, tmp_path):
    piped = f"'{COMMAND}' backup - | DORFPLATZ_HOME='{tmp_path}/new' '{COMMAND}' restore - --quiet"
    done_ = subprocess.run(piped, shell=True, env=environment(square), capture_output=True, text=True, check=False)  # noqa: S602  our own words
    assert done_.returncode == 0, done_.stderr
    assert below(tmp_path / "new/media") == below(square / "media")


def test_what_was_erased_after_the_backup_does_not_come_back(archive, square, tmp_path):
    with sqlite3.connect(square / "dorfplatz.sqlite3") as line:
        pictures = [pk for (pk,) in line.execute("SELECT id FROM media_picture ORDER BY id LIMIT 2")]
        entry = line.execute("SELECT id FROM entries_entry WHERE state = 'published' LIMIT 1").fetchone()[0]
    (tmp_path / "kept").mkdir()
    copy = tmp_path / "kept" / archive.name
    copy.write_bytes(archive.read_bytes())

    def stone(number: int, at: datetime, verb: str, thing: str) -> str:
        said = {"seal": f"{number:064d}", "at": at.isoformat(), "verb": verb, "thing": thing, "details": {}}
        return json.dumps(said) + "\n"

    now = datetime.now(UTC)
    (copy.parent / "erased.jsonl").write_text(
        stone(1, now - timedelta(days=2), "erase_picture", f"picture:{pictures[0]}")  # before the backup
        + stone(2, now, "erase_picture", f"picture:{pictures[1]}")
        + stone(3, now, "entry.removed", f"entry:{entry}")
    )
    home = tmp_path / "new"
    assert "2 erasures that came after the backup were done again." in done(home, "restore", copy)
    with sqlite3.connect(home / "dorfplatz.sqlite3") as line:
        left = {pk for (pk,) in line.execute("SELECT id FROM media_picture")}
        assert line.execute("SELECT state FROM entries_entry WHERE id = ?", [entry]).fetchone() == ("removed",)
    assert pictures[0] in left
    assert pictures[1] not in left
    assert len((home / "backups" / "erased.jsonl").read_text().splitlines()) == 2
    assert not (home / "erase-again.jsonl").exists()


def test_a_list_of_erasures_that_cannot_be_read_stops_the_restore(archive, tmp_path):
    (tmp_path / "list").write_text("half a l")
    assert "list of what was erased" in refused(
        command(tmp_path / "new", "restore", archive, "--erased", tmp_path / "list")
    )
    refused(command(tmp_path / "new", "restore", archive, "--erased", tmp_path / "none"))


@pytest.mark.skipif(shutil.which("gpg") is None, reason="gpg is not installed")
def test_encrypted_on_its_way_it_is_nothing_to_read_and_comes_back_equal(square, archive, tmp_path):
    tmp_path.chmod(0o700)
    lock = ["gpg", "--homedir", tmp_path, "--batch", "--quiet", "--pinentry-mode", "loopback", "--passphrase", "poplar"]
    packed, new = tmp_path / "square.tar.gpg", environment(tmp_path / "new")
    with subprocess.Popen([COMMAND, "backup", "-"], env=environment(square), stdout=subprocess.PIPE) as made:
        subprocess.run([*lock, "--symmetric", "--output", packed], stdin=made.stdout, check=True)
    assert b"dorfplatz" not in packed.read_bytes()
    with subprocess.Popen([*lock, "--decrypt", packed], stdout=subprocess.PIPE) as opened:
        ended = subprocess.run([COMMAND, "restore", "-"], env=new, stdin=opened.stdout, check=False)
    subprocess.run(["gpgconf", "--homedir", tmp_path, "--kill", "all"], check=False)
    assert ended.returncode == 0
    done(tmp_path / "new", "backup", tmp_path / "again.tar")
    assert listed(tmp_path / "again.tar")["files"] == listed(archive)["files"]


def test_another_file_is_not_written_over_but_an_older_backup_is(square, tmp_path):
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear neighbour")
    assert "letter.txt" in refused(command(square, "backup", letter))
    assert letter.read_text() == "Dear neighbour"
    done(square, "backup", tmp_path / "b.tar")
    done(square, "backup", tmp_path / "b.tar")
    assert "cannot be written" in refused(command(square, "backup", tmp_path / "no/such/folder.tar"))


def test_an_empty_home_has_nothing_to_back_up(tmp_path):
    refused(command(tmp_path / "new", "backup", tmp_path / "b.tar"))
    assert not (tmp_path / "b.tar").exists()


@pytest.mark.postgres
@pytest.mark.skipif(bool(why_not()), reason=why_not() or "-")
def test_from_sqlite_to_postgresql_and_back_every_row_is_equal(archive, tmp_path):
    with running_server() as url:
        done(tmp_path / "big", "restore", archive, DORFPLATZ_DATABASE_URL=url)
        done(tmp_path / "big", "backup", tmp_path / "big.tar", DORFPLATZ_DATABASE_URL=url)
        assert "empty" in refused(command(tmp_path / "more", "restore", archive, DORFPLATZ_DATABASE_URL=url))
    done(tmp_path / "small", "restore", tmp_path / "big.tar")
    done(tmp_path / "small", "backup", tmp_path / "small.tar")
    assert listed(tmp_path / "big.tar") == listed(tmp_path / "small.tar") == listed(archive)
