"""Before giving roles and the like, whoever logged in long ago shows again that it is her."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dorfplatz.members.models import RoleGrant
from tests.fixtures.people import PASSWORD, square_of

ROLES = "/de/einstellungen/rollen/"


@pytest.fixture
def form(person, kranenburg) -> dict[str, str]:
    person("Ben", home="niel")
    return {"email": "ben@example.org", "role": "editor", "area": str(kranenburg.village("niel").pk)}


@pytest.fixture
def later(at_eleven, admin, time_machine):
    """An admin's browser, twenty minutes after logging in."""
    square = square_of(admin)
    time_machine.move_to(at_eleven + timedelta(minutes=20), tick=False)
    return square


def given() -> int:
    return RoleGrant.objects.filter(role="editor", ended_at__isnull=True).count()


def test_within_a_quarter_of_an_hour_nobody_is_asked(at_eleven, admin, form, time_machine):
    square = square_of(admin)
    time_machine.move_to(at_eleven + timedelta(minutes=15), tick=False)
    assert square.post(ROLES, form).status_code == 302
    assert given() == 1


def test_later_the_password_is_asked_for_and_nothing_typed_is_lost(later, form):
    page = later.post(ROLES, form).content.decode()
    assert "Sind Sie es wirklich?" in page
    assert 'value="ben@example.org"' in page
    assert given() == 0
    assert later.post(ROLES, {**form, "prove-password": PASSWORD}).status_code == 302
    assert given() == 1


def test_looking_is_not_asked_about(later):
    assert "Sind Sie es wirklich?" not in later.page("einstellungen/rollen/")


def test_it_then_counts_for_another_quarter_of_an_hour(later, form):
    later.post(ROLES, {**form, "prove-password": PASSWORD})
    grant = RoleGrant.objects.get(role="editor")
    later.post(f"{ROLES}{grant.pk}/beenden/")
    assert given() == 0


def test_a_wrong_password_is_said_and_not_endlessly(later, form):
    for _ in range(10):
        page = later.post(ROLES, {**form, "prove-password": "wrong"}).content.decode()
        assert "Passwort stimmt nicht" in page
        assert 'value="wrong"' not in page
    assert "viele Versuche" in later.post(ROLES, {**form, "prove-password": PASSWORD}).content.decode()
    assert given() == 0


def test_who_only_looks_at_what_is_guarded_goes_on_to_it(later):
    address = "/de/meine-seite/zweiter-schritt/app/"
    assert "Sind Sie es wirklich?" in later.get(address).content.decode()
    answer = later.post(address, {"prove-password": PASSWORD, "prove-look": "1"})
    assert answer["Location"] == address
    assert "App einrichten" in later.get(address).content.decode()


def test_a_session_that_never_said_when_is_old(admin, form, kranenburg):
    square = square_of(admin)
    session = square.session
    del session["shown_at"]
    session.save()
    assert "Sind Sie es wirklich?" in square.post(ROLES, form).content.decode()
