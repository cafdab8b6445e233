"""The resident who does not exist: seen by nobody, asked for by machines."""

from __future__ import annotations

import pytest

from dorfplatz.jobs.models import Job
from dorfplatz.mail.models import Mail
from dorfplatz.members.decoys import decoy_code
from dorfplatz.members.enums import Role
from dorfplatz.members.tasks import mail_decoy
from tests.fixtures.kranenburg import Square
from tests.fixtures.people import square_of


@pytest.fixture
def page(kranenburg) -> str:
    return f"/de/mitglied/{decoy_code(kranenburg.municipality)}/"


def work() -> None:
    for job in Job.objects.filter(result__task_path__endswith="mail_decoy"):
        mail_decoy.func(**job.result.args_kwargs["kwargs"])


def test_the_list_of_neighbours_names_her_where_no_eye_looks(page, person, at_eleven):
    listed = square_of(person("Anna", home="niel")).page("nachbarn/")
    assert listed.count(page) == 1
    assert "<p hidden>" in listed[: listed.index(page)][-60:]


def test_who_asks_for_her_reads_no_more_pages_and_the_moderators_hear_of_it(page, person, at_eleven):
    machine, ben = person("Anna", home="niel"), person("Ben", home="niel")
    person("Mia", home="niel", language="nl", roles=[(Role.MODERATOR, "")])
    person("Zoe", home="zyfflich", roles=[(Role.CONNECTOR, "zyfflich")])
    square = square_of(machine)
    assert square.get(f"/de/mitglied/{ben.code}/").status_code == 200
    assert square.get(page).status_code == 404
    assert square.get(page).status_code == 404
    other = person("Carl", home="niel")
    assert square.get(f"/de/mitglied/{other.code}/").status_code == 429
    work()
    work()
    mail = Mail.objects.get()
    assert (mail.to, mail.language) == ("mia@example.org", "nl")
    assert "Anna" in mail.text
    assert f"/nl/lid/{machine.code}/" in mail.text


def test_a_visitor_is_told_nothing_and_told_of_without_a_name(page, person, at_eleven):
    person("Mia", home="niel", roles=[(Role.MODERATOR, "")])
    assert Square().get(page).status_code == 404
    work()
    assert "nicht angemeldet" in Mail.objects.get().text


def test_her_address_looks_like_everybodys(page, person, at_eleven):
    anna = person("Anna", home="niel")
    assert len(page) == len(f"/de/mitglied/{anna.code}/")
    mine, hers = Square().get("/de/mitglied/000000000000/"), Square().get(page)
    assert (mine.status_code, len(mine.content)) == (hers.status_code, len(hers.content))
