"""Second steps of logging in: set up, asked for, used once, removed; and roles that rest without one."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.management import call_command

from dorfplatz.journal.models import Act
from dorfplatz.members.enums import Role
from dorfplatz.members.models import Identity, Login
from dorfplatz.members.sockets import personal_data
from tests.fixtures.kranenburg import Square
from tests.fixtures.people import PASSWORD, just_come_in, square_of

PAGE = "/de/meine-seite/zweiter-schritt/"
STEP = "/de/anmelden/zweiter-schritt/"


def code_of(secret: str, at, *, steps: int = 0) -> str:
    """What an app shows, worked out as RFC 6238 says."""
    return format_hotp_value(hotp_value(secret, int(at.timestamp()) // 30 + steps))


def set_up(square: Square, at) -> tuple[str, list[str]]:
    """Set up an app on one's own page; its secret and the spare codes shown."""
    page = square.get(f"{PAGE}app/").content.decode()
    found = re.search(r'qr-address">([A-Z2-7 ]+)<', page)
    assert found
    secret = found[1].replace(" ", "")
    codes = square.post(f"{PAGE}app/", {"code": code_of(secret, at)}).content.decode()
    return secret, re.findall(r"<li>(\d{4} \d{4})</li>", codes)


def first_step(email: str = "anna@example.org", **more) -> Square:
    square = Square()
    square.first = square.post("/de/anmelden/", {"email": email, "password": PASSWORD, **more})
    return square


@pytest.fixture
def anna(person, at_eleven) -> Identity:
    return person("Anna", home="niel")


@pytest.fixture
def ben(person, at_eleven) -> Identity:
    return person("Ben", home="niel", roles=[(Role.CONNECTOR, "niel")])


def test_with_an_app_the_password_alone_lets_nobody_in(anna, at_eleven):
    secret, codes = set_up(square_of(anna), at_eleven)
    assert len(set(codes)) == 10
    square = first_step(next="/de/doerfer/")
    assert square.first["Location"] == STEP
    assert square.get("/de/meine-seite/").status_code == 302
    answer = square.post(STEP, {"code": code_of(secret, at_eleven, steps=1)})
    assert answer["Location"] == "/de/doerfer/"
    assert square.get("/de/meine-seite/").status_code == 200


def test_the_session_is_another_after_each_step(anna, at_eleven):
    secret, _codes = set_up(square_of(anna), at_eleven)
    square = Square()
    session = square.session
    session["seen"] = 1
    session.save()
    keys = [square.cookies["session"].value]
    square.post("/de/anmelden/", {"email": "anna@example.org", "password": PASSWORD})
    keys.append(square.cookies["session"].value)
    square.post(STEP, {"code": code_of(secret, at_eleven, steps=1)})
    keys.append(square.cookies["session"].value)
    assert len(set(keys)) == 3


def test_a_code_opens_once_and_an_old_one_not_at_all(anna, at_eleven):
    secret, _codes = set_up(square_of(anna), at_eleven)
    code = code_of(secret, at_eleven, steps=1)
    first_step().post(STEP, {"code": code})
    again = first_step()
    assert "schon benutzt" in again.post(STEP, {"code": code}).content.decode()
    assert again.post(STEP, {"code": code_of(secret, at_eleven, steps=-2)}).status_code == 200
    assert again.get("/de/meine-seite/").status_code == 302


def test_a_spare_code_opens_once_however_it_is_typed(anna, at_eleven):
    _secret, codes = set_up(square_of(anna), at_eleven)
    square = first_step()
    assert square.post(STEP, {"code": codes[3].replace(" ", "-")}).status_code == 302
    assert first_step().post(STEP, {"code": codes[3]}).status_code == 200
    assert "9 Codes" in square.page("meine-seite/zweiter-schritt/")


@pytest.mark.parametrize("code", ["", "000000", "abcdef", "\u0663" * 6, "1" * 21, "12345\x00"])
def test_what_is_no_code_is_said_in_a_sentence(anna, at_eleven, code):
    set_up(square_of(anna), at_eleven)
    answer = first_step().post(STEP, {"code": code})
    assert answer.status_code == 200
    assert "field-error" in answer.content.decode()


def test_ten_guesses_then_even_the_right_code_waits(anna, at_eleven):
    secret, _codes = set_up(square_of(anna), at_eleven)
    square = first_step()
    for _ in range(10):
        square.post(STEP, {"code": "000000"})
    assert square.post(STEP, {"code": code_of(secret, at_eleven, steps=1)}).status_code == 429
    assert square.get("/de/meine-seite/").status_code == 302


@pytest.mark.parametrize("what", ["time", "password", "blocked", "everywhere"])
def test_the_first_step_does_not_count_for_ever(anna, at_eleven, time_machine, what):
    secret, _codes = set_up(square_of(anna), at_eleven)
    square = first_step()
    if what == "time":
        time_machine.move_to(at_eleven + timedelta(minutes=11), tick=False)
    elif what == "password":
        anna.login.set_password("nine villages one square")
        anna.login.save()
    elif what == "blocked":
        Identity.objects.update(is_blocked=True)
    else:
        Login.objects.update(sessions_since=7)
    assert square.post(STEP, {"code": code_of(secret, at_eleven, steps=1)})["Location"] == "/de/anmelden/"
    assert square.get("/de/meine-seite/").status_code == 302


