"""One's own page, and how a person comes to be."""

from __future__ import annotations

import pytest

from dorfplatz.journal.models import Act
from dorfplatz.kernel.actor import VISITOR
from dorfplatz.kernel.verdict import Problem, Refused
from dorfplatz.members.actions import change_identity, create_identity
from dorfplatz.members.models import Identity, Login
from tests.fixtures.kranenburg import INSTALLER, NOW
from tests.fixtures.people import PASSWORD, actor, square_of


@pytest.fixture
def anna(person) -> Identity:
    return person("Anna", home="niel")


def test_name_language_and_home_village_are_hers_to_change(anna, kranenburg, django_assert_max_num_queries):
    square = square_of(anna)
    with django_assert_max_num_queries(13):
        assert "Anna" in square.page("meine-seite/")
    form = {"name": "  Anna   van Niel ", "language": "nl", "home": "groesbeek"}
    assert "Gespeichert." in square.post("/de/meine-seite/", form, follow=True).content.decode()
    anna.refresh_from_db()
    assert (anna.name, anna.language, anna.home_area) == ("Anna van Niel", "nl", kranenburg.village("groesbeek"))
    assert "nichts geändert" in square.post("/de/meine-seite/", form, follow=True).content.decode()
    act = Act.objects.get(verb="identity.changed")
    assert act.details == {"fields": ["name", "language", "home_area_id"]}


@pytest.mark.parametrize("wrong", [{"name": ""}, {"name": "x" * 81}, {"language": "xx"}, {"home": "atlantis"}])
def test_what_cannot_be_used_is_said(anna, wrong):
    form = {"name": "Anna", "language": "de", "home": "niel", **wrong}
    assert 'role="alert"' in square_of(anna).post("/de/meine-seite/", form).content.decode()
    anna.refresh_from_db()
    assert anna.name == "Anna"


def test_nobody_changes_another(anna, person):
    for by in (VISITOR, actor(person("Otto"))):
        with pytest.raises(Refused):
            change_identity(anna, name="X", language="de", home_area=None, by=by, now=NOW)


def test_visitors_are_asked_to_log_in(square):
    for path in ("meine-seite/", "meine-seite/passwort/", "abmelden/"):
        assert square.get(f"/de/{path}")["Location"].startswith("/de/anmelden/?next=")


def test_people_are_made_by_the_system_only(db):
    with pytest.raises(Refused):
        create_identity(name="Anna", language="de", by=VISITOR, now=NOW)


def test_somebody_without_internet_has_no_login(db):
    person = create_identity(name="Frau J.", language="de", by=INSTALLER, now=NOW)
    assert person.login is None
    assert not Login.objects.exists()


def test_an_address_has_one_login_however_it_is_written(anna):
    with pytest.raises(Problem):
        create_identity(
            name="Anna zwei", language="de", email="ANNA@example.org", password=PASSWORD, by=INSTALLER, now=NOW
        )
    assert Identity.objects.count() == 1


def test_known_passwords_are_for_the_demonstration_only(db):
    values = {"name": "A", "language": "de", "email": "a@example.org", "password": "dorfplatz"}
    with pytest.raises(Problem):
        create_identity(**values, by=INSTALLER, now=NOW)
    assert create_identity(**values, is_demonstration=True, by=INSTALLER, now=NOW).login is not None


def test_nobody_becomes_a_neighbour_elsewhere_by_changing_her_own_page(anna, kranenburg, person):
    stranger = person("Fred")
    form = {"name": "Fred", "language": "de", "home": "niel"}
    assert "mit einer Karte" in square_of(stranger).post("/de/meine-seite/", form).content.decode()
    stranger.refresh_from_db()
    assert stranger.home_area is None
