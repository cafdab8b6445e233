"""Logging in and out."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.contrib.auth.hashers import check_password
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dorfplatz.members import authentication
from dorfplatz.members.models import Identity, Login
from tests.fixtures.kranenburg import Square
from tests.fixtures.people import PASSWORD, square_of


def log_in(square: Square, email: str = "anna@example.org", password: str = PASSWORD, **more):
    return square.post("/de/anmelden/", {"email": email, "password": password, **more})


def plain(html: str) -> str:
    """The page without what differs by chance and without what was typed in."""
    return re.sub(r'csrfmiddlewaretoken" value="[^"]*"|value="[^"]*@[^"]*"', "", html)


@pytest.fixture
def anna(person) -> Identity:
    return person("Anna", home="niel")


def test_who_logs_in_is_greeted_and_goes_on_where_she_was(square, anna):
    answer = log_in(square, next="/de/meine-seite/")
    assert answer["Location"] == "/de/meine-seite/"
    page = square.page("meine-seite/")
    assert "Guten Tag, Anna!" in page
    assert square.get("/de/meine-seite/")["Cache-Control"].count("no-store") == 1


def test_the_address_may_be_written_in_capitals(square, anna):
    assert log_in(square, email=" Anna@Example.ORG ").status_code == 302


def test_the_session_is_another_after_logging_in(square, anna):
    session = square.session
    session["seen"] = 1
    session.save()
    before = square.cookies["session"].value
    log_in(square)
    assert square.cookies["session"].value != before
    assert square.get("/de/meine-seite/").status_code == 200


@pytest.mark.parametrize(
    "address", ["https://evil.example/", "//evil.example", "/\\evil.example", "evil.example", "javascript:alert(1)"]
)
def test_nobody_is_sent_elsewhere_after_logging_in(square, anna, address):
    assert log_in(square, next=address)["Location"] == "/de/"


def test_unknown_addresses_and_wrong_passwords_get_the_same_answer(square, anna):
    wrong = log_in(square, password="not four poplars")
    unknown = log_in(square, email="nobody@example.org")
    assert (wrong.status_code, unknown.status_code) == (200, 200)
    assert plain(wrong.content.decode()) == plain(unknown.content.decode())
    assert "passen nicht zusammen" in wrong.content.decode()


def test_unknown_addresses_cost_a_hash_as_well(square, anna, monkeypatch):
    checked: list[str] = []

    def watched(password: str, encoded: str) -> bool:
        checked.append(encoded.partition("$")[0])
        return check_password(password, encoded)

    monkeypatch.setattr(authentication, "check_password", watched)
    log_in(square, email="nobody@example.org")
    log_in(square, password="wrong")
    assert len(checked) == 2
    assert checked[0] == checked[1]


def test_both_answers_cost_the_same_queries(square, anna):
    def queries(email: str) -> list[str]:
        with CaptureQueriesContext(connection) as seen:
            log_in(square, email=email, password="wrong")
        return [query["sql"].split(" WHERE ")[0].split(" VALUES ")[0] for query in seen]

    for email in ("anna@example.org", "nobody@example.org"):
        queries(email)  # the first of a session differs
    assert queries("anna@example.org") == queries("nobody@example.org")


def test_ten_attempts_in_five_minutes_then_even_the_right_password_waits(square, anna, time_machine, at_eleven):
    for _ in range(10):
        assert log_in(square, password="wrong").status_code == 200
    answer = log_in(square)
    assert answer.status_code == 429
    assert "viele Versuche" in answer.content.decode()
    time_machine.move_to(at_eleven + timedelta(minutes=10), tick=False)
    assert log_in(square).status_code == 302


def test_an_address_that_is_nobodys_is_limited_alike(square, anna):
    for _ in range(10):
        log_in(square, email="nobody@example.org")
    assert log_in(square, email="nobody@example.org").status_code == 429


def test_thirty_attempts_a_minute_from_one_place(square, anna, at_eleven):
    answers = [log_in(square, email=f"p{n}@example.org").status_code for n in range(31)]
    assert answers == [200] * 30 + [429]


def test_a_right_password_clears_the_accounts_count(square, anna, at_eleven):
    for _ in range(8):
        log_in(square, password="wrong")
    assert log_in(square).status_code == 302
    assert [log_in(Square(), password="wrong").status_code for _ in range(9)] == [200] * 9


def test_who_is_blocked_is_told_in_one_sentence_and_only_with_the_password(square, person):
    person("Eve", is_blocked=True)
    page = log_in(square, email="eve@example.org").content.decode()
    assert "gesperrt" in page
    assert "session" not in square.cookies
    assert "gesperrt" not in log_in(square, email="eve@example.org", password="wrong").content.decode()


def test_who_is_blocked_meanwhile_is_a_visitor_at_once(anna):
    square = square_of(anna)
    assert square.get("/de/meine-seite/").status_code == 200
    Identity.objects.update(is_blocked=True)
    assert square.get("/de/meine-seite/").status_code == 302


def test_a_login_without_a_person_lets_nobody_in(square, anna):
    Identity.objects.all().delete()
    assert Login.objects.exists()
    assert log_in(square).status_code == 200
    assert "session" not in square.cookies


def test_logging_out_is_asked_once_and_is_a_post(anna):
    square = square_of(anna)
    assert "Abmelden?" in square.page("abmelden/")
    assert square.get("/de/meine-seite/").status_code == 200
    assert square.post("/de/abmelden/")["Location"] == "/de/"
    assert square.get("/de/meine-seite/").status_code == 302


def test_who_is_in_already_is_not_asked_again(anna):
    assert square_of(anna).get("/de/anmelden/")["Location"] == "/de/"


@pytest.mark.parametrize(
    "form", [{"email": ""}, {"email": "x"}, {"email": "a@b.de", "password": "x" * 5000}, {"email": "\0"}]
)
def test_half_a_form_is_said_in_sentences(square, form):
    answer = square.post("/de/anmelden/", form)
    assert answer.status_code == 200
    assert 'role="alert"' in answer.content.decode()


def test_the_door_leads_back_to_the_page_it_stands_on(square):
    assert "/de/anmelden/?next=%2Fde%2Fdoerfer%2F%3Fvillage%3Dniel" in square.page("doerfer/", village="niel")
    assert "/de/anmelden/?next=" not in square.page("passwort-vergessen/")


def test_a_form_sent_without_its_token_is_refused(anna):
    strict = Square()
    strict.handler.enforce_csrf_checks = True
    assert log_in(strict).status_code == 403
