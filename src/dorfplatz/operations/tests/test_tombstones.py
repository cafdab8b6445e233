"""What was erased for good is listed beside the backups, and erased again after an older one was restored."""

import json
import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from dorfplatz.entries.actions import remove_entry
from dorfplatz.entries.enums import State
from dorfplatz.entries.models import Entry
from dorfplatz.jobs.worker import run_due
from dorfplatz.journal.sockets import erasures
from dorfplatz.kernel.actor import system
from dorfplatz.kernel.verdict import Problem
from dorfplatz.mail.actions import erase_mails_to, post_mail
from dorfplatz.mail.models import Mail
from dorfplatz.media.actions import erase_picture
from dorfplatz.media.models import Picture
from dorfplatz.operations.actions import erase_again, make_nightly_backup, note_erasures
from dorfplatz.operations.backup.tombstones import LIST, LISTED_FOR, PENDING, merged, read_list, write_list
from dorfplatz.places.tests.factories import place

DRILL = system("test")


@pytest.fixture
def homes(settings, tmp_path, db):
    """Home and folder of backups of this test alone."""
    settings.HOME, settings.BACKUPS = tmp_path, tmp_path / "backups"
    return tmp_path


def picture() -> Picture:
    return Picture.objects.create(sha256="", uploaded_at=timezone.now())


def listed(home: Path) -> list[dict]:
    return [json.loads(line) for line in (home / "backups" / LIST).read_text().splitlines()]


def test_what_is_erased_for_good_is_on_the_list_soon_and_tells_nothing_about_anybody(homes, kranenburg):
    post_mail(
        key="k", to="heinz@example.org", template="mail/probe", context={"name": "Heinz"}, language="de",
        now=timezone.now(),
    )  # fmt: skip
    entry = place(kranenburg.village("niel"), title="Heinz schneidet Hecken").entry
    shown = picture()
    erase_mails_to("heinz@example.org", by=DRILL, now=timezone.now())
    remove_entry(entry, by=DRILL, now=timezone.now())
    erase_picture(shown, by=DRILL, now=timezone.now())
    run_due(timezone.now() + timedelta(seconds=1))
    assert [line["verb"] for line in listed(homes)] == ["erase_mails", "entry.removed", "erase_picture"]
    text = (homes / "backups" / LIST).read_text()
    assert "heinz" not in text.lower()
    assert (homes / "backups" / LIST).stat().st_mode & 0o077 == 0


def test_erasing_again_finds_what_a_restored_backup_brought_back(homes, kranenburg):
    entry = place(kranenburg.village("niel")).entry
    shown, kept = picture(), picture()
    token, number = shown.token, shown.pk
    remove_entry(entry, by=DRILL, now=timezone.now())
    erase_picture(shown, by=DRILL, now=timezone.now())
    note_erasures(now=timezone.now())
    # The backup was from before that.
    Entry.objects.update(state=State.PUBLISHED)
    Picture.objects.create(pk=number, token=token, sha256="", uploaded_at=timezone.now())
    write_list(homes / PENDING, read_list(homes / "backups" / LIST))
    assert erase_again() == 2
    assert Entry.objects.get().state == State.REMOVED
    assert list(Picture.objects.all()) == [kept]
    assert not (homes / PENDING).exists()
    assert erase_again() == 0


def test_a_mail_comes_back_without_address_and_words_and_is_not_sent(homes):
    post_mail(
        key="k", to="heinz@example.org", template="mail/probe", context={"name": "Heinz"}, language="de",
        now=timezone.now(),
    )  # fmt: skip
    (before,) = Mail.objects.values()
    erase_mails_to("heinz@example.org", by=DRILL, now=timezone.now())
    note_erasures(now=timezone.now())
    Mail.objects.update(**{key: value for key, value in before.items() if key != "id"})
    write_list(homes / PENDING, read_list(homes / "backups" / LIST))
    erase_again()
    mail = Mail.objects.get()
    assert (mail.to, mail.text, mail.state) == ("", "", "refused")


def test_what_cannot_be_erased_stays_on_the_list_until_it_can(homes):
    shown = picture()
    erase_picture(shown, by=DRILL, now=timezone.now())
    note_erasures(now=timezone.now())
    stone = read_list(homes / "backups" / LIST)[0]
    broken = type(stone)(stone.seal, stone.at, stone.verb, "picture:none", {})
    write_list(homes / PENDING, [broken])
    with pytest.raises(ValueError, match="none"):
        erase_again()
    assert (homes / PENDING).exists()


def test_the_list_keeps_what_the_journal_has_lost_and_forgets_what_no_archive_can_have(homes):
    now = timezone.now()
    erase_picture(picture(), by=DRILL, now=now)
    note_erasures(now=now)
    stone = read_list(homes / "backups" / LIST)[0]
    of_lost_days = type(stone)("f" * 64, (now - timedelta(days=3)).isoformat(), "erase_picture", "picture:9", {})
    old = type(stone)("e" * 64, (now - LISTED_FOR - timedelta(days=1)).isoformat(), "erase_picture", "picture:8", {})
    write_list(homes / "backups" / LIST, [old, of_lost_days])
    note_erasures(now=now)
    assert [line["seal"] for line in listed(homes)] == ["f" * 64, stone.seal]


def test_also_an_archive_from_before_an_update_is_gone_after_35_days_whether_or_not_others_are_made(homes, settings):
    settings.NIGHTLY_BACKUPS = False
    folder = homes / "backups"
    folder.mkdir()
    for days, kind in [(36, "before-update"), (34, "before-update"), (36, "nightly")]:
        path = folder / f"{kind}-{days}.tar"
        path.touch()
        os.utime(path, ((timezone.now() - timedelta(days=days)).timestamp(),) * 2)
    make_nightly_backup(now=timezone.now())
    assert sorted(path.name for path in folder.glob("*.tar")) == ["before-update-34.tar"]


def test_the_same_erasure_on_two_lists_counts_once(homes):
    erase_picture(picture(), by=DRILL, now=timezone.now())
    note_erasures(now=timezone.now())
    stones = read_list(homes / "backups" / LIST)
    assert merged(stones, stones, since=stones[0].moment) == stones
    assert merged(stones, since=stones[0].moment + timedelta(seconds=1)) == []


@pytest.mark.parametrize(
    "text", ["{", "[]", '{"seal": "a"}', '{"seal":"a","at":"x","verb":"v","thing":"t","details":{}}']
)
def test_a_list_that_is_none_is_not_taken_for_an_empty_one(tmp_path, text):
    (tmp_path / LIST).write_text(text)
    with pytest.raises(Problem):
        read_list(tmp_path / LIST)


def test_every_app_that_erases_for_good_has_plugged_in():
    assert {"erase_picture", "entry.removed", "page.removed", "erase_mails"} <= dict(erasures.items()).keys()
