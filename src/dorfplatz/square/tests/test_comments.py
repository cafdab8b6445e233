"""Comments below posts: under one's own name, once, answered one level down, taken away, hidden, let go."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dorfplatz.comments.actions import MOST, hide_comment, open_comments, write_comment
from dorfplatz.comments.facts import CommentWithheld, CommentWritten
from dorfplatz.comments.models import Comment
from dorfplatz.comments.queries import comment_counts, threads_of
from dorfplatz.entries.enums import Audience, State
from dorfplatz.entries.models import Entry
from dorfplatz.kernel import facts
from dorfplatz.kernel.registry import Registry
from dorfplatz.kernel.verdict import Problem, Refused
from dorfplatz.members.enums import Role
from dorfplatz.members.models import Identity
from dorfplatz.square.tests.factories import post
from tests.fixtures.kranenburg import INSTALLER, NOW
from tests.fixtures.people import actor, square_of


@pytest.fixture
def anna(person):
    return person("Anna", home="niel")


@pytest.fixture
def berta(person):
    return person("Berta", home="zyfflich")


@pytest.fixture
def entry(kranenburg, anna):
    return post(kranenburg.village("niel"), by=actor(anna), title="Der Weg ist offen").entry


def said(entry, by, text="Schön!", key="", now=NOW, **how):
    key = key or f"key-{Comment.objects.count():06}"
    return write_comment(entry, text=text, form_key=key, by=by, now=now, **how)


def page_of(square, entry):
    return square.get(f"/de/e/{entry.code}/", follow=True).content.decode()


def key_in(page):
    return re.search(r'name="form_key" value="(\w+)"', page)[1]


def test_a_neighbour_comments_under_her_name_and_twice_sent_is_once_said(entry, berta, square, at_eleven):
    hers = square_of(berta)
    sent = {"form_key": key_in(page_of(hers, entry)), "text": "Schön, *danke*!"}
    first, second = (hers.post(f"/de/kommentare/{entry.code}/", sent) for _time in range(2))
    assert first.url == second.url
    page = page_of(square, entry)
    assert page.count("<em>danke</em>") == 1
    assert "Berta" in page
    assert "Zyfflich" in page


def test_visitors_read_and_are_asked_to_log_in(entry, berta, square, at_eleven):
    said(entry, actor(berta))
    page = page_of(square, entry)
    assert "Anmelden und mitschreiben" in page
    assert "csrfmiddlewaretoken" not in page, "a page for everybody is kept for the next one"
    assert square.post(f"/de/kommentare/{entry.code}/", {"text": "x"}).status_code == 302
    assert Comment.objects.count() == 1


def test_answers_stand_one_level_down_and_no_deeper(entry, anna, berta):
    first = said(entry, actor(berta))
    answer = said(entry, actor(anna), "Gern.", parent=first)
    again = said(entry, actor(berta), "Bis Samstag!", parent=answer)
    assert again.parent_id == first.pk
    (thread,) = threads_of(entry, actor(berta))
    assert [row.body for row in thread.answers] == ["Gern.", "Bis Samstag!"]


def test_answering_works_without_scripts_and_shows_what_is_answered(entry, berta, anna, at_eleven):
    first = said(entry, actor(berta), "Wer bringt Kuchen?")
    hers = square_of(anna)
    page = hers.page(f"kommentare/{entry.code}/", to=first.pk)
    assert "Wer bringt Kuchen?" in page
    hers.post(f"/de/kommentare/{entry.code}/", {"form_key": key_in(page), "to": first.pk, "text": "Ich."})
    assert Comment.objects.get(body="Ich.").parent == first


@pytest.mark.parametrize("text", ["", "   \n", "x" * 5_001])
def test_no_words_and_too_many_are_said_in_a_sentence(entry, berta, at_eleven, text):
    answer = square_of(berta).post(f"/de/kommentare/{entry.code}/", {"text": text, "form_key": "a-form-key"})
    assert answer.status_code == 422
    assert not Comment.objects.exists()


def test_garbage_in_the_form_hurts_nobody(entry, berta, at_eleven):
    hers = square_of(berta)
    for to in ("x", "-1", "9" * 30, "987654"):
        assert hers.get(f"/de/kommentare/{entry.code}/", {"to": to}).status_code == 200
        assert hers.post(f"/de/kommentare/{entry.code}/", {"to": to, "form_key": "'"}).status_code == 422


def test_where_comments_are_off_there_are_none_and_those_there_stay(entry, anna, berta, square, at_eleven):
    said(entry, actor(berta), "Vorher gesagt.")
    open_comments(entry, is_open=False, by=actor(anna), now=NOW)
    with pytest.raises(Refused):
        said(entry, actor(berta))
    page = page_of(square, entry)
    assert "Vorher gesagt." in page
    assert "Hier kann nicht mehr kommentiert werden." in page
    assert square_of(berta).get(f"/de/kommentare/{entry.code}/").status_code == 404


def test_a_kind_that_takes_none_has_none(entry, berta, monkeypatch):
    monkeypatch.setattr("dorfplatz.comments.queries.talks", Registry("none"))
    with pytest.raises(Refused):
        said(entry, actor(berta))


def test_one_changes_ones_own_for_a_quarter_of_an_hour(entry, berta, anna, time_machine):
    time_machine.move_to(NOW, tick=False)
    one, hers = said(entry, actor(berta), "Um 18 Uhr."), square_of(berta)
    path = f"/de/kommentare/{entry.code}/{one.pk}/aendern/"
    assert square_of(anna).get(path).status_code == 403
    assert hers.post(path, {"text": "Um 19 Uhr."}).status_code == 302
    assert "Um 19 Uhr." in page_of(hers, entry)
    assert "geändert" in page_of(hers, entry)
    time_machine.move_to(NOW + timedelta(minutes=15), tick=False)
    assert hers.post(path, {"text": "Um 20 Uhr."}).status_code == 403
    assert Comment.objects.get().body == "Um 19 Uhr."


def test_taken_away_it_is_gone_and_leaves_a_note_only_where_somebody_answered(entry, berta, anna, square, at_eleven):
    alone, answered = said(entry, actor(berta), "Allein."), said(entry, actor(berta), "Beantwortet.")
    said(entry, actor(anna), "Antwort.", parent=answered)
    hers = square_of(berta)
    for one in (alone, answered):
        path = f"/de/kommentare/{entry.code}/{one.pk}/wegnehmen/"
        assert one.body in hers.get(path).content.decode()
        assert square_of(anna).post(path).status_code == 403
        hers.post(path)
    assert not Comment.objects.filter(pk=alone.pk).exists()
    page = page_of(square, entry)
    assert "Allein." not in page
    assert "Beantwortet." not in page
    assert page.count("Weggenommen, von wem es kam.") == 1
    assert "Antwort." in page


def test_those_in_charge_hide_with_a_reason_and_show_again_and_its_author_sees_that(
    entry, berta, person, square, at_eleven
):
    one = said(entry, actor(berta), "Gemein.")
    ben, cora = (person(n, roles=[(Role.CONNECTOR, v)]) for n, v in (("Ben", "niel"), ("Cora", "zyfflich")))
    path = f"/de/kommentare/{entry.code}/{one.pk}/verbergen/"
    assert square_of(cora).post(path).status_code == 403
    assert square_of(ben).post(path).status_code == 403, "it is decided, with a reason"
    hide_comment(one, by=actor(ben), now=NOW)
    assert "Gemein." not in page_of(square, entry)
    assert "Verborgen" in page_of(square_of(berta), entry)
    assert "Gemein." in page_of(square_of(ben), entry)
    square_of(ben).post(path)
    assert "Gemein." in page_of(square, entry)


def test_comments_are_seen_where_their_entry_is_and_not_between_people_apart(entry, anna, berta, person):
    one = said(entry, actor(berta), "Von Berta.")
    said(entry, actor(anna), "Von Anna.", parent=one)
    apart = replace(actor(person("Cleo", home="niel")), apart_from=frozenset({berta.pk}))
    assert threads_of(entry, apart) == []
    assert comment_counts([entry.pk], apart) == {entry.pk: 1}
    Entry.objects.filter(pk=entry.pk).update(audience=Audience.MEMBERS)
    outsider = actor(person("Sam"))
    with pytest.raises(Refused):
        said(Entry.objects.get(), outsider)
    assert square_of(person("Tom")).get(f"/de/kommentare/{entry.code}/").status_code == 404


@pytest.mark.parametrize("state", [State.DRAFT, State.WAITING, State.HIDDEN, State.REMOVED])
def test_what_does_not_stand_takes_no_comments(entry, anna, state):
    Entry.objects.filter(pk=entry.pk).update(state=state)
    with pytest.raises(Refused):
        said(Entry.objects.get(), actor(anna))


def test_a_flood_is_held_up(entry, berta):
    for number in range(MOST):
        said(entry, actor(berta), key=f"key-number-{number}")
    with pytest.raises(Problem):
        said(entry, actor(berta), key="one-too-many")
    said(entry, actor(berta), key="one-too-many", now=NOW + timedelta(minutes=16))


def test_what_was_said_stays_without_a_name_when_somebody_leaves(entry, berta, square, at_eleven):
    said(entry, actor(berta), "Schön!")
    Identity.objects.filter(pk=berta.pk).delete()
    page = page_of(square, entry)
    assert "Schön!" in page
    assert "Berta" not in page
    assert "Jemand, der nicht mehr hier ist" in page


def test_it_is_told_once(entry, berta, monkeypatch):
    heard = []
    known = {k: list(v) for k, v in facts._subscribers.items()}
    monkeypatch.setattr(facts, "_subscribers", facts.defaultdict(list, known))
    for fact in (CommentWritten, CommentWithheld):
        facts.subscribe(fact, heard.append)
    one = said(entry, actor(berta), key="the-same-key")
    said(entry, actor(berta), key="the-same-key")
    assert heard == [CommentWritten(one.pk, entry.pk, None)]


def test_a_long_talk_costs_as_many_queries_as_a_short_one(entry, berta, square, unkept, person):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            page_of(square, entry)
        return len(captured)

    first = said(entry, actor(berta))
    few = queries()
    for number in range(12):
        said(entry, actor(person(f"P{number}", home="niel")), parent=first if number % 2 else None)
    assert queries() == few


@pytest.mark.parametrize(
    "text", ["مرحبا بالجميع", "👩‍👩‍👧‍👦 🌾", "\u202eabc", "a\u200bb", "<script>alert(1)</script>", "Z̴̡͝"]
)
def test_any_script_is_kept_as_written(entry, berta, text):
    assert said(entry, actor(berta), text).body == Comment.objects.get().body == text


def test_the_installer_may_hide_too(entry, berta):
    hide_comment(said(entry, actor(berta)), by=INSTALLER, now=NOW)
    assert comment_counts([entry.pk], actor(berta)) == {}
