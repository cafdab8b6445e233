"""What the staff does: never by a password alone, and the gravest only by who has just shown that it is she."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dorfplatz.letters.actions import write_letter
from dorfplatz.members.enums import Role
from dorfplatz.moderation.actions import Said, receive_report
from dorfplatz.operations.routes import routes
from tests.architecture.test_access import address_of
from tests.fixtures.kranenburg import NOW
from tests.fixtures.people import PASSWORD, just_come_in, square_of

# What is asked for once more after a quarter of an hour. A person reads each change of this list.
ROLE_CHANGES = {"members:roles", "members:end_role", "members:withdraw", "members:bundle"}
WAYS_IN = {"members:add_passkey", "members:set_up_app", "members:spare_codes", "members:remove_factor",
           "members:link_provider", "members:unlink_provider"}  # fmt: skip
# These ask for the password each time, however fresh the login: what is handed out or ended is everything.
EACH_TIME = {"members:own_data", "members:leave"}
ASKS = "Sind Sie es wirklich?"


def staff_addresses() -> list[tuple[str, str]]:
    return [(r.name, address_of(r.pattern)) for r in routes() if r.access and r.access.who == "capability"]


def test_no_address_of_the_staff_opens_without_the_second_step(person, at_eleven):
    by_password, by_both = (square_of(person(name, home="niel", roles=[(Role.ADMIN, "")])) for name in ("Ada", "Bo"))
    just_come_in(by_password, factor="")
    session = by_password.session
    del session["factor"]
    session.save()
    opened, led_on, asked = [], 0, staff_addresses()
    for name, address in asked:
        for method in ("get", "post"):
            answer = getattr(by_password, method)(address)
            leads_on = answer.status_code == 302 and "/zweiter-schritt/" in answer["Location"]
            led_on += leads_on
            if not leads_on and answer.status_code != 404:
                opened.append(f"{method} {name}: {answer.status_code}")
    assert not opened, "\n".join(opened)
    assert led_on > len(asked) >= 50
    assert by_both.get("/de/moderation/").status_code == 200


def test_the_gravest_is_asked_for_again_after_a_quarter_of_an_hour(admin, time_machine, at_eleven):
    square = square_of(admin)
    time_machine.move_to(at_eleven + timedelta(minutes=16), tick=False)
    found = set()
    for route in routes():
        if route.access and route.access.who != "anyone" and route.name not in {"members:logout", "members:everywhere"}:
            answers = [square.post(address_of(route.pattern))]
            if answers[0].status_code == 405:
                answers.append(square.get(address_of(route.pattern)))
            found |= {route.name for answer in answers if ASKS in answer.content.decode(errors="replace")}
    assert found == ROLE_CHANGES | WAYS_IN


@pytest.mark.parametrize("path", ["meine-seite/meine-daten/", "meine-seite/verlassen/"])
def test_all_of_ones_data_and_the_farewell_need_the_password_each_time(admin, at_eleven, path):
    answer = square_of(admin).post(f"/de/{path}", {"password": "not hers"})
    assert answer.status_code in {200, 422, 429}
    assert 'role="alert"' in answer.content.decode()
    assert len(EACH_TIME) == 2


def test_one_request_ends_all_sessions(admin, at_eleven):
    first, second, third = (square_of(admin) for _ in range(3))
    first.post("/de/meine-seite/ueberall-abmelden/")
    for square in (first, second, third):
        assert square.get("/de/meine-seite/")["Location"].startswith("/de/anmelden/")


def test_a_reported_letter_is_read_only_by_who_has_just_shown_that_it_is_she(cast, kranenburg, time_machine, at_eleven):
    letter = write_letter(cast.dirk, text="Nur für Dirk.", form_key="letter", by=cast.actor("anna"), now=NOW)
    report = receive_report(
        f"letter:{letter.pk}", said=Said("rude", "Das ist grob.", "nl"), municipality=kranenburg.municipality,
        form_key="r" * 32, by=cast.actor("dirk"), now=NOW,
    )  # fmt: skip
    ben, address = cast.at_the_square("ben"), f"/de/moderation/{report.case_id}/"
    assert "Nur für Dirk." in ben.get(address).content.decode()
    time_machine.move_to(at_eleven + timedelta(minutes=16), tick=False)
    asked = ben.get(address).content.decode()
    assert ASKS in asked
    assert "Nur für Dirk." not in asked
    assert "Nur für Dirk." not in ben.get("/de/moderation/").content.decode()
    shown = ben.post(address, {"prove-look": "1", "prove-password": PASSWORD}, follow=True)
    assert "Nur für Dirk." in shown.content.decode()
