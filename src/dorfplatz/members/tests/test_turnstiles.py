"""Doors at which much is tried ask for a small sum: nothing typed is lost, no answer counts twice."""

from __future__ import annotations

import hashlib
import re
from datetime import timedelta

import pytest

from dorfplatz.jobs.models import Job
from dorfplatz.members.actions import make_cards
from dorfplatz.members.models import Identity
from dorfplatz.members.puzzles import NUMBERS, WAIT, make_puzzle, read_puzzle
from dorfplatz.members.turnstiles import FORGOTTEN, JOIN, LOGIN
from tests.fixtures.kranenburg import INSTALLER, NOW, Square
from tests.fixtures.people import PASSWORD

ASKS = "Einen Moment, bitte"
FORGOT, IN = "/de/passwort-vergessen/", "/de/anmelden/"


@pytest.fixture
def anna(person, at_eleven) -> Identity:
    return person("Anna", home="niel")


def fields(page: str) -> dict[str, str]:
    """What the page with the sum would send."""
    return dict(re.findall(r'name="(turnstile-[a-z]+)" value="([^"]*)"', page))


def worked_out(page: str) -> dict[str, str]:
    """The same with the number that a browser finds."""
    salt, challenge = re.findall(r'data-salt="([^"]+)" data-challenge="([^"]+)"', page)[0]
    numbers = (n for n in range(NUMBERS * 9) if hashlib.sha256(f"{salt}{n}".encode()).hexdigest() == challenge)
    return {**fields(page), "turnstile-number": str(next(numbers))}


def forget(square: Square, **more):
    return square.post(FORGOT, {"email": "anna@example.org", **more})


def crowd(square: Square) -> str:
    """Until the door asks; the page that does."""
    for _ in range(FORGOTTEN.person):
        assert forget(square).status_code == 200
    answer = forget(square)
    assert answer.status_code == 429
    assert "no-store" in answer["Cache-Control"]
    return answer.content.decode()


def test_as_long_as_little_is_tried_nobody_notices(square, anna):
    for _ in range(FORGOTTEN.person):
        assert ASKS not in forget(square).content.decode()


def test_who_works_it_out_goes_on_and_nothing_is_lost(square, anna, at_eleven, time_machine):
    page = crowd(square)
    assert ASKS in page
    time_machine.move_to(at_eleven + timedelta(minutes=9), tick=False)
    answer = square.post(FORGOT, worked_out(page))
    assert answer.status_code == 200
    assert "anna@example.org" in answer.content.decode()


def test_what_was_typed_cannot_be_read_from_the_page(square, anna):
    for _ in range(LOGIN.person):
        square.post(IN, {"email": "anna@example.org", "password": "wrong"})
    page = square.post(IN, {"email": "anna@example.org", "password": PASSWORD}).content.decode()
    assert ASKS in page
    assert PASSWORD not in page


def test_an_answer_counts_once(square, anna):
    sent = worked_out(crowd(square))
    assert ASKS not in square.post(FORGOT, sent).content.decode()
    again = square.post(FORGOT, sent)
    assert again.status_code == 429
    assert "schon benutzt" in again.content.decode()


def test_an_answer_that_comes_too_late_counts_no_more(square, anna, at_eleven, time_machine):
    sent = worked_out(crowd(square))
    time_machine.move_to(at_eleven + timedelta(minutes=10, seconds=1), tick=False)
    assert square.post(FORGOT, sent).status_code == 429


@pytest.mark.parametrize("number", ["0x1", "-1", "1" * 400, "٣", "1.0", "999999"])
def test_a_wrong_number_opens_nothing(square, anna, number):
    jobs = Job.objects.count
    before = (crowd(square), jobs())
    answer = square.post(FORGOT, {**fields(before[0]), "turnstile-number": number})
    assert (answer.status_code, jobs()) == (429, before[1])


def test_nothing_about_the_sum_can_be_made_easier(now):
    puzzle = make_puzzle("join", now=now)
    salt, challenge, _most, signature = puzzle.token.split(":")
    for token in (
        f"{salt}:{challenge}:1:{signature}",
        f"{salt}:{hashlib.sha256(f'{salt}0'.encode()).hexdigest()}:{puzzle.most}:{signature}",
        puzzle.token.replace(".join.", ".login."),
        puzzle.token.replace(f".{int(now.timestamp())}.", f".{int(now.timestamp()) + 5}."),
    ):
        assert read_puzzle(token, "join", now=now) is None
        assert read_puzzle(token, "login", now=now) is None
    assert read_puzzle(puzzle.token, "join", now=now) == puzzle
    assert read_puzzle(puzzle.token, "login", now=now) is None


