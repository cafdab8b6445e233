"""Writing for others: what it said before, undoing, appearing later, forms sent twice, pictures."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.test import RequestFactory

from dorfplatz.entries.actions import (
    choose_picture,
    create_entries,
    erase_entries,
    erase_removed_entries,
    forget_chosen,
    hang_chosen,
    hide_entry,
    note_sent_form,
    publish_due_entries,
    publish_entries,
    remove_entry,
    restore_version,
    rewrite_entry,
    schedule_entry,
    undo_removal,
)
from dorfplatz.entries.enums import State
from dorfplatz.entries.models import Entry, EntryPicture, EntryVersion
from dorfplatz.entries.once import written_once
from dorfplatz.entries.picture_form import PictureForm
from dorfplatz.entries.queries import own_entries, pictures_of, removed_entry, versions_of
from dorfplatz.entries.tests.test_actions import SYSTEM, draft
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.registry import Registry
from dorfplatz.kernel.verdict import Problem, Refused
from dorfplatz.media.models import Picture
from dorfplatz.media.tests.photos import file_of, flag, ready
from dorfplatz.members.actions.standing import block_identity
from dorfplatz.members.enums import Role
from tests.fixtures.people import actor


@pytest.fixture
def anna(person):
    return person("Anna", home="niel")


@pytest.fixture
def ben(person):
    return actor(person("Ben", roles=[(Role.CONNECTOR, "niel")]))


def written(kranenburg, now, by, **changes):
    return create_entries("organization", drafts=[draft(kranenburg, **changes)], by=by, now=now)[0]


def published(kranenburg, now, by, **changes):
    entry = written(kranenburg, now, by, **changes)
    publish_entries([entry], by=SYSTEM, now=now)
    return Entry.objects.get(pk=entry.pk)


def test_what_it_said_before_is_kept_with_who_wrote_it_and_can_be_said_again(kranenburg, now, anna, ben, person):
    entry, author = published(kranenburg, now, actor(anna)), actor(anna)
    later = now + timedelta(hours=1)
    rewrite_entry(entry, draft=draft(kranenburg, body="Wir singen laut."), by=author, now=later)
    rewrite_entry(entry, draft=draft(kranenburg, body="Wir singen leise."), by=ben, now=later + timedelta(hours=1))
    newest, first = versions_of(entry, author)
    assert (first.body, first.written_by, first.written_at) == ("Wir singen.", anna, now)
    assert (newest.body, newest.written_at, newest.replaced_by_id) == ("Wir singen laut.", later, ben.identity_id)
    assert versions_of(entry, ben)
    assert versions_of(entry, actor(person("Berta", home="niel"))) == versions_of(entry, Actor()) == []
    restore_version(first, by=author, now=later + timedelta(hours=2))
    assert Entry.objects.get(pk=entry.pk).body == "Wir singen."
    assert versions_of(entry, author)[0].body == "Wir singen leise."
    erase_entries([entry.pk], by=SYSTEM, now=now)
    assert not EntryVersion.objects.exists()


def test_drafts_and_what_a_source_says_anew_leave_no_versions(kranenburg, now, anna):
    entry = written(kranenburg, now, actor(anna))
    rewrite_entry(entry, draft=draft(kranenburg, body="Anders."), by=actor(anna), now=now)
    publish_entries([entry], by=SYSTEM, now=now)
    rewrite_entry(entry, draft=draft(kranenburg, body="Neu."), by=SYSTEM, now=now)
    assert not EntryVersion.objects.exists()


@pytest.mark.parametrize("state", [State.DRAFT, State.WAITING, State.PUBLISHED, State.HIDDEN])
def test_an_author_removes_her_own_and_undoes_it_and_it_is_what_it_was(kranenburg, now, anna, state):
    entry, author = published(kranenburg, now, actor(anna)), actor(anna)
    Entry.objects.filter(pk=entry.pk).update(state=state)
    entry.refresh_from_db()
    remove_entry(entry, by=author, now=now)
    assert not Entry.objects.visible_to(author, now=now).exists()
    assert [e.pk for e in own_entries(author, states=[State.REMOVED])] == [entry.pk]
    undo_removal(removed_entry(entry.code, author), by=author, now=now)
    assert Entry.objects.get(pk=entry.pk).state == state


def test_nobody_undoes_what_somebody_else_has_removed_but_those_in_charge(kranenburg, now, anna, ben, person):
    entry, author = published(kranenburg, now, actor(anna)), actor(anna)
    with pytest.raises(Refused):
        remove_entry(entry, by=actor(person("Berta", home="niel")), now=now)
    remove_entry(entry, by=ben, now=now)
    with pytest.raises(Refused):
        undo_removal(removed_entry(entry.code, author), by=author, now=now)
    undo_removal(removed_entry(entry.code, ben), by=ben, now=now)
    remove_entry(Entry.objects.get(pk=entry.pk), by=author, now=now)
    with pytest.raises(Refused):
        undo_removal(removed_entry(entry.code, ben), by=ben, now=now)


def test_after_thirty_days_it_is_too_late(kranenburg, now, anna):
    entry = published(kranenburg, now, actor(anna))
    remove_entry(entry, by=actor(anna), now=now)
    assert erase_removed_entries(by=SYSTEM, now=now + timedelta(days=29)) == 0
    assert erase_removed_entries(by=SYSTEM, now=now + timedelta(days=31)) == 1
    assert removed_entry(entry.code, actor(anna)) is None


def test_a_draft_appears_at_its_moment_exactly_once(kranenburg, now, anna):
    entry, author = written(kranenburg, now, actor(anna)), actor(anna)
    tomorrow = now + timedelta(days=1)
    schedule_entry(entry, at=tomorrow, by=author, now=now)
    assert publish_due_entries(by=SYSTEM, now=tomorrow - timedelta(minutes=1)) == 0
    assert publish_due_entries(by=SYSTEM, now=tomorrow) == 1
    assert publish_due_entries(by=SYSTEM, now=tomorrow) == 0
    entry.refresh_from_db()
    assert (entry.state, entry.published_at, entry.publish_at) == (State.PUBLISHED, tomorrow, None)


def test_what_appears_later_passes_the_gates_as_its_author_would(kranenburg, now, anna, monkeypatch):
    held = Registry("gates")
    held.plug("all", lambda _entry, _by: "please wait")
    monkeypatch.setattr("dorfplatz.entries.actions.write.gates", held)
    entry = written(kranenburg, now, actor(anna))
    schedule_entry(entry, at=now + timedelta(hours=1), by=actor(anna), now=now)
    publish_due_entries(by=SYSTEM, now=now + timedelta(hours=1))
    assert Entry.objects.get(pk=entry.pk).state == State.WAITING


def test_who_may_not_write_any_more_finds_a_draft_again(kranenburg, now, anna):
    entry = written(kranenburg, now, actor(anna))
    schedule_entry(entry, at=now + timedelta(hours=1), by=actor(anna), now=now)
    block_identity(anna, by=SYSTEM, now=now)
    publish_due_entries(by=SYSTEM, now=now + timedelta(hours=1))
    entry.refresh_from_db()
    assert (entry.state, entry.publish_at) == (State.DRAFT, None)


def test_a_moment_that_is_over_and_an_entry_that_stands_cannot_be_scheduled(kranenburg, now, anna, ben):
    entry = written(kranenburg, now, actor(anna))
    with pytest.raises(Problem):
        schedule_entry(entry, at=now, by=actor(anna), now=now)
    with pytest.raises(Refused):
        schedule_entry(entry, at=now + timedelta(hours=1), by=ben, now=now)
    schedule_entry(entry, at=now + timedelta(hours=1), by=actor(anna), now=now)
    hide_entry(entry, by=ben, now=now)
    with pytest.raises(Problem):
        schedule_entry(entry, at=now + timedelta(hours=2), by=actor(anna), now=now)


def test_a_form_sent_twice_writes_once_and_only_its_own_person_gets_it_back(kranenburg, now, anna, ben):
    author = actor(anna)

    def write(by):
        return written_once("a-form-key", lambda: written(kranenburg, now, by), by=by, now=now)

    (first, is_new), (again, is_new_again) = write(author), write(author)
    assert (first.pk, is_new, is_new_again) == (again.pk, True, False)
    assert write(ben)[0].pk != first.pk
    with pytest.raises(IntegrityError):
        note_sent_form(first, form_key="a-form-key", by=author, now=now)


def test_two_at_one_moment_write_one_entry(kranenburg, now, anna):
    author = actor(anna)

    def while_the_other_writes():
        note_sent_form(written(kranenburg, now, author), form_key="k" * 9, by=author, now=now)
        return written(kranenburg, now, author)

    # As if the other had been quicker: the key is taken when ours comes, and ours is undone whole.
    with pytest.raises(IntegrityError):
        written_once("k" * 9, while_the_other_writes, by=author, now=now)
    assert not Entry.objects.exists()


def sent(by, form, now, files=(), **said):
    data = {**said, **{f"new_picture_{n}": file for n, file in enumerate(files, start=1)}}
    return form.take(RequestFactory().post("/", data), now=now)


def upload(file):
    return SimpleUploadedFile("foto.jpg", file.read())


def test_pictures_wait_in_the_form_until_there_is_an_entry_and_none_is_lost_by_a_mistake(kranenburg, now, anna, ben):
    author = actor(anna)
    form = PictureForm(form_key="a-form-key", by=author, language="de")
    good, bad = upload(file_of(flag())), SimpleUploadedFile("x.jpg", b"<svg onload=alert(1)>")
    assert not sent(author, form, now, [good, bad], new_picture_1_alt="Eine Fahne", new_picture_2_alt="Böse")
    assert "JPEG" in form.errors[2][0]
    assert form.rows[1].alt == "Böse"
    again = PictureForm(form_key="a-form-key", by=author, language="de")
    assert [row.picture.alt for row in again.present] == [{"de": "Eine Fahne"}]
    assert not PictureForm(form_key="a-form-key", by=ben, language="de").present, "nobody else's form"
    entry = written(kranenburg, now, author)
    assert hang_chosen(entry, form_key="a-form-key", by=author, now=now) == 1
    assert [row.picture.alt["de"] for row in pictures_of([entry.pk])[entry.pk]] == ["Eine Fahne"]


def test_pictures_are_described_anew_and_taken_away(kranenburg, now, anna):
    author = actor(anna)
    entry = written(kranenburg, now, author)
    for _number in range(2):
        choose_picture(ready(file_of(flag())), form_key="a-form-key", by=author, now=now)
    hang_chosen(entry, form_key="a-form-key", by=author, now=now)
    one, two = entry.pictures.all()
    form = PictureForm(form_key="another-key", by=author, language="nl", entry=entry)
    assert sent(author, form, now, **{f"picture_{one.pk}_alt": "Een vlag", f"picture_{two.pk}_away": "1"})
    assert [row.picture.alt["nl"] for row in entry.pictures.all()] == ["Een vlag"]
    assert Picture.objects.count() == 1


def test_there_is_room_for_twelve_pictures(kranenburg, now, anna):
    author = actor(anna)
    picture = ready(file_of(flag()))
    for number in range(12):
        copy = Picture.objects.create(sha256="x", uploaded_at=now)
        choose_picture(picture if not number else copy, form_key="a-form-key", by=author, now=now)
    form = PictureForm(form_key="a-form-key", by=author, language="de")
    assert form.rows == []
    assert not sent(author, form, now, [upload(file_of(flag()))])
    assert EntryPicture.objects.count() == 12


def test_pictures_of_forms_never_sent_go_after_two_days_and_those_of_an_erased_entry_with_it(kranenburg, now, anna):
    author = actor(anna)
    entry = written(kranenburg, now, author)
    choose_picture(ready(file_of(flag())), form_key="a-form-key", by=author, now=now)
    hang_chosen(entry, form_key="a-form-key", by=author, now=now)
    choose_picture(ready(file_of(flag())), form_key="never-sent", by=author, now=now)
    assert forget_chosen(by=SYSTEM, now=now + timedelta(days=1)) == 0
    assert forget_chosen(by=SYSTEM, now=now + timedelta(days=3)) == 1
    assert Picture.objects.count() == 1
    erase_entries([entry.pk], by=SYSTEM, now=now)
    assert not Picture.objects.exists()
