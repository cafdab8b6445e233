"""Mrs J. has no internet: her connector acts for her, as long as she agrees, and all of it is told and forgotten."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dorfplatz.journal.actions import record_act
from dorfplatz.journal.models import Act
from dorfplatz.kernel.verdict import Problem, Refused
from dorfplatz.members.actions import (
    Agreed,
    end_grant,
    end_mandate,
    give_mandate,
    hand_over_mandate,
    take_in_person,
)
from dorfplatz.members.enums import ConsentBy, Role
from dorfplatz.members.models import Identity, Mandate, RoleGrant
from dorfplatz.members.queries import acting_for
from dorfplatz.members.tasks import erase_without_consent
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


def test_when_she_takes_her_consent_back_all_about_her_goes_with_it_at_once(cast, mandate):
    with pytest.raises(Refused):
        end_mandate(mandate, by=cast.actor("anna"), now=NOW)
    his = cast.at_the_square("ben")
    assert "wird sofort alles über sie gelöscht" in his.page(f"einstellungen/ohne-internet/{mandate.pk}/beenden/")
    assert Identity.objects.filter(pk=mandate.person_id).exists(), "looking ends nothing"
    assert his.post(f"{PAGE}{mandate.pk}/beenden/").status_code == 302
    assert not Identity.objects.filter(name__startswith="Gerda").exists()
    assert not Mandate.objects.exists()
    assert Identity.objects.filter(name="Ben").exists()
    assert his.post(f"{PAGE}{mandate.pk}/beenden/").status_code == 404


def test_consent_that_has_run_out_erases_her_by_the_clock_with_her_number(cast, mandate, time_machine):
    give_mandate(
        mandate.person, consent=Agreed(ConsentBy.PHONE, "x", 30, phone="02826 123"), by=cast.actor("ben"), now=NOW
    )
    time_machine.move_to(NOW + timedelta(days=29), tick=False)
    erase_without_consent.call()
    assert Identity.objects.filter(pk=mandate.person_id).exists()
    time_machine.move_to(NOW + timedelta(days=30, minutes=1), tick=False)
    erase_without_consent.call()
    assert not Identity.objects.filter(pk=mandate.person_id).exists()
    assert not Mandate.objects.exists()


def test_handed_over_a_colleague_acts_with_her_number_and_asks_anew_within_a_month(cast, person, mandate):
    frauke = person("Frauke", home="niel", roles=[(Role.CONNECTOR, "niel")])
    renewed = Agreed(ConsentBy.PHONE, "Mitfahrt", 200, phone="02826 123")
    mine = give_mandate(mandate.person, consent=renewed, by=cast.actor("ben"), now=NOW)
    with pytest.raises(Problem):
        hand_over_mandate(mine, to=cast.anna, by=cast.actor("ben"), now=NOW)
    with pytest.raises(Refused):
        hand_over_mandate(mine, to=frauke, by=cast.actor("anna"), now=NOW)
    his = cast.at_the_square("ben")
    his.post(f"{PAGE}{mine.pk}/uebergeben/", {"to": frauke.pk})
    current = Mandate.objects.get(ended_at__isnull=True)
    assert (current.helper, current.phone, current.until) == (frauke, "02826 123", NOW + timedelta(days=30))
    assert not Mandate.objects.exclude(pk=current.pk).exclude(phone="").exists(), "he has no number any more"
    his.page("einstellungen/ohne-internet/")  # says so, once
    assert "Gerda Jansen" not in his.page("einstellungen/ohne-internet/")
    assert acting_for(mine.person_id, cast.actor("ben"), now=NOW) is None
    assert Identity.objects.filter(pk=mine.person_id).exists()


def test_the_same_form_sent_twice_takes_in_one(cast, kranenburg):
    home = kranenburg.village("niel")
    said = {"name": "Gerda", "home": home, "language": "de", "consent": CONSENT, "form_key": "a" * 16}
    first, second = (take_in_person(**said, by=cast.actor("ben"), now=NOW) for _ in range(2))
    assert first == second
    assert Identity.objects.filter(name="Gerda").count() == 1