@pytest.mark.parametrize(
    "token", ["", ":::", "a:b:c:d", ".join.9.:x:5:y", f".join.{'9' * 400}.:x:{'9' * 400}:y", "\0:\0:1:\0",
              "x.join.-1.:\u0664:\u0664:", ".join.nan.:x:1e5:y"],
)  # fmt: skip
def test_what_is_no_puzzle_is_none(token, now):
    assert read_puzzle(token, "join", now=now) is None


def test_without_scripts_one_waits_and_presses(square, anna, at_eleven, time_machine):
    page = crowd(square)
    early = square.post(FORGOT, {**fields(page), "turnstile-number": ""})
    assert early.status_code == 429
    assert "etwas früh" in early.content.decode()
    assert fields(early.content.decode())["turnstile-token"] == fields(page)["turnstile-token"]
    time_machine.move_to(at_eleven + WAIT, tick=False)
    assert square.post(FORGOT, {**fields(page), "turnstile-number": ""}).status_code == 200


def test_a_machine_does_not_wait_many_times_at_once(square, anna, at_eleven, time_machine):
    crowd(square)
    pages = [forget(square).content.decode() for _ in range(8)]
    time_machine.move_to(at_eleven + WAIT, tick=False)
    answers = [square.post(FORGOT, {**fields(page), "turnstile-number": ""}).status_code for page in pages]
    assert answers == [200] * 5 + [429] * 3


def test_what_was_sealed_for_one_page_does_nothing_on_another(square, anna):
    sent = worked_out(crowd(square))
    jobs = Job.objects.count()
    token = {key: value for key, value in sent.items() if key != "turnstile-carried"}
    answer = square.post(FORGOT, {**token, "turnstile-carried": "nonsense"})
    assert (answer.status_code, Job.objects.count()) == (200, jobs)


def test_at_the_door_of_cards_looking_is_asked_too_and_leads_to_the_form(
    square, anna, kranenburg, at_eleven, time_machine
):
    village = kranenburg.village("niel")
    _batch, codes = make_cards(village, count=1, uses=1, lasts_days=30, by=INSTALLER, now=NOW)
    address = f"/de/mitmachen/{codes[0].replace('-', '')}/"
    guesser = Square()
    for minute in range(JOIN.address // 15):
        time_machine.move_to(at_eleven + timedelta(minutes=minute * 2), tick=False)
        for number in range(15):
            guesser.get(f"/de/mitmachen/{number:012d}/")
    page = square.get(address)
    assert (page.status_code, ASKS in page.content.decode()) == (429, True)
    form = square.post(address, worked_out(page.content.decode()))
    assert form.status_code == 200
    assert "Willkommen auf dem Platz" in form.content.decode()


def test_whoever_fills_in_what_nobody_sees_is_asked_at_once(square, anna):
    answer = forget(square, homepage="https://buy.example")
    assert (answer.status_code, ASKS in answer.content.decode()) == (429, True)


def test_who_is_tried_elsewhere_does_not_have_to_do_sums_at_home(anna):
    home = Square()
    home.post(IN, {"email": "anna@example.org", "password": PASSWORD})
    home.post("/de/abmelden/")
    for _ in range(LOGIN.person + 1):
        Square().post(IN, {"email": "anna@example.org", "password": "wrong"})
    assert ASKS in Square().post(IN, {"email": "anna@example.org", "password": PASSWORD}).content.decode()
    assert home.post(IN, {"email": "anna@example.org", "password": PASSWORD}).status_code == 302


def test_what_is_too_long_to_be_carried_is_dropped_and_the_form_comes_back(square, anna):
    crowd(square)
    page = forget(square, more="x" * 200_000).content.decode()
    assert "turnstile-carried" in page
    assert len(page) < 100_000
    answer = square.post(FORGOT, worked_out(page))
    assert answer.status_code == 200
    assert 'name="email"' in answer.content.decode()
