"""What changes after joining: a card for one more village, consent given anew, and turning 16."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dorfplatz.kernel.verdict import Problem, Refused
from dorfplatz.members.actions import Agreed, come_of_age, make_cards, settle_with_card, take_in_person
from dorfplatz.members.enums import ConsentBy, Role, WayIn
from dorfplatz.members.models import Card, Consent, Joining, Mandate
from dorfplatz.members.policies import can_write_to
from dorfplatz.members.queries import acting_for, agreed_wordings
from dorfplatz.villages.legal import digest_of
from tests.fixtures.kranenburg import INSTALLER, NOW
from tests.fixtures.people import actor, square_of

pytestmark = pytest.mark.usefixtures("at_eleven")


@pytest.fixture
def ben(person):
    return person("Ben", roles=[(Role.CONNECTOR, "niel")])


@pytest.fixture
def card(kranenburg):
    """The code of a card of Niel, for two."""
    return make_cards(kranenburg.village("niel"), count=1, uses=2, lasts_days=30, by=INSTALLER, now=NOW)[1][0]


def settle(kranenburg, code, who):
    seen = digest_of(agreed_wordings(kranenburg.municipality))
    return settle_with_card(code, identity=who, seen=seen, municipality=kranenburg.municipality, by=actor(who), now=NOW)


def test_a_member_of_elsewhere_is_at_home_here_too_with_one_tick(kranenburg, person, card, square):
    lotte = person("Lotte")  # at home nowhere near
    assert not actor(lotte).belongs_to(kranenburg.village("niel").path)
    browser = square_of(lotte)
    address = f"/de/mitmachen/{card}/"
    page = browser.get(address).content.decode()
    assert "Auch in Niel zu Hause" in page
    assert "Passwort" not in page.split("<main")[1]
    seen = page.split('name="seen" value="')[1].split('"')[0]
    assert "zu Hause" in browser.post(address, {"agreed": "on", "seen": seen}, follow=True).content.decode()
    assert actor(lotte).belongs_to(kranenburg.village("niel").path)
    assert Card.objects.get().left == 1
    assert Consent.objects.filter(identity=lotte).count() == len(agreed_wordings(kranenburg.municipality))
    assert "Passwort" in square.get(address).content.decode().split("<main")[1]


def test_without_the_tick_nothing_happens(kranenburg, person, card):
    lotte = person("Lotte")
    square_of(lotte).post(f"/de/mitmachen/{card}/", {"seen": "x"})
    assert Card.objects.get().left == 2


def test_who_is_at_home_and_known_keeps_the_card_for_somebody_else(kranenburg, person, card):
    with pytest.raises(Problem):
        settle(kranenburg, card, person("Anna", home="niel"))
    assert Card.objects.get().left == 2


def test_a_newcomer_by_mail_is_known_by_her_card(kranenburg, person, card):
    nele = person("Nele", home="niel", is_known=False)
    Joining.objects.create(identity=nele, way=WayIn.MAIL, is_minor=False, joined_at=NOW)
    settle(kranenburg, card, nele)
    assert actor(nele).is_known


def test_a_card_is_used_for_oneself_only_and_not_too_often(kranenburg, person, card):
    lotte, anna = person("Lotte"), person("Anna")
    seen = digest_of(agreed_wordings(kranenburg.municipality))
    with pytest.raises(Refused):
        settle_with_card(card, identity=lotte, seen=seen, municipality=kranenburg.municipality, by=actor(anna), now=NOW)
    for who in (lotte, anna):
        settle(kranenburg, card, who)
    with pytest.raises(Problem):
        settle(kranenburg, card, person("Dritte"))


def test_consent_is_renewed_while_it_holds_and_not_any_more_once_it_has_run_out(kranenburg, ben, at_eleven):
    consent = Agreed(ConsentBy.PHONE, "Mitfahrt zum Arzt", 30)
    home, by = kranenburg.village("niel"), actor(ben)
    first = take_in_person(name="Gerda", home=home, language="de", consent=consent, by=by, now=NOW)
    browser = square_of(ben)
    address = f"/de/einstellungen/ohne-internet/{first.pk}/verlaengern/"
    Mandate.objects.filter(pk=first.pk).update(given_at=NOW - timedelta(days=40), until=NOW - timedelta(days=3))
    assert "Gerda" not in browser.page("einstellungen/ohne-internet/")
    assert browser.get(address).status_code == 404
    Mandate.objects.filter(pk=first.pk).update(until=NOW + timedelta(days=3))
    assert "Mitfahrt zum Arzt" in browser.get(address).content.decode()
    values = {"consent_by": "phone", "purpose": "Mitfahrt und Einkauf", "days": "90"}
    assert "handeln" in browser.post(address, values, follow=True).content.decode()
    assert acting_for(first.person_id, actor(ben), now=NOW + timedelta(days=80)) is not None
    assert Mandate.objects.filter(ended_at__isnull=True).get().purpose == "Mitfahrt und Einkauf"


def test_others_renew_nothing(kranenburg, ben, person):
    consent = Agreed(ConsentBy.PHONE, "Mitfahrt", 30)
    given = take_in_person(
        name="Gerda", home=kranenburg.village("niel"), language="de", consent=consent, by=actor(ben), now=NOW
    )
    ida = person("Ida", roles=[(Role.CONNECTOR, "niel")])
    assert square_of(ida).get(f"/de/einstellungen/ohne-internet/{given.pk}/verlaengern/").status_code == 404


@pytest.fixture
def mia(person):
    """Fifteen, and about to turn sixteen."""
    mia = person("Mia", home="niel")
    Joining.objects.create(identity=mia, is_minor=True, guardian="Greta", joined_at=NOW)
    return mia


def test_who_is_16_now_writes_and_is_written_to_like_others(mia, ben, person):
    anna = person("Anna", home="niel")
    assert not can_write_to(actor(anna), mia)
    browser = square_of(ben)
    assert "Ist Mia jetzt 16?" in browser.page(f"mitglied/{mia.code}/")
    browser.post(f"/de/mitglied/{mia.code}/ist-16/")
    mia.refresh_from_db()
    assert can_write_to(actor(anna), mia)
    assert Joining.objects.get(identity=mia).guardian == ""
    assert "Ist Mia jetzt 16?" not in browser.page(f"mitglied/{mia.code}/")


def test_nobody_says_it_of_herself_and_no_stranger_does(mia, person, admin):
    elsewhere = person("Ida", roles=[(Role.CONNECTOR, "zyfflich")])
    for by in (mia, person("Anna", home="niel"), elsewhere, admin):
        with pytest.raises(Refused):
            come_of_age(mia, by=actor(by), now=NOW)
    assert actor(mia).is_minor
    assert "Sind Sie jetzt 16?" in square_of(mia).page("meine-seite/profil/")
