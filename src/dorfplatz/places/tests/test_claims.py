"""“This is ours”, and handing over: who keeps an entry changes, and somebody always does."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from dorfplatz.entries.enums import Audience
from dorfplatz.entries.models import Entry
from dorfplatz.journal.models import Act
from dorfplatz.kernel.actor import VISITOR
from dorfplatz.kernel.verdict import Problem, Refused
from dorfplatz.mail.models import Mail
from dorfplatz.members.actions import block_member
from dorfplatz.members.enums import Role
from dorfplatz.members.models import Identity, Joining
from dorfplatz.places.actions import claim_place, decide_claim, forget_old_claims, name_keeper, tell_of_waiting_claims
from dorfplatz.places.models import Claim, HandOver, Keeper
from dorfplatz.places.queries import claims_for
from dorfplatz.places.tests.factories import place
from tests.fixtures.kranenburg import INSTALLER, NOW, Square
from tests.fixtures.people import actor, square_of

WEEK = timedelta(days=7)


@pytest.fixture
def listing(kranenburg, at_eleven):
    return place(kranenburg.village("niel"), title="Schützenverein Niel")


@pytest.fixture
def ben(person):
    return person("Ben", roles=[(Role.CONNECTOR, "niel")])


@pytest.fixture
def sonja(person):
    return person("Sonja", home="niel", language="nl")


@pytest.fixture
def kept(listing, person):
    """The secretary until now keeps it."""
    otto = person("Otto", home="niel")
    name_keeper(listing, identity=otto, by=INSTALLER, now=NOW)
    return otto


def keepers(listing) -> list[str]:
    held = Keeper.objects.filter(listing=listing, ended_at__isnull=True).order_by("pk")
    return list(held.values_list("identity__name", flat=True))


def claim(listing, who, now=NOW) -> Claim:
    found = claim_place(listing, words="Ik ben de nieuwe secretaris.", by=actor(who), now=now)
    return Claim.objects.select_related("listing__entry").get(pk=found.pk)


def test_whoever_says_this_is_ours_gets_a_receipt_and_the_connector_a_mail(listing, ben, sonja):
    first = claim(listing, sonja)
    mails = {mail.to: mail for mail in Mail.objects.all()}
    assert set(mails) == {"sonja@example.org", "ben@example.org"}
    assert "U wilt ‘Schützenverein Niel’ bijhouden" in mails["sonja@example.org"].text
    assert "Ik ben de nieuwe secretaris" in mails["ben@example.org"].text
    assert claim(listing, sonja) == first
    assert Mail.objects.count() == 2


def test_the_connector_says_yes_in_one_step_and_she_changes_the_entry_at_once(listing, ben, sonja):
    page = square_of(sonja, "nl")
    assert "Dit zijn wij" in page.page(f"e/{listing.entry.code}/")
    page.post(f"/nl/vermelding/{listing.entry.code}/dit-zijn-wij/", {"words": "Ik ben de secretaris."})
    found = Claim.objects.get()
    connector = square_of(ben)
    assert "Sonja möchte den Eintrag pflegen" in connector.page(f"e/{listing.entry.code}/")
    assert "wartet auf Ihre Antwort" in connector.page("meine-seite/")
    assert "Schützenverein Niel" in connector.page("meine-seite/wer-pflegen-moechte/")
    address = f"/de/eintrag/{listing.entry.code}/das-sind-wir/{found.pk}/"
    assert (
        "Ik" not in connector.get(address).content.decode() or "secretaris" in connector.get(address).content.decode()
    )
    connector.post(address, {"yes": "1"})
    assert keepers(listing) == ["Sonja"]
    assert page.get(f"/nl/vermelding/{listing.entry.code}/wijzigen/").status_code == 200
    assert "U houdt nu een vermelding bij" in Mail.objects.latest("pk").subject
    assert connector.get(address).status_code == 403


def test_a_no_needs_a_reason_which_she_reads(listing, ben, sonja):
    found = claim(listing, sonja)
    with pytest.raises(Problem):
        decide_claim(found, is_given=False, by=actor(ben), now=NOW)
    assert decide_claim(found, is_given=False, reason="Der Verein kennt Sie nicht.", by=actor(ben), now=NOW)
    assert keepers(listing) == []
    assert "Der Verein kennt Sie nicht." in Mail.objects.latest("pk").text
    assert "Der Verein kennt Sie nicht." in square_of(sonja, "nl").page(
        f"vermelding/{listing.entry.code}/dit-zijn-wij/"
    )


def test_present_keepers_are_asked_first_and_the_connector_after_a_week(listing, kept, ben, sonja, kranenburg):
    found = claim(listing, sonja)
    assert {mail.to for mail in Mail.objects.all()} == {"sonja@example.org", "otto@example.org"}
    here = kranenburg.municipality
    assert not claims_for(here, actor(ben), now=NOW).exists()
    assert claims_for(here, actor(kept), now=NOW).get() == found
    with pytest.raises(Refused):
        decide_claim(found, is_given=True, by=actor(ben), now=NOW)
    assert claims_for(here, actor(ben), now=NOW + WEEK).get() == found
    assert decide_claim(found, is_given=True, by=actor(ben), now=NOW + WEEK)
    assert keepers(listing) == ["Otto", "Sonja"]


def test_after_a_week_without_a_word_the_connector_is_asked_once(listing, kept, ben, sonja):
    claim(listing, sonja)
    assert tell_of_waiting_claims(by=INSTALLER, now=NOW + timedelta(days=6)) == 0
    for days in (7, 8):
        tell_of_waiting_claims(by=INSTALLER, now=NOW + timedelta(days=days))
    assert [mail.to for mail in Mail.objects.all()].count("ben@example.org") == 1


def test_questions_and_hand_overs_are_forgotten_after_half_a_year_and_who_keeps_it_stays(listing, kept, sonja, person):
    decide_claim(claim(listing, sonja), is_given=True, by=actor(kept), now=NOW)
    claim(listing, person("Nele", home="niel"))
    HandOver.objects.create(listing=listing, by=kept, stays=True, asked_at=NOW, done_at=NOW + WEEK)
    later = NOW + timedelta(days=183)
    assert forget_old_claims(by=INSTALLER, now=NOW + timedelta(days=181)) == 0
    assert forget_old_claims(by=INSTALLER, now=later) == 2
    assert forget_old_claims(by=INSTALLER, now=later + WEEK) == 1
    assert keepers(listing) == ["Otto", "Sonja"]
    page = Square("de").page("wie-lange/")
    assert "Ein halbes Jahr nach der Antwort" in page


def test_a_keeper_shares_the_page_herself(listing, kept, sonja):
    assert decide_claim(claim(listing, sonja), is_given=True, by=actor(kept), now=NOW)
    assert keepers(listing) == ["Otto", "Sonja"]
    assert [act.verb for act in Act.objects.filter(thing__startswith="claim:")] == [
        "place.claimed", "place.claim_decided"
    ]  # fmt: skip


def test_who_may_not_ask_is_told_why(listing, person, kept):
    minor = person("Mia", home="niel")
    Joining.objects.create(identity=minor, is_minor=True, guardian="Greta", joined_at=NOW)
    newcomer = person("Nele", home="niel", is_known=False)
    for by in (VISITOR, actor(minor), actor(newcomer), actor(kept)):
        with pytest.raises(Refused):
            claim_place(listing, words="Ich.", by=by, now=NOW)


def test_nobody_decides_about_her_own_question_or_elsewhere(listing, ben, person, kranenburg):
    found = claim(listing, ben)
    elsewhere = person("Ida", roles=[(Role.CONNECTOR, "zyfflich")])
    for by in (actor(ben), actor(elsewhere), VISITOR):
        with pytest.raises(Refused):
            decide_claim(found, is_given=True, by=by, now=NOW)
    assert not claims_for(kranenburg.municipality, VISITOR, now=NOW).exists()


def test_a_keeper_who_is_kept_apart_hears_nothing(listing, kept, sonja, kranenburg):
    block_member(sonja, by=actor(kept), now=NOW)
    claim(listing, sonja)
    assert {mail.to for mail in Mail.objects.all()} == {"sonja@example.org"}
    assert not claims_for(kranenburg.municipality, actor(kept), now=NOW).exists()


def test_what_is_for_members_is_claimed_by_them_only(kranenburg, person, at_eleven):
    hidden = place(kranenburg.village("niel"), audience=Audience.MEMBERS)
    carla = person("Carla", roles=[(Role.OFFICER, "")])
    address = f"/de/eintrag/{hidden.entry.code}/das-sind-wir/"
    assert square_of(carla).get(address).status_code == 404
    assert square_of(person("Anna", home="niel")).get(address).status_code == 200


def test_no_more_than_five_questions_at_a_time(kranenburg, sonja, at_eleven):
    for _number in range(5):
        claim(place(kranenburg.village("niel")), sonja)
    with pytest.raises(Problem):
        claim(place(kranenburg.village("niel")), sonja)


def test_a_question_is_taken_back(listing, sonja, ben):
    found = claim(listing, sonja)
    address = f"/nl/vermelding/{listing.entry.code}/dit-zijn-wij/"
    square_of(sonja, "nl").post(address, {"withdraw": "1"})
    found.refresh_from_db()
    assert found.state == "withdrawn"
    with pytest.raises(Refused):
        decide_claim(found, is_given=True, by=actor(ben), now=NOW)


def test_lists_of_questions_cost_the_same_for_one_and_for_many(
    kranenburg, sonja, ben, at_eleven, django_assert_max_num_queries
):
    square = square_of(ben)
    for number in (1, 3):
        for _one in range(number):
            claim(place(kranenburg.village("niel")), sonja)
        with django_assert_max_num_queries(16):
            square.page("meine-seite/wer-pflegen-moechte/")


def link_in(mail: Mail) -> str:
    return re.search(r"http://localhost(/\w\w/mitmachen/[\w-]+/)", mail.text)[1]


def hand_over(who, listing, **values) -> str:
    """Asks by the page and returns where the mail leads."""
    path = f"/de/eintrag/{listing.entry.code}/uebergeben/"
    answer = square_of(who).post(path, {"email": "sonja@example.org", **values}, follow=True)
    assert "unterwegs" in answer.content.decode()
    return link_in(Mail.objects.filter(to="sonja@example.org").latest("pk"))


def test_a_member_takes_over_and_the_page_is_never_without_somebody(listing, kept, sonja):
    link = hand_over(kept, listing)
    assert keepers(listing) == ["Otto"]
    page = square_of(sonja, "de")
    assert "den Eintrag „Schützenverein Niel“ pflegen" in page.get(link).content.decode()
    page.post(link)
    assert keepers(listing) == ["Sonja"]
    assert "Danke für Ihre Zeit" in Mail.objects.filter(to="otto@example.org").get().text
    assert page.post(link).status_code == 410
    assert HandOver.objects.get().done_at is not None


def test_both_keep_it_where_both_want_to(listing, kept, sonja):
    square_of(sonja).post(hand_over(kept, listing, stays="on"))
    assert keepers(listing) == ["Otto", "Sonja"]


def test_who_is_no_member_yet_joins_with_the_same_link(listing, kept):
    link = hand_over(kept, listing)
    door = Square("de")
    seen = re.search(r'name="seen" value="(\w+)"', door.get(link).content.decode())[1]
    values = {"name": "Sonja Neu", "password": "nine villages one square", "language": "de"}
    answer = door.post(link, {**values, "age": "older", "agreed": "on", "seen": seen})
    assert answer.status_code == 302
    assert keepers(listing) == ["Sonja Neu"]
    assert Identity.objects.get(name="Sonja Neu").home_area.slug == "niel"


def test_the_page_does_not_tell_whether_an_address_is_a_members(listing, kept, sonja):
    square = square_of(kept)
    path = f"/de/eintrag/{listing.entry.code}/uebergeben/"
    said = [
        re.sub(r"\S+@\S+", "", square.post(path, {"email": email}, follow=True).content.decode().split("<main")[1])
        for email in ("sonja@example.org", "niemand@example.org")
    ]
    assert re.sub(r'value="\w{64}"', "", said[0]) == re.sub(r'value="\w{64}"', "", said[1])


def test_whoever_was_asked_before_is_asked_no_more(listing, kept, sonja):
    first = hand_over(kept, listing)
    second = hand_over(kept, listing)
    assert Square("de").get(first).status_code == 410
    square_of(kept).post(f"/de/eintrag/{listing.entry.code}/uebergeben/", {"take_back": "1"})
    assert Square("de").get(second).status_code == 410
    assert keepers(listing) == ["Otto"]


def test_others_hand_over_nothing(listing, sonja, kept, admin_square):
    path = f"/de/eintrag/{listing.entry.code}/uebergeben/"
    assert square_of(sonja).get(path).status_code == 403
    hand_over(kept, listing)
    assert "sonja@example.org" not in admin_square.page("einstellungen/rollen/")


def test_what_was_handed_over_is_open_no_more_when_its_entry_has_gone(listing, kept, sonja):
    link = hand_over(kept, listing)
    Entry.objects.filter(pk=listing.pk).delete()
    answer = square_of(sonja, "de").post(link, follow=True)
    assert "es gibt ihn nicht mehr" in answer.content.decode()
