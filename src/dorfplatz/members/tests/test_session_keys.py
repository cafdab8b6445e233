"""A planted session key opens nothing: at each way in, and whenever a session may do more or less than before."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session

from dorfplatz.mail.models import Mail
from dorfplatz.members.actions import create_invitation, make_cards, take_in_person
from dorfplatz.members.enums import Role
from dorfplatz.members.models import JoiningRule
from dorfplatz.members.tasks import mail_joining_link
from dorfplatz.members.tests import test_mailed_codes as by_code
from dorfplatz.members.tests.test_mandates import CONSENT
from dorfplatz.members.tests.test_second_step import code_of
from tests.fixtures.kranenburg import INSTALLER, NOW, Square
from tests.fixtures.people import PASSWORD, square_of

SOURCE = Path(__file__).parents[1]
NELE = {"name": "Nele Neu", "email": "nele@example.org", "password": "nine villages one square", "age": "older",
        "agreed": "on", "home": "niel", "language": "de"}  # fmt: skip


@pytest.fixture(autouse=True)
def clock(at_eleven):
    return at_eleven


def join_at(square: Square, address: str) -> None:
    page = square.get(address).content.decode()
    seen = re.findall(r'name="seen" value="([0-9a-f]+)"', page)
    square.post(address, {**NELE, "seen": seen[0] if seen else ""})


def password(square, cast, kranenburg):
    square.post("/de/anmelden/", {"email": "anna@example.org", "password": PASSWORD})


def mailed_code(square, cast, kranenburg):
    by_code.ask(square)
    square.post(by_code.PAGE, {"code": by_code.mailed()})


def card(square, cast, kranenburg):
    _batch, codes = make_cards(kranenburg.village("niel"), count=1, uses=1, lasts_days=9, by=INSTALLER, now=NOW)
    join_at(square, f"/de/mitmachen/{codes[0]}/")


def invitation(square, cast, kranenburg):
    area = kranenburg.village("niel")
    invited = create_invitation(email="nele@example.org", role=Role.EDITOR, area=area, by=INSTALLER, now=NOW)
    join_at(square, f"/de/mitmachen/{invited[1]}/")


def mailed_link(square, cast, kranenburg):
    JoiningRule.objects.create(municipality=kranenburg.municipality, by_mail=True)
    mail_joining_link.call("nele@example.org", kranenburg.municipality.pk, "de")
    link = next(word for word in Mail.objects.latest("pk").text.split() if "mitmachen-per-mail" in word)
    join_at(square, "/" + link.split("/", 3)[3])


def plant(square: Square) -> str:
    """The session of somebody who has been at this browser before, and knows its key."""
    session = square.session
    session["planted"] = "1"
    session.save()
    square.cookies["session"] = key = session.session_key
    return key


def require_in_with_another_key(square: Square, planted: str) -> None:
    assert square.get("/de/meine-seite/").status_code == 200
    assert square.cookies["session"].value != planted
    assert not Session.objects.filter(pk=planted).exists()


def require_signing_out_to_work(come_in: Callable[[Square], object]) -> None:
    """On one device the session is gone, for who has read its key too; everywhere, all are, in one request."""
    here, there = Square(), Square()
    for square in (here, there):
        come_in(square)
        assert square.get("/de/meine-seite/").status_code == 200
    read = here.cookies["session"].value
    here.post("/de/abmelden/")
    assert not Session.objects.filter(pk=read).exists()
    here.cookies["session"] = read
    assert here.get("/de/meine-seite/").status_code == 302
    assert there.get("/de/meine-seite/").status_code == 200
    come_in(third := Square())
    third.post("/de/meine-seite/ueberall-abmelden/")
    assert there.get("/de/meine-seite/").status_code == 302


def test_with_a_password_one_signs_out_here_and_everywhere(cast):
    require_signing_out_to_work(lambda square: password(square, cast, None))


@pytest.mark.parametrize(
    "come_in", [password, mailed_code, card, invitation, mailed_link], ids=lambda way: way.__name__
)
def test_whoever_comes_in_gets_another_session_than_the_one_that_was_planted(square, cast, kranenburg, come_in):
    planted = plant(square)
    come_in(square, cast, kranenburg)
    require_in_with_another_key(square, planted)


def test_a_key_that_nobody_gave_out_is_not_taken(square, cast):
    square.cookies["session"] = "a" * 32
    password(square, cast, None)
    assert square.cookies["session"].value != "a" * 32


def test_there_is_one_way_in_and_all_lead_through_it():
    begun = [path.name for path in SOURCE.rglob("*.py") if "begin_session(" in path.read_text()]
    assert sorted(begun) == ["entering.py", Path(__file__).name]


def proves(square, cast, kranenburg, time_machine):
    time_machine.move_to(NOW + timedelta(minutes=20), tick=False)
    square.post("/de/einstellungen/rollen/", {"prove-password": PASSWORD})


def acts(square, cast, kranenburg, time_machine):
    home = kranenburg.village("niel")
    by = cast.actor("ben")
    mandate = take_in_person(name="Gerda Jansen", home=home, language="de", consent=CONSENT, by=by, now=NOW)
    square.post(f"/de/einstellungen/ohne-internet/{mandate.pk}/handeln/")


def acts_and_stops(square, cast, kranenburg, time_machine):
    acts(square, cast, kranenburg, time_machine)
    square.post("/de/wieder-ich/")


def takes_a_role(square, cast, kranenburg, time_machine):
    area = kranenburg.village("niel")
    invited = create_invitation(email="ben@example.org", role=Role.EDITOR, area=area, by=INSTALLER, now=NOW)
    square.post(f"/de/mitmachen/{invited[1]}/")


def adds_a_second_step(square, cast, kranenburg, time_machine):
    page = square.get("/de/meine-seite/zweiter-schritt/app/").content.decode()
    secret = re.findall(r'qr-address">([A-Z2-7 ]+)<', page)[0].replace(" ", "")
    square.post("/de/meine-seite/zweiter-schritt/app/", {"code": code_of(secret, NOW)})


@pytest.mark.parametrize(
    ("who", "change"),
    [("admin", proves), ("ben", acts), ("ben", acts_and_stops), ("ben", takes_a_role), ("anna", adds_a_second_step)],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_a_session_that_may_do_more_has_another_key_and_goes_on(cast, kranenburg, time_machine, who, change):
    square = square_of(getattr(cast, who))
    before = square.cookies["session"].value
    change(square, cast, kranenburg, time_machine)
    after = square.cookies["session"].value
    assert after != before
    assert not Session.objects.filter(pk=before).exists()
    assert "/de/anmelden/" not in square.get("/de/meine-seite/").headers.get("Location", "")
    other = Square()
    other.cookies["session"] = before
    assert other.get("/de/meine-seite/")["Location"].startswith("/de/anmelden/")