def test_without_a_first_step_there_is_no_second(square):
    assert square.get(STEP)["Location"] == "/de/anmelden/"


def test_the_secret_stands_in_the_database_only_sealed(anna, at_eleven):
    secret, codes = set_up(square_of(anna), at_eleven)
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in kept
    assert codes[0].replace(" ", "") not in kept


def test_with_another_secret_key_old_codes_open_nothing(anna, at_eleven, settings):
    secret, codes = set_up(square_of(anna), at_eleven)
    settings.SECRET_KEY = "another"
    square = first_step()
    for code in (code_of(secret, at_eleven, steps=1), codes[0]):
        assert square.post(STEP, {"code": code}).status_code == 200
    assert square.get("/de/meine-seite/").status_code == 302


def test_removing_it_logs_out_elsewhere_and_takes_the_spare_codes_along(anna, at_eleven):
    here, there = square_of(anna), square_of(anna)
    set_up(here, at_eleven)
    here.post(f"{PAGE}{Authenticator.objects.get(type='totp').pk}/entfernen/")
    assert not Authenticator.objects.exists()
    assert here.get("/de/meine-seite/").status_code == 200
    assert there.get("/de/meine-seite/").status_code == 302
    assert first_step().first["Location"] == "/de/"
    assert list(Act.objects.filter(verb__startswith="login.factor").values_list("verb", flat=True)) == [
        "login.factor_added", "login.factor_removed",
    ]  # fmt: skip


def test_nobody_removes_anothers(anna, ben, at_eleven):
    set_up(square_of(anna), at_eleven)
    pk = Authenticator.objects.get(type="totp").pk
    assert square_of(ben).post(f"{PAGE}{pk}/entfernen/").status_code == 404
    assert Authenticator.objects.count() == 2


def test_new_spare_codes_make_the_old_ones_worthless(anna, at_eleven):
    square = square_of(anna)
    _secret, old = set_up(square, at_eleven)
    new = re.findall(r"<li>(\d{4} \d{4})</li>", square.post(f"{PAGE}ersatzcodes/").content.decode())
    assert len(new) == 10
    assert first_step().post(STEP, {"code": old[0]}).status_code == 200
    assert first_step().post(STEP, {"code": new[0]}).status_code == 302


def test_my_data_tells_of_it_without_the_secret(anna, at_eleven):
    secret, _codes = set_up(square_of(anna), at_eleven)
    rows = list(dict(personal_data.items())["factors"].rows(anna.pk))
    assert [row["type"] for row in rows] == ["totp", "recovery_codes"]
    assert secret not in str(rows)


def test_a_connector_without_a_second_step_is_led_to_it_and_is_a_plain_member_until_then(ben, at_eleven):
    square = first_step("ben@example.org", next="/de/einstellungen/einladungskarten/")
    assert square.first["Location"] == PAGE
    assert "ruht" in square.page("meine-seite/zweiter-schritt/")
    assert square.get("/de/einstellungen/einladungskarten/")["Location"] == PAGE
    assert square.get("/de/einstellungen/rollen/").status_code == 404
    set_up(square, at_eleven)
    assert square.get("/de/einstellungen/einladungskarten/").status_code == 200


def test_a_session_from_before_asks_for_the_code_when_the_role_is_used(ben, at_eleven):
    before = square_of(ben)
    just_come_in(before, factor="")
    session = before.session
    del session["factor"]
    session.save()
    secret, _codes = set_up(square_of(ben), at_eleven)
    assert before.get("/de/einstellungen/einladungskarten/")["Location"] == STEP
    answer = before.post(STEP, {"code": code_of(secret, at_eleven, steps=1)})
    assert answer["Location"] == "/de/einstellungen/einladungskarten/"
    assert before.get("/de/einstellungen/einladungskarten/").status_code == 200


def test_an_officer_without_a_second_step_reads_no_more_than_with_it(person):
    carla = person("Carla", home="niel", roles=[(Role.OFFICER, "")])
    secured, plain = square_of(carla), square_of(carla)
    session = plain.session
    del session["factor"]
    session.save()
    seen = [square.get("/de/doerfer/").wsgi_request.viewer.member_paths for square in (secured, plain)]
    assert seen[0] == seen[1] == ()


def test_an_editor_needs_none(person, at_eleven):
    person("Greta", home="niel", roles=[(Role.EDITOR, "niel")])
    assert first_step("greta@example.org").first["Location"] == "/de/"


def test_the_demonstration_is_exempt_in_its_own_municipality_only(ben, kranenburg, at_eleven):
    kranenburg.municipality.is_demonstration = True
    kranenburg.municipality.save()
    square = first_step("ben@example.org")
    assert square.first["Location"] == "/de/"
    assert square.get("/de/einstellungen/einladungskarten/").status_code == 200


def test_who_has_lost_everything_is_helped_at_the_machine(ben, at_eleven):
    square = square_of(ben)
    set_up(square, at_eleven)
    said = io.StringIO()
    call_command("forget_factors", "ben@example.org", stdout=said)
    assert "2" in said.getvalue()
    assert square.get("/de/meine-seite/").status_code == 302
    assert first_step("ben@example.org").first["Location"] == PAGE
    with pytest.raises(SystemExit):
        call_command("forget_factors", "nobody@example.org", stderr=io.StringIO())
