"""Introductions through the front door: suggested, asked, introduced only when both have said yes, erased in time."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dorfplatz.entries.enums import Audience
from dorfplatz.entries.models import Entry
from dorfplatz.exchange.tests.factories import exchange
from dorfplatz.mail.models import Mail
from dorfplatz.matching.actions import pass_suggestion, withdraw_people
from dorfplatz.matching.enums import State
from dorfplatz.matching.models import AskedPerson, Introduction, MonthCount, Passed
from dorfplatz.matching.policies import can_run_introduction, can_see_question
from dorfplatz.matching.queries import counts_in
from dorfplatz.matching.tasks import end_waiting_introductions, erase_introductions_long_over
from dorfplatz.members.actions import block_member, take_in_person
from dorfplatz.members.actions.mandates import Agreed
from dorfplatz.members.enums import ConsentBy, WayIn
from dorfplatz.members.models import Identity, Joining
from dorfplatz.members.sockets import Beat, duties
from dorfplatz.villages.queries import site_of
from tests.fixtures.kranenburg import INSTALLER, NOW
from tests.fixtures.people import square_of

PAGE, SUGGESTION, MINE = "/de/vermittlungen/", "/de/vermittlungen/vorschlag/", "/de/vermittlungen/fuer-mich/"
DAY = timedelta(days=1)
# Five sources, each with its words and places, and what must not be suggested; with who looks and where.
PAGE_ASKS = 28


@pytest.fixture
def asked(ben, two):
    """Both are asked by mail."""
    ben.post(SUGGESTION, {"pair": two.key, "do": "propose"})
    return Introduction.objects.get()


def person_of(introduction, identity):
    return introduction.people.get(identity=identity)


def link_to(identity):
    found = Mail.objects.filter(to=identity.login.email, key__startswith="matching.ask").get()
    return re.search(r"/(de|nl)/(vermittlungen|koppelingen)/per-mail/[^\s\"<]+", found.text)[0]


def say(identity, introduction, what):
    pk = person_of(introduction, identity).pk
    return square_of(identity).post(f"{MINE}{pk}/", {"do": what}, follow=True)


def state(introduction):
    return Introduction.objects.get(pk=introduction.pk).state


def test_the_page_says_who_might_fit_whom_and_why(ben, two):
    page = ben.get(PAGE).text
    assert "Wer fährt mich dienstags nach Kleve zum Arzt?" in page
    assert "beide: Fahrten" in page
    assert "dienstags" in page
    assert "allebei: ritten" in two.cast.at_the_square("ben", "nl").get("/nl/koppelingen/").text


def test_only_connectors_see_it(two):
    for who in ("anna", "carla", "admin"):
        reader = two.cast.at_the_square(who)
        assert reader.get(PAGE).status_code == 404
        assert reader.post(SUGGESTION, {"pair": two.key, "do": "propose"}).status_code == 404
    assert not Introduction.objects.exists()


def test_one_click_asks_both_without_telling_names(asked, two):
    assert asked.state == State.ASKED
    assert asked.theme == "drive"
    sent = list(Mail.objects.filter(key__startswith="matching.ask"))
    assert len(sent) == 2
    assert all("Nele" not in one.text for one in sent if one.to == "anna@example.org")
    assert all("Anna" not in one.text for one in sent if one.to == "nele@example.org")
    assert "Nele" not in square_of(two.anna).get(MINE).text
    assert two.suggested() == []


def test_a_second_click_asks_nobody_again(asked, ben, two):
    ben.post(SUGGESTION, {"pair": two.key, "do": "propose"})
    assert Introduction.objects.count() == 1
    assert Mail.objects.filter(key__startswith="matching.ask").count() == 2


def test_a_program_that_follows_the_link_changes_nothing(asked, two, square):
    page = square.get(link_to(two.anna))
    assert page.status_code == 200
    assert "Ja, gern" in page.text
    assert "Nele" not in page.text
    assert not AskedPerson.objects.filter(said_yes_at__isnull=False).exists()


def test_when_both_have_said_yes_each_hears_who_it_is_and_how_to_write(asked, two, square):
    square.post(link_to(two.anna), {"do": "yes"})
    assert state(asked) == State.ASKED
    assert not Mail.objects.filter(key__startswith="matching.introduced").exists()
    say(two.nele, asked, "yes")
    assert state(asked) == State.INTRODUCED
    told = {one.to: one.text for one in Mail.objects.filter(key__startswith="matching.introduced")}
    assert "Nele" in told["anna@example.org"]
    assert "Anna" in told["nele@example.org"]
    page = square_of(two.anna).get(MINE).text
    assert "Sie und Nele" in page
    assert f"/de/briefe/an/{two.nele.code}/" in page


def test_a_no_is_told_to_nobody_but_as_it_did_not_work_out(asked, two, ben):
    say(two.anna, asked, "yes")
    say(two.nele, asked, "no")
    assert state(asked) == State.DID_NOT
    told = Mail.objects.get(key__startswith="matching.not")
    assert told.to == "anna@example.org"
    assert "Nele" not in told.text
    assert "Nele" not in square_of(two.anna).get(MINE).text
    page = ben.get(PAGE).text
    assert "Nein" not in page
    assert "Nele" not in page
    assert not AskedPerson.objects.filter(said_yes_at__isnull=False).exists()


def test_a_yes_can_be_taken_back_until_the_other_has_answered(asked, two):
    say(two.anna, asked, "yes")
    say(two.anna, asked, "no")
    assert state(asked) == State.DID_NOT
    say(two.nele, asked, "yes")
    assert state(asked) == State.DID_NOT


def test_a_link_is_good_for_one_question_as_long_as_it_is_open(asked, two, square):
    link = link_to(two.anna)
    forged = link[:-6] + "aaaaa/"
    assert square.get(forged).status_code == 410
    say(two.nele, asked, "no")
    assert square.get(link).status_code == 410
    assert square.post(link, {"do": "yes"}).status_code == 410
    assert state(asked) == State.DID_NOT


def test_after_a_fortnight_it_ends_as_quietly_as_by_a_no(asked, two):
    say(two.anna, asked, "yes")
    with time_machine.travel(NOW + 14 * DAY, tick=False):
        end_waiting_introductions.call()
    assert state(asked) == State.DID_NOT
    assert Mail.objects.get(key__startswith="matching.not").to == "anna@example.org"


def test_what_is_settled_meanwhile_introduces_nobody(asked, two):
    say(two.anna, asked, "yes")
    Entry.objects.filter(pk=two.offer.pk).update(state="hidden")
    say(two.nele, asked, "yes")
    assert state(asked) == State.DID_NOT


def test_the_connector_notes_a_yes_heard_on_the_phone(ben, two, kranenburg, cast):
    agreed = Agreed(ConsentBy.PHONE, "Fahrten zum Arzt", 90)
    mandate = take_in_person(
        name="Frau J.", language="de", home=kranenburg.village("niel"), consent=agreed, by=cast.actor("ben"), now=NOW
    )
    exchange(kranenburg.village("niel"), author=mandate.person, title="Mitfahrt dienstags zum Arzt nach Kleve gesucht")
    Entry.objects.filter(pk=two.ask.pk).update(state="hidden")
    pair = two.suggested()[0]
    ben.post(SUGGESTION, {"pair": pair, "do": "propose"})
    introduction = Introduction.objects.get()
    say(two.nele, introduction, "yes")
    waiting = desk(cast, two, "introduction")[0]
    assert [str(move.label) for move in waiting.moves] == ["Frau J. sagt Ja", "Frau J. sagt Nein"]
    do(cast, two, "introduction", waiting, waiting.moves[0].verb)
    assert state(introduction) == State.INTRODUCED
    assert AskedPerson.objects.get(identity=mandate.person).said_yes_to == cast.ben
    text = Mail.objects.get(key__startswith="matching.introduced").text
    assert "Ben belt" in text


def beat_of(cast, two):
    niel = two.ask.entry.areas.get()
    return Beat(cast.actor("ben"), two.municipality, {niel.pk: niel}, timezone.now())


def desk(cast, two, sort):
    """What of that sort waits for Ben."""
    return list(duties[sort].find(beat_of(cast, two), 30))


def do(cast, two, sort, waiting, verb):
    return duties[sort].do(waiting, verb, "", beat_of(cast, two))


def test_what_does_not_fit_is_not_suggested_again_for_half_a_year(cast, two):
    pass_suggestion(two.key, site=site_of(two.municipality), by=cast.actor("ben"), now=NOW)
    assert two.suggested() == []
    with time_machine.travel(NOW + 180 * DAY, tick=False):
        erase_introductions_long_over.call()
    assert not Passed.objects.exists()


def test_after_a_week_the_desk_asks_how_it_went_and_only_the_count_stays(asked, cast, two, kranenburg):
    say(two.anna, asked, "yes")
    say(two.nele, asked, "yes")
    assert not desk(cast, two, "introduction")
    with time_machine.travel(NOW + 7 * DAY, tick=False):
        do(cast, two, "introduction", desk(cast, two, "introduction")[0], "worked")
        say(two.anna, asked, "thank")
        say(two.anna, asked, "thank")
    assert state(asked) == State.THANKED
    assert Mail.objects.get(key__startswith="matching.thanks").to == "nele@example.org"
    with time_machine.travel(NOW + 97 * DAY, tick=False):
        erase_introductions_long_over.call()
    assert not AskedPerson.objects.exists()
    counted = counts_in([kranenburg.village("niel").pk], since=NOW.date().replace(day=1))
    assert counted == {"proposed": 1, "introduced": 1, "worked": 1}
    assert MonthCount.objects.count() == 1


def test_called_off_tells_whoever_has_said_yes(asked, ben, two):
    say(two.anna, asked, "yes")
    ben.post(f"{PAGE}{asked.pk}/", {"do": "call_off"})
    assert state(asked) == State.DID_NOT
    assert Mail.objects.filter(key__startswith="matching.not").count() == 1


def test_a_block_ends_it_and_hides_one_from_the_other(asked, two, ben):
    say(two.anna, asked, "yes")
    say(two.nele, asked, "yes")
    block_member(two.nele, by=two.cast.actor("anna"), now=NOW)
    assert "Nele" not in square_of(two.anna).get(MINE).text
    assert "Anna" not in square_of(two.nele).get(MINE).text


def test_what_somebody_withdraws_is_gone_with_her(asked, two):
    withdraw_people([two.anna.pk], by=INSTALLER, now=NOW)
    assert not Introduction.objects.exists()
    assert not AskedPerson.objects.exists()


def blocked(two):
    block_member(two.nele, by=two.cast.actor("anna"), now=NOW)


def minor(two):
    Joining.objects.create(identity=two.nele, way=WayIn.CARD, is_minor=True, guardian="x", joined_at=NOW)


def shut_out(two):
    Identity.objects.filter(pk=two.nele.pk).update(is_blocked=True)


def kept_from_letters(two):
    Identity.objects.filter(pk=two.nele.pk).update(no_letters_until=NOW + DAY)


def hidden(two):
    Entry.objects.filter(pk=two.offer.pk).update(state="removed")


def apart_from_the_connector(two):
    block_member(two.nele, by=two.cast.actor("ben"), now=NOW)


def own(two):
    Entry.objects.filter(pk=two.offer.pk).update(author=two.anna)


def over(two):
    Entry.objects.filter(pk=two.offer.pk).update(expires_at=NOW - DAY)


HINDRANCES = (blocked, minor, shut_out, kept_from_letters, hidden, apart_from_the_connector, own, over)


def test_nobody_is_suggested_who_must_not_be(two):
    for hindrance in HINDRANCES:
        assert two.suggested() == [two.key]
        with transaction.atomic():
            hindrance(two)
            assert two.suggested() == [], hindrance.__name__
            transaction.set_rollback(True)


def test_what_is_for_members_is_suggested_by_its_readers_only_and_its_theme_is_not_told(two, ben, kranenburg):
    Entry.objects.filter(pk=two.offer.pk).update(audience=Audience.MEMBERS)
    assert two.suggested() == [two.key]
    ben.post(SUGGESTION, {"pair": two.key, "do": "propose"})
    assert Introduction.objects.get().theme == ""


def test_as_many_questions_are_asked_for_many_as_for_one(two, cast, kranenburg):
    def asked_for(**limits):
        with CaptureQueriesContext(connection) as found:
            two.suggested(**limits)
        return len(found)

    few = asked_for()
    for number in range(6):
        exchange(kranenburg.village("niel"), author=cast.dirk, title=f"Fahrt {number} zum Arzt")
    assert asked_for() == few <= PAGE_ASKS


def test_lists_and_policies_agree(asked, two, cast, person):
    person("Ute", home="zyfflich")
    for name in ("anna", "ben", "carla", "dirk", "admin", "visitor"):
        viewer = cast.actor(name)
        seen = Introduction.objects.visible_to(viewer).exists()
        assert seen == bool(can_run_introduction(viewer, asked)), name
        for one in asked.people.all():
            listed = AskedPerson.objects.visible_to(viewer).filter(pk=one.pk).exists()
            assert listed == bool(can_see_question(viewer, one)), name
