"""Mrs J. has no internet: her connector acts for her, as long as she agrees, and all of it is told and forgotten."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dorfplatz.journal.actions import record_act
from dorfplatz.journal.models import Act
from dorfplatz.kernel.verdict import Problem, Refused
from dorfplatz.members.actions import Agreed, end_grant, end_mandate, give_mandate, take_in_person
from dorfplatz.members.enums import ConsentBy
from dorfplatz.members.models import Identity, Mandate, RoleGrant
from dorfplatz.members.queries import acting_for
from dorfplatz.members.tasks import erase_those_who_left
from tests.fixtures.kranenburg import INSTALLER, NOW

CONSENT = Agreed(ConsentBy.PHONE, "sucht eine Mitfahrt zum Arzt", 30)
PAGE = "/de/einstellungen/ohne-internet/"
SAID = {"name": "Gerda Jansen", "village": "niel", "consent_by": "phone", "purpose": "Mitfahrt", "days": "30",
        "language": "de"}  # fmt: skip


@pytest.fixture(autouse=True)
def clock(at_eleven):
    return at_eleven


@pytest.fixture
def mandate(cast, kranenburg):
    return take_in_person(
        name="Gerda Jansen", home=kranenburg.village("niel"), language="de", consent=CONSENT, by=cast.actor("ben"),
        now=NOW,
    )  # fmt: skip


def test_a_connector_takes_in_somebody_and_writes_in_her_name_until_she_is_herself_again(cast):
    his = cast.at_the_square("ben")
    his.post(PAGE, SAID)
    mandate = Mandate.objects.get()
    assert (mandate.person.login, mandate.person.home_area.slug, mandate.helper) == (None, "niel", cast.ben)
    assert "Gerda Jansen" in his.page("einstellungen/ohne-internet/")
    his.post(f"{PAGE}{mandate.pk}/handeln/")
    assert "Sie schreiben für Gerda Jansen." in his.page("mitmachen/")
    assert his.get(PAGE).status_code == 404
    answer = his.post("/de/wieder-ich/", follow=True)
    assert "Sie handeln wieder für sich selbst." in answer.content.decode()
    assert "Sie schreiben für" not in his.page("mitmachen/")


def test_what_is_done_is_hers_and_the_journal_says_by_whose_hand_and_for_whom(cast, mandate):
    gerda = mandate.person
    hand = acting_for(gerda.pk, cast.actor("ben"), now=NOW)
    assert (hand.identity_id, hand.hand_id, hand.grants) == (gerda.pk, cast.ben.pk, ())
    assert hand.belongs_to(str(gerda.home_area.path))
    record_act("thing.done", by=hand, now=NOW, thing="thing:1")
    act = Act.objects.order_by("number").last()
    assert (act.actor_id, act.details["for"]) == (cast.ben.pk, gerda.pk)


def test_nobody_else_acts_for_her_and_nobody_after_it_has_ended(cast, mandate, kranenburg):
    gerda = mandate.person_id
    for who in ("anna", "admin", "carla", "visitor"):
        assert acting_for(gerda, cast.actor(who), now=NOW) is None, who
        assert cast.at_the_square(who).post(f"{PAGE}{mandate.pk}/handeln/").status_code in (302, 404)
    assert acting_for(gerda, cast.actor("ben"), now=NOW + timedelta(days=31)) is None
    his = cast.at_the_square("ben")
    his.post(f"{PAGE}{mandate.pk}/handeln/")
    for grant in RoleGrant.objects.filter(identity=cast.ben):
        end_grant(grant, by=INSTALLER, now=NOW)
    assert "Sie schreiben für" not in his.page("mitmachen/")
    with pytest.raises(Refused):
        take_in_person(
            name="Neu", home=kranenburg.village("nuetterden"), language="de", consent=CONSENT, by=cast.actor("ben"),
            now=NOW,
        )  # fmt: skip


def test_acting_lasts_an_hour_at_most(cast, mandate, time_machine):
    his = cast.at_the_square("ben")
    his.post(f"{PAGE}{mandate.pk}/handeln/")
    time_machine.move_to(NOW + timedelta(minutes=61), tick=False)
    assert "Sie schreiben für" not in his.page("mitmachen/")


def test_consent_is_written_down_and_wanted(cast, mandate, kranenburg):
    for wrong in (Agreed(ConsentBy.PHONE, " ", 30), Agreed(ConsentBy.PHONE, "x", 0), Agreed(ConsentBy.PHONE, "x", 999)):
        with pytest.raises(Problem):
            give_mandate(mandate.person, consent=wrong, by=cast.actor("ben"), now=NOW)
    with pytest.raises(Problem):
        give_mandate(cast.anna, consent=CONSENT, by=cast.actor("ben"), now=NOW)
    again = give_mandate(mandate.person, consent=Agreed(ConsentBy.WRITTEN, "mehr", 90), by=cast.actor("ben"), now=NOW)
    assert list(Mandate.objects.filter(ended_at__isnull=True)) == [again]
    assert cast.at_the_square("ben").post(PAGE, {**SAID, "purpose": ""}).status_code == 200


def test_a_month_after_nobody_acts_for_her_any_more_she_is_forgotten(cast, mandate, time_machine):
    with pytest.raises(Refused):
        end_mandate(mandate, by=cast.actor("anna"), now=NOW)
    assert cast.at_the_square("ben").post(f"{PAGE}{mandate.pk}/beenden/").status_code == 302
    time_machine.move_to(NOW + timedelta(days=29), tick=False)
    erase_those_who_left.call()
    assert Identity.objects.filter(pk=mandate.person_id).exists()
    time_machine.move_to(NOW + timedelta(days=31), tick=False)
    erase_those_who_left.call()
    assert not Identity.objects.filter(name__startswith="Gerda").exists()
    assert Identity.objects.filter(name="Ben").exists()


def test_time_that_has_run_out_counts_like_an_end(cast, mandate, time_machine):
    time_machine.move_to(NOW + timedelta(days=59), tick=False)
    erase_those_who_left.call()
    assert Identity.objects.filter(pk=mandate.person_id).exists()
    time_machine.move_to(NOW + timedelta(days=61), tick=False)
    erase_those_who_left.call()
    assert not Identity.objects.filter(pk=mandate.person_id).exists()
