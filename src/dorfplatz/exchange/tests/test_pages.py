"""Ask and offer as neighbours meet it: in the list, setting something out, answering, and by the link of a mail."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from dorfplatz.entries.models import Entry
from dorfplatz.exchange.actions import give_answer, solve_exchange
from dorfplatz.exchange.asked import Cursor, read_asked
from dorfplatz.exchange.enums import Direction, Sort, Step
from dorfplatz.exchange.models import Answer, Exchange
from dorfplatz.exchange.post import renewal_token
from dorfplatz.exchange.tests.factories import exchange
from tests.fixtures.kranenburg import INSTALLER, NOW, Square

MOST_QUERIES = 16
LIST = "suche-biete/"


@pytest.fixture
def niel(kranenburg, at_eleven):
    return kranenburg.village("niel")


def titles(page):
    return re.findall(r'<h3 class="card-title"><a href="[^"]+">([^<]+)</a>', page)


def path(name, language="de", **values):
    with override(language):
        return reverse(f"exchange:{name}", kwargs=values)


def sent(**values):
    return {"title": "Wer fährt mit?", "when_words": "am Samstag", "audience": "public", "form_key": "k" * 32, **values}


def test_the_list_is_filtered_by_village_direction_sort_and_state(kranenburg, niel, cast, square):
    exchange(niel, title="Fahrt")
    exchange(niel, title="Leiter", direction=Direction.OFFER, sort=Sort.LEND)
    exchange(kranenburg.village("zyfflich"), title="Hund", sort=Sort.COMPANY)
    solve_exchange(exchange(niel, title="Klavier", sort=Sort.HELP), by=INSTALLER, now=NOW)
    assert set(titles(square.page(LIST))) == {"Fahrt", "Leiter", "Hund"}
    assert titles(square.page(LIST, village="zyfflich")) == ["Hund"]
    assert set(titles(square.page(LIST, village="zyfflich", neighbours="1"))) == {"Fahrt", "Leiter", "Hund"}
    assert titles(square.page(LIST, villages="", direction="offer")) == ["Leiter"]
    assert titles(square.page(LIST, villages="", sort="company")) == ["Hund"]
    assert titles(square.page(LIST, villages="", state="solved")) == ["Klavier"]
    assert titles(square.page(LIST, villages="", q="Leiter")) == ["Leiter"]
    assert titles(square.page(LIST, villages="", direction="<x>", sort="'", state="x", after="9-9-9")) != []


def test_only_connectors_ask_for_what_is_unanswered(niel, cast):
    exchange(niel, author=cast.anna, title="Einsam")
    helped = exchange(niel, author=cast.anna, title="Beantwortet")
    give_answer(helped, text="Ich!", form_key="k", by=cast.actor("dirk"), now=NOW)
    assert titles(cast.at_the_square("ben").page(LIST, state="unanswered")) == ["Einsam"]
    assert len(titles(cast.at_the_square("anna").page(LIST, state="unanswered"))) == 2


def test_pages_follow_one_another_without_gaps_or_doubles(niel, square):
    for number in range(45):
        exchange(niel, title=f"Nummer {number:02}", now=NOW - timedelta(minutes=number // 3))
    seen, page = [], square.page(LIST)
    while True:
        seen += titles(page)
        following = re.search(r'href="([^"]+after=[^"]+)"[^>]*>(?:(?!</a>).)*Ältere zeigen', page)
        if not following:
            break
        page = square.get(following[1].replace("&amp;", "&")).content.decode()
    assert len(seen) == len(set(seen)) == 45


def test_a_list_of_many_costs_what_a_list_of_one_costs(niel, square, unkept):
    counts = []
    for more in (1, 20):
        for number in range(more):
            exchange(niel, title=f"Nummer {number}")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            square.page(LIST)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= MOST_QUERIES


def test_an_entry_with_many_answers_costs_what_it_costs_with_one(niel, cast, person, unkept):
    ask, anna, counts = exchange(niel, author=cast.anna), cast.at_the_square("anna"), []
    for names in (("Xaver",), ("Yvonne", "Zoe", "Willi")):
        for name in names:
            by = cast.actor("dirk").__class__(identity_id=person(name, home="niel").pk, member_paths=("/",))
            Answer.objects.create(exchange=ask, helper_id=by.identity_id, text="Ich.", said_at=NOW, form_key=name)
        with CaptureQueriesContext(connection) as queries:
            anna.page(f"e/{ask.entry.code}/")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 30


def test_setting_out_takes_three_short_steps_without_scripts(niel, cast):
    anna = cast.at_the_square("anna")
    first = anna.page("suche-biete/neu/")
    assert 'href="?direction=ask"' in first
    second = anna.page("suche-biete/neu/", direction="ask")
    assert "direction=ask&amp;sort=ride" in second
    form = anna.page("suche-biete/neu/", direction="ask", sort="ride")
    assert f'value="{niel.pk}" ' in form
    assert "checked" in form
    where = path("new") + "?direction=ask&sort=ride"
    values = sent(from_words="Niel", to_words="Kleve", villages=[niel.pk])
    for _tap in range(2):
        answer = anna.post(where, values, follow=True)
        assert "Wer fährt mit?" in answer.content.decode()
    assert Exchange.objects.count() == 1
    assert Exchange.objects.get().entry.author_id == cast.anna.pk


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"title": ""}, "aria-invalid"),
        ({"villages": []}, "aria-invalid"),
        ({"needed_on": "2020-01-01"}, "schon vorbei"),
        ({"to_words": ""}, "aria-invalid"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_lost(niel, cast, wrong, said):
    values = sent(from_words="Niel", to_words="Kleve", villages=[niel.pk], body="Bitte bald.") | wrong
    answer = cast.at_the_square("anna").post(path("new") + "?direction=ask&sort=ride", values)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "Bitte bald." in answer.content.decode()
    assert not Exchange.objects.exists()


def test_somebody_from_elsewhere_hears_why_she_cannot_set_out_here(niel, cast):
    values = sent(villages=[niel.pk])
    answer = cast.at_the_square("carla").post(path("new") + "?direction=offer&sort=lend", values)
    assert answer.status_code in (302, 422)


def test_a_change_that_crosses_another_is_said_and_not_lost(niel, cast):
    ask, anna = exchange(niel, author=cast.anna, sort=Sort.HELP), cast.at_the_square("anna")
    where = path("edit", code=ask.entry.code)
    values = sent(title="Neu", villages=[niel.pk], form_key="1")
    assert anna.post(where, values).status_code == 302
    stale = anna.post(where, values | {"title": "Neuer"})
    assert stale.status_code == 422
    assert "Neuer" in stale.content.decode()
    assert anna.post(where, values | {"title": "Neuer", "form_key": "2"}).status_code == 302
    assert Entry.objects.get(pk=ask.pk).title == "Neuer"


def test_from_the_button_to_the_thanks_through_the_pages(niel, cast):
    ask, anna, dirk = exchange(niel, author=cast.anna), cast.at_the_square("anna"), cast.at_the_square("dirk", "nl")
    assert "Ik kan helpen" in dirk.page(f"e/{ask.entry.code}/")
    given = dirk.post(path("answer", "nl", code=ask.entry.code), {"text": "Ik rijd.", "form_key": "a" * 32})
    answer = Answer.objects.get()
    assert given["Location"] == path("talk", "nl", code=ask.entry.code, answer_id=answer.pk)
    again = dirk.post(path("answer", "nl", code=ask.entry.code), {"text": "Ik rijd.", "form_key": "b" * 32})
    assert again["Location"] == given["Location"]
    where = path("talk", code=ask.entry.code, answer_id=answer.pk)
    assert "Ik rijd." in anna.get(where).content.decode()
    anna.post(where, {"do": "accept"})
    anna.post(path("steer", code=ask.entry.code), {"do": "solve"})
    assert anna.post(where, {"do": "thank", "text": ""}).status_code == 422
    anna.post(where, {"do": "thank", "text": "Danke, Dirk!"})
    assert "Danke, Dirk!" not in Square().page(f"e/{ask.entry.code}/")
    dirk.post(path("talk", "nl", code=ask.entry.code, answer_id=answer.pk), {"do": "show"})
    assert "Danke, Dirk!" in Square().page(f"e/{ask.entry.code}/")
    assert Exchange.objects.get().step == Step.THANKED


def test_nobody_but_the_two_opens_their_page(niel, cast):
    ask = exchange(niel, author=cast.anna)
    answer = give_answer(ask, text="Geheimnis", form_key="k", by=cast.actor("dirk"), now=NOW)
    where = path("talk", code=ask.entry.code, answer_id=answer.pk)
    for name in ("ben", "admin"):
        client = cast.at_the_square(name)
        assert client.get(where).status_code == 404
        page = client.page(f"e/{ask.entry.code}/")
        assert "Geheimnis" not in page
        assert "1 Person hat geantwortet" in page, "that there is one, they may know"


def test_looking_at_the_link_of_a_mail_changes_nothing_and_its_button_renews(niel, square):
    ask = exchange(niel, now=NOW - timedelta(days=28))
    where = path("renew", token=renewal_token(ask))
    for _scanner in range(2):
        assert "Gilt das noch?" in square.get(where).content.decode()
    assert Entry.objects.get(pk=ask.pk).expires_at == NOW + timedelta(days=2)
    assert "Danke!" in square.post(where).content.decode()
    assert Entry.objects.get(pk=ask.pk).expires_at == NOW + timedelta(days=30)
    assert square.post(where).status_code == 410
    assert square.get(where).status_code == 410


def test_a_village_and_its_municipality_show_who_needs_a_hand(kranenburg, niel, square):
    exchange(niel, title="Fahrt nach Kleve")
    for page in (square.page("niel/"), square.page(""), square.page("zyfflich/")):
        assert "Fahrt nach Kleve" in page
    assert "3,2 km" in square.page("zyfflich/"), "with where it is from, and how far that is"


@given(st.dictionaries(st.sampled_from(["direction", "sort", "state", "q", "after"]), st.text(max_size=50)))
def test_any_question_is_understood_as_one_that_can_be_asked(parameters):
    asked = read_asked(parameters)
    assert read_asked(dict(asked.parameters)) == asked


@given(st.integers(0, 4_000_000_000_000_000), st.integers(0, 2**63 - 1))
def test_where_a_page_begins_is_read_as_it_was_written(at_us, pk):
    assert Cursor.read(str(Cursor(at_us, pk))) == Cursor(at_us, pk)
