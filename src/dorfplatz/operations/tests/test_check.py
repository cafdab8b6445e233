import os
from collections import namedtuple
from pathlib import Path

import pytest
from django.core import checks
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from dorfplatz.jobs.enums import JobState
from dorfplatz.jobs.models import Job, Worker
from dorfplatz.jobs.queue import enqueue
from dorfplatz.operations import examination
from dorfplatz.operations.examination import examine
from dorfplatz.operations.terminal import terminal_language

NOW = timezone.now()
MEMORY = Path("/dev/shm")  # noqa: S108  a disk of its own


@pytest.fixture
def worker(db):
    # The command looks at the clock itself, long after this module was read.
    return Worker.objects.create(started_at=NOW, beat_at=timezone.now())


def faults(now=NOW) -> dict[str, str]:
    return {finding.subject: finding.says for finding in examine(now) if not finding.well}


def test_a_well_installation_has_no_faults(worker):
    assert faults() == {}
    assert {finding.subject for finding in examine(NOW)} == {
        *(
            "configuration",
            "encryption",
            "storage",
            "database",
            "tables",
            "worker",
            "work",
            "mail",
            "translation",
            "backup",
        ),
    }


def test_the_command_says_all_in_sentences(worker, capsys, monkeypatch):
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    call_command("check")
    output = capsys.readouterr().out
    assert "✓ Die Datenbank antwortet." in output
    assert "✗" not in output


def test_a_fault_is_an_exit_code(db, capsys):
    with pytest.raises(SystemExit) as ended:
        call_command("check")
    assert ended.value.code == 1
    assert "✗" in capsys.readouterr().out


def test_a_public_host_without_encryption_is_a_fault(worker, settings):
    settings.INSTALLATION_HOSTS = ("localhost", "dorf.example")
    assert "dorf.example" in faults()["encryption"]


def test_a_key_that_others_can_read_is_a_fault(worker, settings, tmp_path):
    settings.HOME = tmp_path
    key = tmp_path / "secret-key"
    key.write_text("x")
    key.chmod(0o600)
    assert faults() == {}
    key.chmod(0o640)
    assert "secret-key" in faults()["storage"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_home_that_cannot_be_written_is_a_fault(worker, settings, tmp_path):
    settings.HOME = tmp_path
    tmp_path.chmod(0o500)
    assert str(tmp_path) in faults()["storage"]


def test_a_disk_almost_full_is_a_fault(worker, monkeypatch):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(examination.shutil, "disk_usage", lambda _: usage(10**12, 91 * 10**10, 9 * 10**10))
    assert "storage" in faults()


@pytest.mark.skipif(not MEMORY.is_dir(), reason="no disk in memory here")
def test_the_backups_own_disk_is_looked_at_too(worker, settings, monkeypatch, tmp_path):
    settings.HOME, settings.BACKUPS = tmp_path, MEMORY
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(
        examination.shutil, "disk_usage", lambda folder: usage(100, 5, 95) if folder == tmp_path else usage(100, 95, 5)
    )
    assert str(MEMORY) in faults()["storage"]


def test_a_database_that_can_only_be_read_is_a_fault(worker):
    if connection.vendor != "sqlite":
        pytest.skip("SQLite can be told so for a while")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only=ON")
        try:
            assert "nicht beschreiben" in faults()["database"]
        finally:
            cursor.execute("PRAGMA query_only=OFF")


def test_work_that_waits_or_failed_too_often_is_a_fault(worker):
    job = enqueue("dorfplatz.mail.tasks.erase_old_mails")
    Worker.objects.update(beat_at=NOW + timezone.timedelta(minutes=20))
    assert "20" in faults(job.run_after + timezone.timedelta(minutes=20, seconds=5))["work"]
    Job.objects.update(state=JobState.PARKED)
    assert "1" in faults()["work"]


def test_a_fault_of_the_configuration_is_said(worker):
    def always(**_):
        return [checks.Warning("The moon is missing.", hint="Look up.")]

    checks.register(always)
    try:
        assert faults()["configuration"] == "The moon is missing. Look up."
    finally:
        checks.registry.registry.registered_checks.discard(always)


@pytest.mark.parametrize(
    ("locale", "language"), [("nl_NL.UTF-8", "nl"), ("de_AT", "de"), ("C.UTF-8", "en"), ("", "en"), ("fr_FR", "en")]
)
def test_the_terminal_is_answered_in_its_language(locale, language):
    assert terminal_language(locale) == language


def test_a_mailbox_for_answers_that_cannot_be_opened_is_told(worker, settings, monkeypatch):
    settings.REPLY_ADDRESS = "antwort@example.org"
    assert faults() == {}, "a mail server may bring answers by itself"
    settings.IMAP_URL = "imap://antwort:geheim@mail.example.org/"  # without encryption: not even called
    assert "lässt sich nicht öffnen" in faults()["mail"]
    monkeypatch.setattr(examination, "look_in", lambda _url: None)
    assert faults() == {}
