"""Codes by mail: they let in once, in the browser that asked, and tell nothing about an address."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from dorfplatz.jobs.models import Job
from dorfplatz.mail.models import Mail
from dorfplatz.members.models import Identity
from dorfplatz.members.tasks import mail_login_code, mail_second_step
from dorfplatz.members.tests.test_second_step import set_up
from tests.fixtures.kranenburg import Square
from tests.fixtures.people import just_come_in, square_of

PAGE, ROLES = "/de/anmelden/code/", "/de/einstellungen/rollen/"


@pytest.fixture
def anna(person, at_eleven) -> Identity:
    return person("Anna", home="niel", language="nl")


def work() -> None:
    """What the worker does about codes."""
    for job in Job.objects.filter(result__task_path__endswith="mail_login_code").order_by("pk"):
        mail_login_code.func(**job.result.args_kwargs["kwargs"])


def mailed() -> str:
    work()
    found = re.search(r"^(\d{4} \d{4})$", Mail.objects.latest("pk").text, re.MULTILINE)
    assert found
    return found[1]


def ask(square: Square, email: str = "anna@example.org", **more) -> str:
    square.post(PAGE, {"email": email, **more})
    return square.get(PAGE).content.decode()


def is_in(square: Square) -> bool:
    return square.get("/de/meine-seite/").status_code == 200


def test_the_code_lets_in_and_on_to_where_she_wanted(square, anna):
    ask(square, next="/de/doerfer/")
    code = mailed()
    assert Mail.objects.get().language == "nl"
    assert code.replace(" ", "") not in Mail.objects.get().subject.replace(" ", "")
    before = square.cookies["session"].value
    assert square.post(PAGE, {"code": code})["Location"] == "/de/doerfer/"
    assert is_in(square)
    assert square.cookies["session"].value != before


def test_it_works_once_and_in_this_browser_only(square, anna):
    ask(square)
    code = mailed()
    elsewhere = Square()
    ask(elsewhere)
    assert "stimmt nicht" in elsewhere.post(PAGE, {"code": code}).content.decode()
    kept = dict(square.session["mailed_code"])
    square.post(PAGE, {"code": code})
    again = Square()
    session = again.session
    session["mailed_code"] = kept
    session.save()
    assert "stimmt nicht" in again.post(PAGE, {"code": code}).content.decode()
    assert not is_in(again)


def test_after_ten_minutes_and_after_another_one_it_is_worthless(square, anna, at_eleven, time_machine):
    ask(square)
    first = mailed()
    ask(square)
    assert "stimmt nicht" in square.post(PAGE, {"code": first}).content.decode()
    second = mailed()
    time_machine.move_to(at_eleven + timedelta(minutes=10, seconds=1), tick=False)
    square.post(PAGE, {"code": second})
    assert not is_in(square)


def test_the_answers_are_the_same_for_every_address(square, anna, person):
    person("Eve", is_blocked=True)
    pages, wrong = [], []
    for email in ("anna@example.org", "nobody@example.org", "eve@example.org"):
        browser = Square()
        strip = re.compile(r'csrfmiddlewaretoken" value="[^"]*"|\S+@example\.org')
        pages.append(strip.sub("", ask(browser, email)))
        wrong.append(strip.sub("", browser.post(PAGE, {"code": "1234 5678"}).content.decode()))
    assert len(set(pages)) == len(set(wrong)) == 1
    assert Job.objects.count() == 3  # the same work for all; the worker looks up who that is
    work()
    assert [mail.to for mail in Mail.objects.all()] == ["anna@example.org"]


def test_neither_queue_nor_session_nor_database_tells_the_code(square, anna):
    ask(square)
    digits = mailed().replace(" ", "")
    told = f"{[job.result.args_kwargs for job in Job.objects.all()]} {dict(square.session)}"
    assert digits not in told


def test_five_tries_then_even_the_right_code_waits(square, anna):
    ask(square)
    code = mailed()
    answers = [square.post(PAGE, {"code": f"{n:08d}"}).status_code for n in range(5)]
    assert answers == [200] * 5
    last = square.post(PAGE, {"code": code})
    assert (last.status_code, is_in(square)) == (429, False)
    assert "anderen Code" in last.content.decode()


def test_nobodys_mailbox_is_flooded(anna):
    for _ in range(9):
        ask(Square())
    assert Job.objects.count() == 6


def test_the_second_step_is_asked_for_all_the_same(square, anna, at_eleven):
    set_up(square_of(anna), at_eleven)
    ask(square)
    assert square.post(PAGE, {"code": mailed()})["Location"] == "/de/anmelden/zweiter-schritt/"
    assert not is_in(square)


def test_who_was_shut_out_meanwhile_stays_outside(square, anna):
    ask(square)
    code = mailed()
    Identity.objects.update(is_blocked=True)
    square.post(PAGE, {"code": code})
    assert not is_in(square)


@pytest.mark.parametrize("code", ["", "x", "\0", "1" * 5000, "٣" * 8, "²²²²²²²²"])
def test_half_a_code_is_said_in_a_sentence(square, anna, code):
    ask(square)
    answer = square.post(PAGE, {"code": code})
    assert answer.status_code == 200
    assert 'role="alert"' in answer.content.decode()


def test_nobody_is_sent_elsewhere_by_it(square, anna):
    ask(square, next="https://evil.example/")
    assert square.post(PAGE, {"code": mailed()})["Location"] == "/de/"


@pytest.fixture
def later(at_eleven, admin, time_machine):
    """An admin's browser, twenty minutes after logging in."""
    square = square_of(admin)
    time_machine.move_to(at_eleven + timedelta(minutes=20), tick=False)
    return square


