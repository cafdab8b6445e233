"""Forgotten and changed passwords, and the end of all sessions."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from dorfplatz.jobs.models import Job
from dorfplatz.journal.models import Act
from dorfplatz.mail.models import Mail
from dorfplatz.members.models import Identity, Login
from dorfplatz.members.tasks import mail_reset_link
from tests.fixtures.kranenburg import Square
from tests.fixtures.people import PASSWORD, square_of

NEW = "nine villages one square"


@pytest.fixture
def anna(person) -> Identity:
    return person("Anna", home="niel", language="nl")


def ask(square: Square, email: str) -> str:
    return square.post("/de/passwort-vergessen/", {"email": email}).content.decode()


def link_for(kranenburg, email: str = "anna@example.org") -> str:
    """What the worker mails, as an address of the square."""
    mail_reset_link.func(email=email, municipality_id=kranenburg.municipality.pk)
    found = re.search(r"http://localhost(/\S+)", Mail.objects.latest("pk").text)
    assert found
    return found[1]


def test_the_answer_is_the_same_for_every_address(square, anna):
    known, unknown = ask(square, "anna@example.org"), ask(square, "nobody@example.org")
    strip = re.compile(r'csrfmiddlewaretoken" value="[^"]*"|\S+@example\.org')
    assert strip.sub("", known) == strip.sub("", unknown)
    assert Job.objects.count() == 2  # the same work for both; the worker looks up who that is


def test_only_who_has_a_login_gets_a_mail_in_her_language(kranenburg, anna):
    mail_reset_link.func(email="nobody@example.org", municipality_id=kranenburg.municipality.pk)
    assert not Mail.objects.exists()
    assert link_for(kranenburg).startswith("/nl/nieuw-wachtwoord/")
    mail = Mail.objects.get()
    assert (mail.to, mail.language) == ("anna@example.org", "nl")
    assert "nieuw wachtwoord" in mail.subject


def test_who_is_blocked_gets_none(kranenburg, person):
    person("Eve", is_blocked=True)
    mail_reset_link.func(email="eve@example.org", municipality_id=kranenburg.municipality.pk)
    assert not Mail.objects.exists()


def test_nobodys_mailbox_is_flooded(square, anna, at_eleven):
    for _ in range(6):
        assert "Postfach" in ask(square, "anna@example.org")
    assert Job.objects.count() == 3


def test_the_link_sets_a_password_once_and_ends_all_sessions(kranenburg, anna):
    elsewhere = square_of(anna)
    link = link_for(kranenburg)
    square = Square("nl")
    assert "Nieuw wachtwoord" in square.get(link).content.decode()
    assert square.post(link, {"password": NEW})["Location"] == "/nl/inloggen/"
    assert elsewhere.get("/de/meine-seite/").status_code == 302
    assert square.post("/de/anmelden/", {"email": "anna@example.org", "password": NEW}).status_code == 302
    for again in (square.get(link), square.post(link, {"password": "something else entirely"})):
        assert again.status_code == 410
    assert Act.objects.filter(verb="login.password_changed", system="password reset").count() == 1


def test_of_two_links_the_other_is_over_too(kranenburg, anna):
    first, second = link_for(kranenburg), link_for(kranenburg)
    Square().post(second, {"password": NEW})
    assert Square().get(first).status_code == 410


def test_the_link_is_over_after_two_hours(kranenburg, anna, at_eleven, time_machine):
    link = link_for(kranenburg)
    time_machine.move_to(at_eleven + timedelta(hours=1, minutes=59), tick=False)
    assert Square("nl").get(link).status_code == 200
    time_machine.move_to(at_eleven + timedelta(hours=2, minutes=1), tick=False)
    assert Square("nl").get(link).status_code == 410


@pytest.mark.parametrize("part", ["MQ/x", "MQ/abc-def", "%00/abc", "ZZZZZZZZZZZZZZZZ/abc-def", "-/-", "OTk5/d2-0"])
def test_made_up_links_are_over(square, anna, part):
    assert square.get(f"/de/neues-passwort/{part}/").status_code in {404, 410}


@pytest.mark.parametrize("password", ["", "short", "password123", "1234567890", "anna@example.org"])
def test_a_password_that_is_easily_guessed_is_refused_in_a_sentence(kranenburg, anna, password):
    link = link_for(kranenburg)
    answer = Square().post(link, {"password": password})
    assert answer.status_code == 200
    assert 'role="alert"' in answer.content.decode()
    assert Login.objects.get().check_password(PASSWORD)


def test_a_new_password_lifts_the_wait(kranenburg, anna, at_eleven):
    square = Square()
    for _ in range(11):
        square.post("/de/anmelden/", {"email": "anna@example.org", "password": "x"})
    square.post(link_for(kranenburg), {"password": NEW})
    assert square.post("/de/anmelden/", {"email": "anna@example.org", "password": NEW}).status_code == 302


def test_changing_it_oneself_keeps_this_session_and_ends_the_others(anna):
    here, there = square_of(anna), square_of(anna)
    assert here.post("/de/meine-seite/passwort/", {"old": PASSWORD, "new": NEW}).status_code == 302
    assert here.get("/de/meine-seite/").status_code == 200
    assert there.get("/de/meine-seite/").status_code == 302


def test_the_present_password_is_asked_for_and_not_endlessly(anna, at_eleven):
    square = square_of(anna)
    for _ in range(10):
        page = square.post("/de/meine-seite/passwort/", {"old": "wrong", "new": NEW}).content.decode()
        assert "jetzige Passwort stimmt nicht" in page
    page = square.post("/de/meine-seite/passwort/", {"old": PASSWORD, "new": NEW}).content.decode()
    assert "viele Versuche" in page
    assert Login.objects.get().check_password(PASSWORD)


def test_one_request_logs_out_everywhere(anna):
    squares = [square_of(anna) for _ in range(3)]
    squares[0].post("/de/meine-seite/ueberall-abmelden/")
    assert [square.get("/de/meine-seite/").status_code for square in squares] == [302] * 3
    assert squares[0].post("/de/anmelden/", {"email": "anna@example.org", "password": PASSWORD}).status_code == 302
