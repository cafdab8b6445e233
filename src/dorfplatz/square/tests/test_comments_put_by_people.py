"""What is said below a post, put into the other language by a neighbour who knows both."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dorfplatz.comments.actions import change_comment, hide_comment, improve_comment, remove_comment, write_comment
from dorfplatz.comments.models import Comment, CommentText
from dorfplatz.comments.translating import hash_of_comment
from dorfplatz.entries.actions import erase_entries
from dorfplatz.jobs import worker
from dorfplatz.kernel.verdict import Refused
from dorfplatz.members.actions import block_member, erase_identity
from dorfplatz.square.tests.factories import post
from dorfplatz.translation.tests.shouting import shouting_engine
from tests.fixtures.kranenburg import INSTALLER, Square
from tests.fixtures.people import actor, square_of

DUTCH = "Wij komen graag met de hele familie naar Zyfflich!"
GERMAN = "Wir kommen gern mit der ganzen Familie nach Zyfflich!"
LINK = "Übersetzung verbessern"


@pytest.fixture
def engine(monkeypatch):
    return shouting_engine(monkeypatch)


@pytest.fixture
def berta(person):
    return person("Berta", home="zyfflich")


@pytest.fixture
def clara(person):
    return person("Clara Beidsprach", email="clara@example.org", home="niel")


@pytest.fixture
def entry(kranenburg, person, at_eleven):
    anna = actor(person("Anna", home="niel"))
    return post(kranenburg.village("niel"), by=anna, title="Sommerfest", body="Am Samstag feiern wir.").entry


@pytest.fixture
def comment(entry, berta):
    return said(entry, berta)


def said(entry, who, text=DUTCH):
    key = f"key-{Comment.objects.count():06}"
    return write_comment(entry, text=text, form_key=key, language="nl", by=actor(who), now=timezone.now())


def put(comment, who, text=GERMAN):
    said = {"text": text, "of": hash_of_comment(comment)}
    return improve_comment(comment, language="de", **said, by=actor(who), now=timezone.now())


def work(minutes=1):
    worker.run_due(timezone.now() + timedelta(minutes=minutes))


def page(entry, who=None, language="de"):
    square = square_of(who, language) if who else Square(language)
    return square.get(f"/{language}/e/{entry.code}/", follow=True).text


def address(comment, language="de"):
    return f"/de/kommentare/{comment.entry.code}/{comment.pk}/in/{language}/verbessern/"


def test_who_knows_both_languages_says_it_better_and_is_read_from_then_on(engine, entry, comment, clara):
    hers = square_of(clara)
    work()
    assert f'href="{address(comment)}"' in page(entry, clara)
    form = hers.get(address(comment)).text
    assert (DUTCH in form, "WIJ KOMEN GRAAG" in form, "Auf Deutsch" in form) == (True, True, True)
    sent = hers.post(address(comment), {"text": GERMAN, "of": hash_of_comment(comment)}, follow=True).text
    assert "Ab jetzt lesen Ihre Nachbarn Ihre Worte" in sent
    assert GERMAN in sent
    assert "Aus dem Niederländischen übersetzt von Clara Beidsprach" in sent
    assert (GERMAN in page(entry), "WIJ KOMEN" in page(entry), GERMAN in page(entry, language="nl")) == (
        True, False, False,
    )  # fmt: skip


def test_her_name_is_for_members_and_the_link_for_who_may_write(engine, entry, comment, clara, person):
    put(comment, clara)
    visitor, newcomer = page(entry), page(entry, person("Neu", home="niel", is_known=False))
    assert ("Von Nachbarn aus dem Niederländischen übersetzt" in visitor, "Clara" in visitor) == (True, False)
    assert (LINK in visitor, LINK in newcomer, LINK in page(entry, clara)) == (False, False, True)


def test_without_any_translation_one_can_be_given(entry, comment, clara):
    assert "Selbst übersetzen" in page(entry, clara)
    assert "Selbst übersetzen" not in page(entry, clara, "nl")
    put(comment, clara)
    assert GERMAN in page(entry)


def test_when_the_comment_changes_the_machine_is_read_again_and_who_put_it_so_hears_of_it(
    engine, entry, comment, berta, clara
):
    put(comment, clara)
    change_comment(comment, text="Wij komen niet.", by=actor(berta), now=timezone.now())
    assert GERMAN not in page(entry), "it says what is not said any more"
    work()
    assert "WIJ KOMEN NIET." in page(entry)
    [told] = re.findall(r'href="(/de/neues-fuer-mich/\d+/)"', square_of(clara).page("neues-fuer-mich/"))
    opened = square_of(clara).get(told)
    assert opened.url.endswith(f"#comment-{comment.pk}")
    form = square_of(clara).get(address(comment)).text
    assert (GERMAN in form, "seit der Übersetzung geändert" in form) == (True, True)
    assert GERMAN not in square_of(berta).get(address(comment)).text, "only she who wrote it has it before her"


def test_what_was_put_of_words_that_changed_meanwhile_is_kept_and_not_shown(engine, entry, comment, berta, clara):
    of = hash_of_comment(comment)
    change_comment(comment, text="Wij komen niet.", by=actor(berta), now=timezone.now())
    again = square_of(clara).post(address(comment), {"text": GERMAN, "of": of}, follow=True).text
    assert (GERMAN in again, "Wij komen niet." in again, "seit der Übersetzung geändert" in again) == (True,) * 3
    assert GERMAN not in page(entry)


def test_whoever_may_not_gets_the_answer_of_a_comment_that_is_not_there(entry, comment, clara, person):
    doris = person("Doris", home="niel")
    block_member(doris, by=actor(comment.author), now=timezone.now())
    assert square_of(doris).get(address(comment)).status_code == 404
    with pytest.raises(Refused):
        put(comment, doris)
    assert square_of(clara).get(address(comment, "nl")).status_code == 404, "it is written in Dutch"
    assert square_of(clara).get(address(comment, "xx")).status_code == 404
    hide_comment(comment, by=INSTALLER, now=timezone.now())
    assert square_of(clara).get(address(comment)).status_code == 404
    with pytest.raises(Refused):
        put(comment, clara)


@pytest.mark.parametrize("text", ["", "   \n", "x" * 7_501])
def test_nothing_and_too_much_are_answered_with_one_sentence(comment, clara, text):
    answer = square_of(clara).post(address(comment), {"text": text})
    assert answer.status_code == 422
    assert not CommentText.objects.exists()


def test_it_goes_with_the_comment_and_with_the_post(entry, berta, clara):
    one, two, three = (said(entry, berta, f"Geheim {number}") for number in range(3))
    for comment in (one, two, three):
        put(comment, clara, "Geheimnis")
    remove_comment(one, by=actor(berta), now=timezone.now())
    write_comment(entry, text="Ja!", form_key="an-answer-here", parent=two, by=actor(clara), now=timezone.now())
    remove_comment(two, by=actor(berta), now=timezone.now())
    assert [*CommentText.objects.values_list("comment", flat=True)] == [three.pk]
    erase_entries([entry.pk], by=INSTALLER, now=timezone.now())
    assert not CommentText.objects.exists()


def test_who_leaves_leaves_her_words_without_her_name(entry, berta, clara):
    one, two = said(entry, berta), said(entry, berta, "Wie was dat?")
    put(one, clara)
    put(two, clara, "Das ist Clara Beidsprach.")
    assert "Kommentare, die Sie übersetzt haben" in square_of(clara).page("meine-seite/meine-daten/")
    erase_identity(clara, by=INSTALLER, now=timezone.now())
    [kept] = CommentText.objects.all()
    assert (kept.comment, kept.written_by, kept.written_at, kept.body) == (one, None, None, GERMAN)
    assert "Clara" not in page(entry, berta)
    erase_identity(berta, by=INSTALLER, now=timezone.now())
    assert CommentText.objects.get() == kept


@pytest.mark.parametrize("count", [1, 8])
def test_a_person_s_words_cost_no_query_at_all(engine, entry, berta, clara, count):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            page(entry, berta)  # whose page is kept for nobody else
        return len(asked)

    for number in range(count):
        put(said(entry, berta, f"{DUTCH} {number}"), clara)
    page(entry, berta)
    by_people = queries()
    Comment.objects.update(language="de")
    assert by_people == queries()