def test_a_mailed_code_proves_that_it_is_she_and_nothing_typed_is_lost(later):
    form = {"email": "ada@example.org", "role": "editor", "area": "7"}
    page = later.post(ROLES, {**form, "prove-send": "1"}).content.decode()
    assert "unterwegs" in page
    assert page.count('name="role" value="editor"') == 2
    answer = later.post(ROLES, {**form, "prove-code": mailed()})
    assert "Sind Sie es wirklich?" not in answer.content.decode()


def test_a_code_that_was_asked_for_another_address_proves_nothing(later, anna):
    ask(later, "anna@example.org")
    assert "Sind Sie es wirklich?" in later.post(ROLES, {"prove-code": mailed()}).content.decode()


def test_a_code_from_the_app_proves_it_and_a_made_up_passkey_does_not(later, admin, at_eleven):
    later.post(ROLES, {"prove-password": "four tall poplars"})
    _secret, spare = set_up(later, at_eleven + timedelta(minutes=20))
    session = later.session
    session["shown_at"] -= 3600
    session.save()
    assert "passt nicht" in later.post(ROLES, {"prove-credential": "{}"}).content.decode()
    assert "Sind Sie es wirklich?" not in later.post(ROLES, {"prove-code": spare[0]}).content.decode()


def test_who_comes_in_without_any_password_can_prove_it_too(later, admin):
    admin.login.set_unusable_password()
    admin.login.save()
    later.force_login(admin.login)
    just_come_in(later)
    session = later.session
    session["shown_at"] -= 3600
    session.save()
    page = later.post(ROLES, {"x": "1"}).content.decode()
    assert "prove-password" not in page
    assert "prove-send" in page


def test_adding_and_removing_a_second_step_is_told_by_mail_in_her_language(anna, at_eleven):
    square = square_of(anna)
    set_up(square, at_eleven)
    factor = re.search(r"/zweiter-schritt/(\d+)/", square.page("meine-seite/zweiter-schritt/"))
    assert factor
    square.post(f"/de/meine-seite/zweiter-schritt/{factor[1]}/entfernen/")
    for job in Job.objects.filter(result__task_path__endswith="mail_second_step").order_by("pk"):
        for _twice in range(2):  # a worker may have died in between
            mail_second_step.func(**job.result.args_kwargs["kwargs"])
    texts = sorted(Mail.objects.filter(to="anna@example.org", language="nl").values_list("text", flat=True))
    assert ["ingesteld" in text for text in texts] == [True, False]
    assert ["verwijderd" in text for text in texts] == [False, True]
    assert all("/nl/mijn-pagina/tweede-stap/" in text for text in texts)
