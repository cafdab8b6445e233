"""That there is a letter, or a comment, reaches whom it concerns, as she likes; what it says does not."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dorfplatz.channels.models import Note, Preferences
from dorfplatz.comments.actions import write_comment
from dorfplatz.jobs.worker import run_due
from dorfplatz.letters.actions import answer_letter, read_thread, throw_away_thread, write_letter, write_to_desk
from dorfplatz.mail.models import Mail
from dorfplatz.members.actions import block_member
from dorfplatz.places.actions import name_keeper
from dorfplatz.places.tests.factories import place
from dorfplatz.square.tests.factories import post
from tests.fixtures.kranenburg import INSTALLER, NOW

CANARY = "Kanarienvogel in der Dachrinne"
pytestmark = pytest.mark.usefixtures("at_eleven")


def written(cast, key="k1", now=NOW):
    return write_letter(cast.anna, text=CANARY, form_key=key, by=cast.actor("ben"), now=now)


def new_for(cast, name) -> str:
    return cast.at_the_square(name).page("neues-fuer-mich/")


def test_one_note_for_all_letters_of_a_thread_until_she_has_looked(cast):
    thread = written(cast).thread
    written(cast, "k2")
    note = Note.objects.get(identity=cast.anna)
    shown = new_for(cast, "anna")
    assert "Ein Brief für Sie ist da" in shown
    assert CANARY not in shown
    there = cast.at_the_square("anna").get(f"/de/neues-fuer-mich/{note.pk}/")["Location"]
    assert there.endswith(f"/briefe/{thread.code}/")
    read_thread(thread, by=cast.actor("anna"), now=NOW + timedelta(minutes=1))
    written(cast, "k3", NOW + timedelta(minutes=2))
    assert Note.objects.filter(identity=cast.anna).count() == 2
    cast.at_the_square("anna").get(f"/de/briefe/{thread.code}/")
    assert not Note.objects.filter(identity=cast.anna, read_at=None).exists(), (
        "looking at the letters is looking at the note"
    )


@pytest.mark.parametrize(("way", "mails"), [("at_once", 1), ("letter", 0), ("list", 0), ("none", 0)])
def test_a_mail_comes_as_she_has_chosen(cast, way, mails):
    Preferences.objects.create(identity=cast.anna, ways={"letter": way}, changed_at=NOW)
    written(cast)
    run_due()
    assert Mail.objects.filter(to="anna@example.org").count() == mails
    assert Note.objects.filter(identity=cast.anna).exists() == (way != "none")


def test_all_who_keep_an_organisation_are_told_and_its_answer_names_none_of_them(cast, kranenburg, person):
    choir = place(kranenburg.village("niel"), title="Chor")
    for keeper in (cast.anna, person("Klara", home="niel")):
        name_keeper(choir, identity=keeper, by=INSTALLER, now=NOW)
    letter = write_to_desk("place", desk_id=choir.pk, text=CANARY, form_key="k", by=cast.actor("ben"), now=NOW)
    assert Note.objects.filter(sort="letter").count() == 2
    answer_letter(letter.thread, text="Gern.", form_key="a", by=cast.actor("anna"), now=NOW)
    assert Note.objects.get(identity=cast.ben).told_by is None


def test_a_note_of_a_thread_that_is_gone_leads_to_the_list(cast):
    thread = written(cast).thread
    for name in ("anna", "ben"):
        throw_away_thread(thread, by=cast.actor(name), now=NOW)
    thread.delete()
    note = Note.objects.get(identity=cast.anna)
    assert cast.at_the_square("anna").get(f"/de/neues-fuer-mich/{note.pk}/")["Location"].endswith("/briefe/")


def test_after_a_block_the_note_is_gone_too(cast):
    written(cast)
    block_member(cast.ben, by=cast.actor("anna"), now=NOW)
    assert "Ein Brief" not in new_for(cast, "anna")


def commented(entry, cast, who, key="k", parent=None):
    key = f"{who}-{key}" * 3
    by = cast.actor(who)
    return write_comment(entry, text="Schön!", form_key=key, parent=parent, by=by, now=NOW)


def test_the_author_hears_of_comments_and_whoever_is_answered_of_answers(cast, kranenburg):
    entry = post(kranenburg.village("niel"), by=cast.actor("anna"), title="Neue Bank").entry
    first = commented(entry, cast, "ben")
    note = Note.objects.get()
    assert (note.identity, note.sort, note.told_by) == (cast.anna, "comment", cast.ben)
    there = cast.at_the_square("anna").get(f"/de/neues-fuer-mich/{note.pk}/")["Location"]
    assert there.endswith(f"#comment-{first.pk}")
    commented(entry, cast, "anna", parent=first)
    assert Note.objects.get(identity=cast.ben).sort == "reply"
    assert Note.objects.count() == 2, "nobody is told of her own words"


def test_many_comments_are_one_note_until_she_has_looked(cast, kranenburg):
    entry = post(kranenburg.village("niel"), by=cast.actor("anna"), title="Neue Bank").entry
    for number in range(3):
        commented(entry, cast, "ben", key=f"{number}")
    assert Note.objects.get().about == {"comment": entry.comments.first().pk}
    Note.objects.update(read_at=NOW)
    commented(entry, cast, "ben", key="later")
    assert Note.objects.count() == 2
