"""Letters between two: who may write, who reads, what is left where."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core import serializers
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from dorfplatz.journal.models import Act
from dorfplatz.kernel.actor import VISITOR, system
from dorfplatz.kernel.verdict import Problem, Refused
from dorfplatz.letters.actions import answer_letter, read_thread, throw_away_thread, withhold_letter, write_letter
from dorfplatz.letters.models import Letter, Thread
from dorfplatz.letters.queries import letters_in, own_threads, thread_of_code
from dorfplatz.mail.models import Mail
from dorfplatz.members.actions import erase_identity
from dorfplatz.members.sockets import personal_data, reportables
from tests.fixtures.kranenburg import NOW

CANARY = "Kanarienvogel im Birnbaum"


def path(name, language="de", **values):
    with override(language):
        return reverse(f"letters:{name}", kwargs=values)


def written(cast, *, text=CANARY, key="k1", now=NOW, who="anna", to="dirk"):
    return write_letter(getattr(cast, to), text=text, form_key=key, by=cast.actor(who), now=now)


def test_from_the_first_letter_to_the_answer_through_the_pages(cast, at_eleven):
    anna, dirk = cast.at_the_square("anna"), cast.at_the_square("dirk", "nl")
    assert "Einen Brief schreiben" in anna.page(f"mitglied/{cast.dirk.code}/")
    sent = anna.post(path("write", code=cast.dirk.code), {"text": CANARY, "form_key": "a" * 32})
    thread = Thread.objects.get()
    assert sent["Location"] == path("thread", code=thread.code)
    assert "nieuw" in dirk.page("brieven/")
    assert CANARY in dirk.get(path("thread", "nl", code=thread.code)).content.decode()
    assert "nieuw</span>" not in dirk.page("brieven/")
    dirk.post(path("thread", "nl", code=thread.code), {"text": "Dank je!", "form_key": "b" * 32})
    assert "Dank je!" in anna.get(path("thread", code=thread.code)).content.decode()
    assert anna.get(path("write", code=cast.dirk.code))["Location"] == path("thread", code=thread.code)


def test_nobody_else_opens_them_whatever_the_role(cast, at_eleven):
    thread = written(cast).thread
    for name in ("ben", "admin", "carla"):
        client = cast.at_the_square(name)
        for page in ("thread", "throw_away"):
            assert client.get(path(page, code=thread.code)).status_code == 404
        assert thread_of_code(thread.code, cast.actor(name)) is None
        assert list(Letter.objects.all().visible_to(cast.actor(name))) == []
    assert list(Letter.objects.all().visible_to(VISITOR)) == []


def test_what_is_written_stands_in_its_own_row_and_nowhere_else(cast, at_eleven, caplog):
    written(cast)
    assert CANARY not in serializers.serialize("json", Act.objects.all())
    assert CANARY not in serializers.serialize("json", Mail.objects.all())
    assert CANARY not in caplog.text
    mail = Mail.objects.get(to="dirk@example.org")
    assert (mail.subject, "anna@example.org" in mail.text) == ("Een brief voor u", False)


def test_the_same_form_twice_is_one_letter_and_one_thread_holds_both_ways(cast):
    assert written(cast).pk == written(cast).pk
    back = written(cast, who="dirk", to="anna", key="k2")
    assert back.thread_id == Letter.objects.first().thread_id
    assert Thread.objects.count() == 1


def test_one_mail_until_the_reader_has_looked(cast):
    thread = written(cast).thread
    written(cast, key="k2", now=NOW + timedelta(minutes=1))
    assert Mail.objects.filter(to="dirk@example.org").count() == 1
    read_thread(thread, by=cast.actor("dirk"), now=NOW + timedelta(minutes=2))
    written(cast, key="k3", now=NOW + timedelta(minutes=3))
    assert Mail.objects.filter(to="dirk@example.org").count() == 2


@pytest.mark.parametrize(
    "change",
    [
        {"is_minor": True},
        {"is_known": False},
        {"curbs": frozenset({"letters"})},
        {"apart": True},
    ],
)
def test_who_may_not_begin(cast, change):
    by = cast.actor("anna")
    by = replace(by, apart_from=frozenset({cast.dirk.pk})) if change.pop("apart", False) else replace(by, **change)
    with pytest.raises(Refused):
        write_letter(cast.dirk, text="Hallo", form_key="k", by=by, now=NOW)
    assert not Letter.objects.exists()


def test_a_block_takes_the_thread_from_both(cast):
    thread = written(cast).thread
    for name, other in (("anna", cast.dirk), ("dirk", cast.anna)):
        apart = replace(cast.actor(name), apart_from=frozenset({other.pk}))
        assert own_threads(apart) == []
        assert thread_of_code(thread.code, apart) is None
        with pytest.raises(Refused):
            answer_letter(Thread.objects.get(), text="Noch da?", form_key=name, by=apart, now=NOW)


def test_thrown_away_is_for_oneself_until_both_have(cast):
    thread = written(cast).thread
    later = NOW + timedelta(hours=1)
    throw_away_thread(thread, by=cast.actor("anna"), now=later)
    assert own_threads(cast.actor("anna")) == []
    assert len(letters_in(thread, cast.actor("dirk"))) == 1
    throw_away_thread(thread, by=cast.actor("dirk"), now=later)
    assert not Letter.objects.exists()


def test_who_leaves_takes_her_name_along_and_the_other_keeps_what_she_got(cast, at_eleven):
    thread = written(cast).thread
    written(cast, text="Ihre Anna", key="k2", now=NOW + timedelta(minutes=1))
    part = personal_data["letters.written"]
    assert [row["text"] for row in part.rows(cast.anna.pk)] == [CANARY, "Ihre Anna"]
    erase_identity(cast.anna, by=system("leaving"), now=NOW)
    page = cast.at_the_square("dirk", "nl").get(path("thread", "nl", code=thread.code)).content.decode()
    assert CANARY in page
    assert "verwijderd lid" in page
    assert "Anna" not in page, "what names her has gone with her"
    assert "<textarea" not in page


def test_floods_are_stopped(cast):
    for number in range(60):
        written(cast, key=f"k{number}")
    with pytest.raises(Problem):
        written(cast, key="one more")
    written(cast, key="later", now=NOW + timedelta(hours=2))


def test_a_report_shows_that_letter_only_and_can_hide_it(cast, at_eleven):
    letter = written(cast)
    written(cast, text="Etwas anderes", key="k2")
    sort = reportables["letter"]
    assert sort.find(str(letter.pk), cast.actor("dirk")) == letter.pk
    for name in ("anna", "ben", "admin"):
        assert sort.find(str(letter.pk), cast.actor(name)) is None
    assert [sort.show([letter.pk])[letter.pk].text] == [CANARY]
    withhold_letter(letter, is_withheld=True, by=system("moderation"), now=NOW)
    page = cast.at_the_square("dirk", "nl").get(path("thread", "nl", code=letter.thread.code)).content.decode()
    assert CANARY not in page
    assert "Etwas anderes" in page
    with pytest.raises(Refused):
        withhold_letter(letter, is_withheld=False, by=cast.actor("anna"), now=NOW)


def test_many_letters_cost_what_one_costs_and_earlier_ones_are_turned_back_to(cast, person, unkept, at_eleven):
    thread, dirk, counts = written(cast, now=NOW - timedelta(days=1)).thread, cast.at_the_square("dirk"), []
    for more in (1, 70):
        for number in range(more):
            Letter.objects.create(
                thread=thread, author=cast.anna, text=f"Nummer {more}-{number}", form_key=f"{more}-{number}",
                sent_at=NOW - timedelta(minutes=more + number),
            )  # fmt: skip
        for page in (path("thread", code=thread.code), path("threads")):
            with CaptureQueriesContext(connection) as queries:
                shown = dirk.get(page).content.decode()
            counts.append(len(queries))
    assert counts[:2] == counts[2:]
    assert max(counts) <= 28
    shown = dirk.get(path("thread", code=thread.code)).content.decode()
    earlier = re.search(r'href="(\?before=[^"]+)"', shown)
    assert CANARY not in shown
    assert CANARY in dirk.get(path("thread", code=thread.code) + earlier[1]).content.decode()


@pytest.mark.parametrize("before", ["", "x", "2026-11-23", "2026-99-99T10:00:00+00:00", "9" * 500])
def test_any_word_for_before_is_understood_or_left_out(cast, at_eleven, before):
    thread = written(cast).thread
    answer = cast.at_the_square("dirk").get(path("thread", code=thread.code), {"before": before})
    assert answer.status_code == 200
