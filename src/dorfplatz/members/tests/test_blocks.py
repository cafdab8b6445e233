"""Between two people a block can stand: then neither sees the other, and the other cannot tell."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dorfplatz.kernel.actor import VISITOR
from dorfplatz.kernel.verdict import Problem, Refused
from dorfplatz.members.actions import block_member, erase_identity, unblock_member
from dorfplatz.members.models import Block, Identity, Joining, Look
from dorfplatz.members.policies import can_write_to
from dorfplatz.members.queries import actor_of_login
from dorfplatz.members.sockets import personal_data
from tests.fixtures.kranenburg import INSTALLER, NOW, Square
from tests.fixtures.people import actor, square_of


@pytest.fixture(autouse=True)
def clock(at_eleven):
    return at_eleven


@pytest.fixture
def otto(person):
    return person("Otto", home="niel")


@pytest.fixture
def minor(person):
    kim = person("Kim", home="niel")
    Joining.objects.create(identity=kim, is_minor=True, guardian="Greta", joined_at=NOW)
    return Identity.objects.get(pk=kim.pk)


def address(identity) -> str:
    return f"/de/mitglied/{identity.code}/"


def block(who, whom):
    return block_member(whom, by=actor(who), now=NOW)


def test_neighbours_see_a_members_name_and_village_and_nobody_else_does(cast, otto):
    page = cast.at_the_square("anna").page(f"mitglied/{otto.code}/")
    assert "<h1>Otto</h1>" in page
    assert "Niel" in page
    for nobody in ("visitor", "carla", "eve"):
        assert cast.at_the_square(nobody).get(address(otto)).status_code == 404, nobody
    assert "otto@example.org" not in page


def test_neither_sees_the_other_from_the_next_request_on(cast, otto):
    block(cast.anna, otto)
    for one, other in ((cast.anna, otto), (otto, cast.anna)):
        assert square_of(one).get(address(other)).status_code == 404


def test_who_is_blocked_gets_the_answer_of_a_person_who_has_left(cast, otto, person):
    gone = person("Gustav", home="niel")
    block(cast.anna, otto)
    here, away = cast.anna.code, gone.code
    erase_identity(gone, by=INSTALLER, now=NOW)
    his = square_of(otto)
    pages = {his.get(f"/de/mitglied/{code}/").content.decode().replace(code, "") for code in (here, away)}
    assert len(pages) == 1
    told = [dict(row) for name, part in personal_data.items() if name != "leaving" for row in part.rows(otto.pk)]
    assert "member.blocked" not in str(told)
    assert "Anna" not in str(told)


def test_a_block_holds_when_somebody_comes_back_with_the_same_address(cast, otto, person):
    block(cast.anna, otto)
    erase_identity(otto, by=INSTALLER, now=NOW)
    assert Block.objects.get().whom is None
    assert "jemand, der gegangen ist" in cast.at_the_square("anna").page("meine-seite/blockiert/")
    again = person("Ottokar", home="niel", email="OTTO@example.org")
    assert Block.objects.get().whom == again
    assert square_of(again).get(address(cast.anna)).status_code == 404


def test_a_block_is_asked_for_on_the_members_page_and_taken_back_on_ones_own(cast, otto):
    hers = cast.at_the_square("anna")
    page = hers.page(f"mitglied/{otto.code}/")
    assert f"/de/mitglied/{otto.code}/blockieren/" in page
    assert "Otto blockieren?" in hers.page(f"mitglied/{otto.code}/blockieren/")
    answer = hers.post(address(otto) + "blockieren/", follow=True)
    assert "Otto und Sie sehen einander nicht mehr." in answer.content.decode()
    foreign = square_of(otto).post(f"/de/meine-seite/blockiert/{Block.objects.get().pk}/aufheben/")
    assert foreign.status_code == 404
    hers.post(f"/de/meine-seite/blockiert/{Block.objects.get().pk}/aufheben/")
    assert not Block.objects.exists()
    assert hers.get(address(otto)).status_code == 200


def test_nobody_blocks_herself_twice_the_same_or_for_another(cast, otto):
    with pytest.raises(Problem):
        block(cast.anna, cast.anna)
    assert block(cast.anna, otto) == block(cast.anna, otto)
    with pytest.raises(Refused):
        unblock_member(Block.objects.get(), by=actor(otto), now=NOW)
    with pytest.raises(Refused):
        block_member(otto, by=VISITOR, now=NOW)
    assert cast.at_the_square("anna").get(address(cast.anna) + "blockieren/").status_code == 404


def test_a_person_with_blocks_and_without_costs_the_same_three_queries(cast, otto, django_assert_num_queries):
    for number in range(3):
        block(cast.anna, Identity.objects.create(name=f"N{number}", created_at=NOW))
    for identity in (otto, cast.anna):
        with django_assert_num_queries(3):
            viewer = actor_of_login(identity.login)
        assert len(viewer.apart_from) == (3 if identity == cast.anna else 0)


def test_who_is_under_sixteen_is_seen_by_those_who_look_after_the_village_only(cast, minor):
    assert actor(minor).is_minor
    assert actor_of_login(minor.login).is_minor
    for who, status in (("anna", 404), ("ben", 200), ("visitor", 404), ("carla", 404), ("admin", 404)):
        assert cast.at_the_square(who).get(address(minor)).status_code == status, who
    assert square_of(minor).get(address(minor)).status_code == 200
    assert Look.objects.get(identity=minor).by == cast.ben


def test_no_stranger_begins_a_letter_to_somebody_under_sixteen(cast, minor, person):
    mia = person("Mia", home="zyfflich")
    Joining.objects.create(identity=mia, is_minor=True, guardian="Max", joined_at=NOW)
    may = {
        "anna": bool(can_write_to(cast.actor("anna"), minor)),
        "admin": bool(can_write_to(cast.actor("admin"), minor)),
        "ben": bool(can_write_to(cast.actor("ben"), minor)),
        "mia": bool(can_write_to(actor(mia), minor)),
        "to anna": bool(can_write_to(actor(minor), cast.anna)),
        "to ben": bool(can_write_to(actor(minor), cast.ben)),
    }
    assert may == {"anna": False, "admin": False, "ben": True, "mia": True, "to anna": False, "to ben": True}


def test_a_letter_across_a_block_is_refused_as_to_somebody_who_has_left(cast, otto):
    assert can_write_to(actor(otto), cast.anna)
    block(cast.anna, otto)
    blocked = can_write_to(actor(otto), Identity.objects.get(pk=cast.anna.pk))
    assert not blocked
    assert blocked.reason == can_write_to(actor(otto), cast.eve).reason
    assert not can_write_to(cast.actor("anna"), otto)
    assert not can_write_to(VISITOR, otto)
    Identity.objects.filter(pk=cast.dirk.pk).update(is_known=False)
    assert not can_write_to(cast.actor("dirk"), cast.ben)


def test_the_list_is_for_its_owner_and_says_so_when_it_is_empty(cast):
    assert "Sie haben niemanden blockiert." in cast.at_the_square("anna").page("meine-seite/blockiert/")
    assert "U hebt niemand geblokkeerd." in cast.at_the_square("anna", "nl").page("mijn-pagina/geblokkeerd/")
    assert Square().get("/de/meine-seite/blockiert/").status_code == 302


def test_a_block_of_somebody_without_an_address_goes_with_that_person(cast):
    silent = Identity.objects.create(name="Ohne Post", created_at=NOW - timedelta(days=1))
    block(cast.anna, silent)
    erase_identity(silent, by=INSTALLER, now=NOW)
    assert not Block.objects.exists()
