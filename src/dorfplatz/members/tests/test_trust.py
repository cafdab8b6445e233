"""Being known: by a card, a connector's word, an organisation's, or that of two neighbours; and losing it again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dorfplatz.kernel.verdict import Problem, Refused
from dorfplatz.mail.models import Mail
from dorfplatz.members.actions import (
    allow_joining_by_mail,
    ask_again,
    change_homes,
    make_cards,
    vouch_for,
    withdraw_cards,
    withdraw_word,
)
from dorfplatz.members.actions.newcomers import LINK_LASTS, joining_token
from dorfplatz.members.enums import WayIn, WordAs
from dorfplatz.members.models import CardBatch, Identity, Joining, Vouch
from dorfplatz.members.sockets import Backer
from dorfplatz.members.tasks import mail_joining_link
from dorfplatz.members.tests.test_cards import join, seen_in
from tests.fixtures.kranenburg import INSTALLER, NOW, Square
from tests.fixtures.people import actor, square_of

LATER = NOW + timedelta(days=20)


@pytest.fixture(autouse=True)
def clock(at_eleven):
    return at_eleven


@pytest.fixture
def newcomer(person):
    def make(name: str = "Nele", home: str = "niel") -> Identity:
        identity = person(name, home=home)
        Joining.objects.create(identity=identity, way=WayIn.MAIL, is_minor=False, joined_at=NOW)
        Identity.objects.filter(pk=identity.pk).update(is_known=False)
        return Identity.objects.get(pk=identity.pk)

    return make


def say(who, whom, now=LATER, **more) -> Vouch:
    return vouch_for(whom, by=actor(who), now=now, **more)


def is_known(identity) -> bool:
    return Identity.objects.get(pk=identity.pk).is_known


def test_who_is_not_known_reads_what_is_public_and_is_nobodys_neighbour_yet(cast, newcomer):
    nele = newcomer()
    viewer = actor(nele)
    assert not viewer.is_known
    assert viewer.member_paths == ()
    assert viewer.is_newcomer_in(str(nele.home_area.path))
    assert square_of(nele).get(f"/de/mitglied/{cast.anna.code}/").status_code == 404
    assert "Neu hier, noch nicht bekannt" in cast.at_the_square("anna").page(f"mitglied/{nele.code}/")


def test_one_word_of_a_connector_is_enough_and_stands_on_her_page(cast, newcomer):
    nele = newcomer()
    his = cast.at_the_square("ben")
    assert "Nele" in his.page("einstellungen/neue/")
    assert "Kennen Sie Nele?" in his.page(f"mitglied/{nele.code}/")
    answer = his.post(f"/de/mitglied/{nele.code}/wort/", follow=True)
    assert "Nele gilt jetzt als bekannt." in answer.content.decode()
    assert is_known(nele)
    assert "Bekannt durch Ben, Niel" in cast.at_the_square("anna").page(f"mitglied/{nele.code}/")
    assert "Bekend via Ben, Niel" in cast.at_the_square("anna", "nl").page(f"lid/{nele.code}/")
    assert "Niemand wartet." in his.page("einstellungen/neue/")
    assert actor(nele).belongs_to(str(nele.home_area.path))


def test_of_neighbours_it_takes_two(cast, newcomer):
    nele = newcomer()
    assert say(cast.anna, nele).given_as == WordAs.NEIGHBOUR
    assert not is_known(nele)
    say(cast.anna, nele)
    assert Vouch.objects.count() == 1
    say(cast.dirk, nele)
    assert is_known(nele)


def test_neighbours_known_by_each_others_word_are_no_two(cast, newcomer, person):
    nele, otto = newcomer(), newcomer("Otto")
    say(cast.anna, otto)
    say(cast.dirk, otto)
    late = LATER + timedelta(days=20)
    say(cast.anna, nele, now=late)
    say(otto, nele, now=late)
    assert not is_known(nele)
    say(person("Uli", home="niel"), nele, now=late)
    assert is_known(nele)


def test_a_neighbour_gives_a_word_after_a_week_and_for_five_people_a_month(cast, newcomer):
    others = [newcomer(f"N{number}") for number in range(7)]
    with pytest.raises(Problem, match="einer Woche"):
        say(cast.anna, others[0], now=NOW + timedelta(days=6))
    for other in others[:5]:
        say(cast.anna, other)
    with pytest.raises(Problem, match="viele"):
        say(cast.anna, others[5])
    say(cast.anna, others[5], now=LATER + timedelta(days=31))
    for other in others:
        say(cast.ben, other)


def test_who_is_unknown_under_age_blocked_or_from_elsewhere_gives_no_word(cast, newcomer, person):
    nele = newcomer()
    kim = person("Kim", home="niel")
    Joining.objects.create(identity=kim, is_minor=True, guardian="Greta", joined_at=NOW)
    for who in (nele, newcomer("Otto"), kim, cast.carla):
        with pytest.raises(Refused):
            say(Identity.objects.get(pk=who.pk), nele)
    assert not Vouch.objects.exists()


def test_an_organisations_word_is_enough_and_names_it(cast, newcomer):
    nele = newcomer()
    assert say(cast.anna, nele, backer=Backer(7, "Chor Niel")).given_as == WordAs.ORGANIZATION
    assert is_known(nele)
    assert "Bekannt durch Chor Niel" in cast.at_the_square("dirk").page(f"mitglied/{nele.code}/")


def test_nobody_speaks_for_an_organisation_that_is_not_theirs(cast, newcomer):
    nele = newcomer()
    cast.at_the_square("anna").post(f"/de/mitglied/{nele.code}/wort/", {"backer": "7"})
    assert not Vouch.objects.filter(given_as=WordAs.ORGANIZATION).exists()


def test_a_word_taken_back_takes_along_whom_it_let_in(cast, newcomer):
    nele, otto = newcomer(), newcomer("Otto")
    word = say(cast.ben, nele)
    late = LATER + timedelta(days=20)
    say(nele, otto, now=late)
    say(cast.dirk, otto, now=late)
    assert is_known(otto)
    page = cast.at_the_square("ben").page("meine-seite/bekannt/")
    assert "Nele" in page
    with pytest.raises(Refused):
        withdraw_word(word, by=cast.actor("anna"), now=late)
    cast.at_the_square("ben").post(f"/de/meine-seite/worte/{word.pk}/zuruecknehmen/")
    assert not is_known(nele)
    assert not is_known(otto)
    assert not withdraw_word(word, by=cast.actor("ben"), now=late)


def test_cards_gone_astray_are_withdrawn_and_whom_they_let_in_is_asked_again_in_one_step(cast, kranenburg):
    batch, codes = make_cards(kranenburg.village("niel"), count=3, uses=1, lasts_days=9, by=INSTALLER, now=NOW)
    for number, code in enumerate(codes[:2]):
        join(code.replace("-", ""), email=f"p{number}@example.org", name=f"Nele {'AB'[number]}")
    one, other = Identity.objects.filter(joining__isnull=False).order_by("pk")
    assert "Mit einer Karte aus Niel" in cast.at_the_square("anna").page(f"mitglied/{other.code}/").replace("\n", "")
    answer = cast.at_the_square("ben").post(
        f"/de/einstellungen/einladungskarten/{batch.pk}/zurueckziehen/", {"ask_again": "1"}, follow=True
    )
    assert "Neu gefragt, wer sie sind: 2." in answer.content.decode()
    assert not is_known(one)
    assert not is_known(other)
    vouch_for(Identity.objects.get(pk=one.pk), by=cast.actor("ben"), now=NOW)
    assert ask_again(CardBatch.objects.get(), by=cast.actor("ben"), now=NOW) == 0
    assert is_known(one)
    with pytest.raises(Refused):
        ask_again(batch, by=cast.actor("anna"), now=NOW)


def test_cards_withdrawn_without_asking_leave_everybody_known(kranenburg):
    batch, codes = make_cards(kranenburg.village("niel"), count=1, uses=1, lasts_days=9, by=INSTALLER, now=NOW)
    join(codes[0].replace("-", ""))
    withdraw_cards(batch, by=INSTALLER, now=NOW)
    assert Identity.objects.get().is_known


@pytest.fixture
def by_mail(kranenburg):
    allow_joining_by_mail(kranenburg.municipality, allowed=True, by=INSTALLER, now=NOW)
    return kranenburg.municipality


def test_joining_by_mail_is_there_where_the_municipality_allows_it(cast, kranenburg):
    assert Square().get("/de/mitmachen-per-mail/").status_code == 404
    assert "mitmachen-per-mail" not in Square().page("mitmachen/")
    token = joining_token("nele@example.org", kranenburg.municipality)
    assert Square().get(f"/de/mitmachen-per-mail/{token}/").status_code == 410
    cast.at_the_square("admin").post("/de/einstellungen/einladungskarten/per-mail/")
    assert "mitmachen-per-mail" in Square().page("mitmachen/")
    assert cast.at_the_square("ben").post("/de/einstellungen/einladungskarten/per-mail/").status_code == 404
    assert "E-Mail-Adresse" in Square().page("mitmachen-per-mail/")


def test_a_mailed_link_lets_in_somebody_who_is_not_known_and_works_once(by_mail):
    mail_joining_link.call("nele@example.org", by_mail.pk, "de")
    mail = Mail.objects.get()
    link = next(word for word in mail.text.split() if "mitmachen-per-mail" in word)
    address = "/" + link.split("/", 3)[3]
    page = Square().get(address).content.decode()
    said = {"name": "Nele Neu", "password": "nine villages one square", "age": "older", "agreed": "on",
            "home": "niel", "seen": seen_in(page)}  # fmt: skip
    assert Square().post(address, {**said, "home": "groesbeek"}).status_code == 200
    answer = Square().post(address, said, follow=True)
    assert "Noch kennt Sie hier niemand." in answer.content.decode()
    nele = Identity.objects.get()
    assert (nele.is_known, nele.login.email, nele.joining.way) == (False, "nele@example.org", "mail")
    assert nele.consents.count() == 2
    assert Square().get(address).status_code == 410
    assert Square().post(address, said).status_code == 410


def test_late_tampered_and_foreign_links_are_over(by_mail, time_machine):
    token = joining_token("nele@example.org", by_mail)
    for wrong in (token[:-1], "x" + token, "x:y:z", "%00", "é" * 40):
        assert Square().get(f"/de/mitmachen-per-mail/{wrong}/").status_code == 410, wrong
    time_machine.move_to(NOW + LINK_LASTS + timedelta(minutes=1), tick=False)
    assert Square().get(f"/de/mitmachen-per-mail/{token}/").status_code == 410


def test_the_page_tells_nobody_whether_an_address_is_known(by_mail, cast):
    pages = {
        Square().post("/de/mitmachen-per-mail/", {"email": email}).content.decode().replace(email, "")
        for email in ("anna@example.org", "neu@example.org")
    }
    assert len(pages) == 1
    mail_joining_link.call("anna@example.org", by_mail.pk, "de")
    assert "Sie sind schon auf dem Dorfplatz" in Mail.objects.get().subject


def test_one_may_be_at_home_in_several_villages_also_across_the_border(cast, kranenburg):
    hers = cast.at_the_square("anna")
    assert "Groesbeek" in hers.page("meine-seite/doerfer/")
    hers.post("/de/meine-seite/doerfer/", {"villages": ["zyfflich", "groesbeek"]})
    assert set(cast.anna.homes_besides.values_list("area__slug", flat=True)) == {"zyfflich", "groesbeek"}
    hers.post("/de/meine-seite/doerfer/", {"villages": ["zyfflich"]})
    assert cast.anna.homes_besides.count() == 1
    with pytest.raises(Refused):
        change_homes(cast.anna, besides=[], by=cast.actor("ben"), now=NOW)
    bare = Square()
    bare.force_login(cast.anna.login)
    assert bare.post("/de/meine-seite/doerfer/", {"villages": ["nirgends"]}).status_code == 200
