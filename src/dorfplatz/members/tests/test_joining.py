"""Invitations: a link that works once."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.management import call_command

from dorfplatz.journal.models import Act
from dorfplatz.kernel.actor import VISITOR
from dorfplatz.kernel.verdict import Problem, Refused
from dorfplatz.members.actions import (
    Newcomer,
    accept_invitation,
    create_invitation,
    grant_role,
    settle_trust,
    withdraw_invitation,
)
from dorfplatz.members.enums import Role, WayIn
from dorfplatz.members.models import Identity, Invitation, Joining, RoleGrant
from dorfplatz.members.queries import code_hash
from tests.fixtures.kranenburg import INSTALLER, NOW, Square
from tests.fixtures.people import actor, square_of

PASSWORD = "nine villages one square"
JOIN = {"name": "Nele Neu", "password": PASSWORD, "language": "nl", "age": "older", "agreed": "on"}


def join(square, path, **said):
    """Fill in the page behind a link as it is shown, and send it."""
    seen = re.search(r'name="seen" value="(\w+)"', square.get(path).content.decode())
    return square.post(path, {**JOIN, "seen": seen[1] if seen else "", **said})


@pytest.fixture
def invite(kranenburg):
    def make(email: str = "nele@example.org", role: Role = Role.EDITOR, area=None, by=INSTALLER) -> str:
        where = area or kranenburg.village("niel")
        return create_invitation(email=email, role=role, area=where, by=by, now=NOW)[1]

    return make


@pytest.fixture(autouse=True)
def clock(at_eleven):
    return at_eleven


def test_who_is_invited_joins_with_a_few_details_and_is_in(square, invite):
    code = invite()
    assert "nele@example.org" in square.page(f"mitmachen/{code}/")
    answer = join(square, f"/de/mitmachen/{code}/")
    assert answer.status_code == 302
    assert "Guten Tag, Nele Neu!" in square.page("meine-seite/")
    nele = Identity.objects.get()
    assert (nele.language, str(nele.home_area)) == ("nl", "Niel")
    [grant] = nele.grants.all()
    assert (grant.role, grant.area.slug) == (Role.EDITOR, "niel")


def test_who_joins_by_invitation_says_yes_to_the_texts_of_that_day(square, invite):
    join(square, f"/de/mitmachen/{invite()}/")
    nele = Identity.objects.get()
    assert {(c.text.kind, c.language) for c in nele.consents.select_related("text")} == {
        ("rules", "nl"), ("privacy", "nl"),
    }  # fmt: skip
    assert (nele.joining.way, nele.joining.is_minor, nele.is_known) == (WayIn.INVITATION, False, True)
    settle_trust(nele, by=INSTALLER, now=NOW)
    assert Identity.objects.get().is_known


def test_what_one_is_invited_to_is_for_people_of_16_and_older(square, invite, kranenburg, person):
    code = invite()
    answer = join(square, f"/de/mitmachen/{code}/", age="younger")
    assert "ab 16" in answer.content.decode()
    assert not Identity.objects.exists()
    with pytest.raises(Problem, match="16"):
        accept_invitation(
            code, newcomer=Newcomer("x", "", PASSWORD, "de", guardian="Ida"), seen="", by=VISITOR, now=NOW,
            municipality=kranenburg.municipality,
        )  # fmt: skip
    otto = person("Nele")
    Joining.objects.create(identity=otto, is_minor=True, guardian="Ida", joined_at=NOW)
    square_of(otto).post(f"/de/mitmachen/{code}/")
    assert not RoleGrant.objects.exists()
    with pytest.raises(Problem, match="16"):
        grant_role(otto, role=Role.EDITOR, area=kranenburg.village("niel"), by=INSTALLER, now=NOW)


def test_a_code_works_once(square, invite, kranenburg):
    code = invite()
    join(square, f"/de/mitmachen/{code}/")
    assert Square().get(f"/de/mitmachen/{code}/").status_code == 410
    with pytest.raises(Problem):
        accept_invitation(
            code, newcomer=Newcomer("x", "", PASSWORD, "de"), seen="", municipality=kranenburg.municipality, by=VISITOR,
            now=NOW,
        )  # fmt: skip


def test_codes_used_late_withdrawn_and_made_up_get_the_same_page(square, invite, time_machine):
    used, late, withdrawn = invite("a@example.org"), invite("b@example.org"), invite("c@example.org")
    join(square, f"/de/mitmachen/{used}/")
    withdraw_invitation(Invitation.objects.get(email="c@example.org"), by=INSTALLER, now=NOW)
    visitor = Square()
    time_machine.move_to(NOW + timedelta(days=15), tick=False)
    pages = set()
    for code in (used, late, withdrawn, "made-up"):
        answer = visitor.get(f"/de/mitmachen/{code}/")
        assert answer.status_code == 410
        pages.add(answer.content.decode().replace(code, ""))
    assert len(pages) == 1


def test_only_the_hash_of_a_code_is_kept_and_it_has_more_than_128_bits(invite):
    code = invite()
    assert len(code) * 6 >= 128
    kept = Invitation.objects.get()
    assert kept.code_hash == code_hash(code)
    assert code not in str(vars(kept))
    assert code not in str(list(Act.objects.values()))


def test_guessing_is_counted_by_place(square):
    answers = [square.get(f"/de/mitmachen/guess-{n}/").status_code for n in range(32)]
    assert answers == [410] * 30 + [429] * 2


def test_a_new_invitation_replaces_the_one_before(square, invite):
    first, second = invite(), invite()
    assert square.get(f"/de/mitmachen/{first}/").status_code == 410
    assert square.get(f"/de/mitmachen/{second}/").status_code == 200


WRONG = [
    {"name": " "}, {"name": "x" * 81}, {"password": "short"}, {"language": "fr"}, {"age": ""}, {"age": "ninety"},
    {"agreed": ""}, {"seen": "other texts"},
]  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG)
def test_half_an_answer_leaves_the_invitation_open(square, invite, wrong):
    code = invite()
    answer = join(square, f"/de/mitmachen/{code}/", **wrong)
    assert answer.status_code == 200
    assert 'role="alert"' in answer.content.decode()
    assert not Identity.objects.exists()
    assert square.get(f"/de/mitmachen/{code}/").status_code == 200


def test_a_member_logs_in_and_says_yes(square, invite, person):
    nele = person("Nele")
    code = invite()
    page = square.page(f"mitmachen/{code}/")
    assert f"/de/anmelden/?next=%2Fde%2Fmitmachen%2F{code}%2F" in page
    assert 'name="password"' not in page
    assert square.post(f"/de/mitmachen/{code}/", JOIN).status_code in {200, 302}
    assert not nele.grants.exists()
    square_of(nele).post(f"/de/mitmachen/{code}/")
    assert nele.grants.get().role == Role.EDITOR


def test_another_member_cannot_take_it(invite, person):
    person("Nele")
    otto = person("Otto")
    code = invite()
    assert "Diese Einladung ist für nele@example.org" in square_of(otto).page(f"mitmachen/{code}/")
    square_of(otto).post(f"/de/mitmachen/{code}/")
    assert not RoleGrant.objects.exists()
    assert Invitation.objects.get().used_at is None


def test_who_may_not_give_the_role_cannot_invite_to_it(invite, admin, person, kranenburg):
    with pytest.raises(Refused):
        invite(by=actor(person("Otto")))
    with pytest.raises(Refused):
        invite(role=Role.OPERATOR, by=actor(admin))
    with pytest.raises(Refused):
        invite(area=kranenburg.village("groesbeek"), by=actor(admin))
    assert not Invitation.objects.exists()


def test_the_command_prints_a_link_that_works(square, capsys):
    call_command("invite", "ada@example.org", "--role", "admin")
    link = capsys.readouterr().out.strip()
    found = re.fullmatch(r"http://localhost(/de/mitmachen/\S+/)", link)
    assert found
    assert join(square, found[1]).status_code == 302
    assert RoleGrant.objects.get().area.kind == "municipality"


def test_the_command_takes_an_area(kranenburg, capsys):
    for area in ("niel", "kranenburg/zyfflich", "kranenburg"):
        call_command("invite", f"{area.replace('/', '.')}@example.org", "--role", "connector", "--area", area)
    assert [i.area.slug for i in Invitation.objects.order_by("pk")] == ["niel", "zyfflich", "kranenburg"]


@pytest.mark.parametrize(
    "arguments", [("no address", "--role", "admin"), ("a@example.org", "--role", "admin", "--area", "atlantis"),
                  ("a@example.org", "--role", "admin", "--area", "groesbeek")],
)  # fmt: skip
def test_the_command_ends_with_two_and_one_sentence(kranenburg, capsys, arguments):
    with pytest.raises(SystemExit) as ended:
        call_command("invite", *arguments)
    assert ended.value.code == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert not Invitation.objects.exists()


def test_the_command_without_a_municipality_says_how_to_begin(db, capsys):
    with pytest.raises(SystemExit):
        call_command("invite", "a@example.org", "--role", "admin")
    assert "dorfplatz setup" in capsys.readouterr().err
