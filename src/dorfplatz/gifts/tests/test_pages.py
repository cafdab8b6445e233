"""Gifts and conversations through the front door: said, seen, changed, taken back; written down, read, erased."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dorfplatz.gifts.actions import GiftDraft, add_gifts, change_conversation, change_gift
from dorfplatz.gifts.enums import GiftPart, Way
from dorfplatz.gifts.models import Conversation, Gift
from dorfplatz.gifts.tasks import erase_ended_conversations
from dorfplatz.gifts.tests.factories import AGREED, conversation, gift
from dorfplatz.gifts.wiring import _erase_conversation_again, _erase_gift_again
from dorfplatz.journal.models import Act
from dorfplatz.kernel.verdict import Problem, Refused
from dorfplatz.members.actions import erase_identity
from dorfplatz.members.enums import SeenBy
from dorfplatz.members.models import Block, Joining
from dorfplatz.members.own_data import rows_of_parts
from tests.fixtures.kranenburg import INSTALLER, NOW, Square
from tests.fixtures.people import actor

OWN, NEARBY, RECORD = "/de/gaben/meine/", "/de/gaben/", "/de/gespraeche/neu/"
SAID = {"way": "offer", "often": "ask", "language": "de", "seen_by": "villages"}
TOLD = {
    "name": "Gerda Jansen", "phone": "02826 111", "village": "niel", "consent_by": "table", "kept_for": "182",
    "consent_words": "Das darf aufgeschrieben werden.", "purpose": "Leute zum Singen finden", "way": "together",
    "often": "weekly", "language": "de", "heart_common": ["singing"], "notes": "Zweite Stimme.", "form_key": "k" * 20,
}  # fmt: skip


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def anna(cast):
    return cast.at_the_square("anna")


@pytest.fixture
def ben(cast):
    return cast.at_the_square("ben")


def read(square: Square, path: str) -> str:
    answer = square.get(path)
    assert answer.status_code == 200, f"{path} answered {answer.status_code}"
    return html.unescape(re.sub(r"<[^>]+>|\s+", " ", answer.content.decode()))


# One's own


def test_one_ticks_writes_and_says_who_may_know_on_one_page(anna, cast):
    told = {"hands_common": ["hedge", "baking"], "teach_more": ["sign_language"], "head_words": "Sterne deuten"}
    page = anna.post(OWN, {**SAID, **told, "weekdays": ["0", "4"]}, follow=True).content.decode()
    assert "4 Einträge dazugekommen" in page
    mine = Gift.objects.filter(owner=cast.anna)
    assert set(mine.values_list("part", "skill", "words")) == {
        ("hands", "hedge", ""), ("hands", "baking", ""), ("teach", "sign_language", ""), ("head", "", "Sterne deuten"),
    }  # fmt: skip
    assert {(g.seen_by, g.days) for g in mine} == {(SeenBy.VILLAGES, (0, 4))}
    again = anna.post(OWN, {**SAID, "hands_common": ["hedge"]}, follow=True).content.decode()
    assert "Das steht schon da." in again
    assert mine.count() == 4


def test_what_has_a_name_on_the_list_becomes_it_and_keeps_its_words(anna, cast):
    anna.post(OWN, {**SAID, "hands_words": "Fiets flicken"})
    row = Gift.objects.get(owner=cast.anna)
    assert (row.skill, row.words, row.language) == ("bike_repair", "Fiets flicken", "de")


def test_what_cannot_be_is_said_in_a_sentence_and_nothing_is_lost(anna):
    for said, sentence in (
        ({}, "Kreuzen Sie bitte etwas an"), ({"hands_common": ["gold"]}, "gold"), ({"hands_words": "x" * 121}, "120"),
        ({"hands_common": ["hedge"], "seen_by": "members"}, "members"),
    ):  # fmt: skip
        answer = anna.post(OWN, {**SAID, "heart_common": [], "head_words": "", **said})
        assert answer.status_code == 422, said
        assert sentence in html.unescape(answer.content.decode())
    assert not Gift.objects.exists()


def test_all_words_of_the_list_are_suggested_while_one_writes(anna):
    page = html.unescape(anna.get(OWN).content.decode())
    assert '<option value="Rad flicken">' in page
    assert page.count("<datalist") == page.count(' list="words-') == 4


def test_one_is_changed_taken_back_or_all_of_them(anna, cast):
    first, second = gift(cast.anna, "hedge"), gift(cast.anna, "baking")
    anna.post(f"/de/gaben/{first.pk}/", {**SAID, "way": "learn", "words": "", "seen_by": "public"})
    first.refresh_from_db()
    assert (first.way, first.seen_by) == (Way.LEARN, SeenBy.PUBLIC)
    anna.post(f"/de/gaben/{first.pk}/zuruecknehmen/")
    assert list(Gift.objects.all()) == [second]
    assert "1 Eintrag steht da" in anna.get(f"{OWN}zuruecknehmen/").content.decode()
    anna.post(f"{OWN}zuruecknehmen/")
    assert not Gift.objects.exists()


def test_nobody_changes_what_is_somebody_else_s(anna, ben, cast):
    row = gift(cast.anna, seen_by=SeenBy.PUBLIC)
    for path in (f"/de/gaben/{row.pk}/", f"/de/gaben/{row.pk}/zuruecknehmen/"):
        assert ben.post(path, {**SAID, "words": "x"}).status_code == 404
    with pytest.raises(Refused):
        change_gift(row, draft=GiftDraft(GiftPart.HANDS, "baking"), by=actor(cast.ben), now=NOW)
    assert Gift.objects.get().skill == "hedge"


def test_under_16_only_the_connector_knows_whatever_is_sent(anna, cast):
    Joining.objects.create(identity=cast.anna, is_minor=True, guardian="x", joined_at=NOW)
    assert "Unter 16 wissen nur Ihre Buurtverbinder davon." in read(anna, OWN)
    anna.post(OWN, {**SAID, "hands_common": ["dogs"], "seen_by": "public"})
    assert Gift.objects.get().seen_by == SeenBy.CONNECTORS


def test_there_is_an_end_to_how_much_fits(cast):
    drafts = [GiftDraft(GiftPart.HEAD, words=f"Nummer {n}", language="de") for n in range(101)]
    with pytest.raises(Problem):
        add_gifts(drafts, by=actor(cast.anna), now=NOW)
    assert not Gift.objects.exists()


def test_where_the_room_is_closed_there_is_no_page(anna, kranenburg):
    kranenburg.municipality.rooms_off = ["gifts"]
    kranenburg.municipality.save()
    for path in (OWN, NEARBY, f"{OWN}zuruecknehmen/"):
        assert anna.get(path).status_code == 404


# Neighbours


def test_neighbours_read_what_is_for_them_by_part_and_by_words_of_any_language(anna, cast):
    gift(cast.ben, "bike_repair", seen_by=SeenBy.VILLAGES)
    gift(cast.ben, "hedge")
    gift(cast.dirk, "", part="head", words="Ganzen tellen", language="nl", seen_by=SeenBy.PUBLIC)
    page = read(anna, NEARBY)
    assert "Fahrrad reparieren" in page
    assert "Ganzen tellen" in page
    assert "Heckenschnitt" not in page
    assert "Ganzen" not in read(anna, f"{NEARBY}?part=hands")
    assert "Fahrrad" in read(anna, f"{NEARBY}?q=band+plakken")
    assert "So etwas gibt es noch nicht" in read(anna, f"{NEARBY}?q=Heckenschnitt")
    assert read(anna, f"{NEARBY}?village=zz&part=zz&page=zz&q=%00")


def test_a_connector_sees_what_is_for_her_and_that_it_is_for_her_alone(ben, cast):
    gift(cast.anna, "hedge")
    assert "nur für Sie als Buurtverbinder" in read(ben, NEARBY)


def test_on_a_member_s_page_stands_what_the_reader_may_know(anna, ben, cast):
    gift(cast.anna, "hedge")
    gift(cast.anna, "baking", seen_by=SeenBy.PUBLIC)
    page = f"/de/mitglied/{cast.anna.code}/"
    dirk = cast.at_the_square("dirk")
    assert "Backen" in read(dirk, page)
    assert "Heckenschnitt" not in read(dirk, page)
    assert "Heckenschnitt" in read(ben, page)
    assert "Ein Gespräch aufschreiben" in read(ben, page)
    assert "Ein Gespräch aufschreiben" not in read(anna, page)


def test_who_is_blocked_sees_nothing_and_neither_does_whoever_blocked(anna, ben, cast):
    gift(cast.anna, "baking", seen_by=SeenBy.PUBLIC)
    gift(cast.ben, "hedge", seen_by=SeenBy.PUBLIC)
    Block.objects.create(who=cast.anna, whom=cast.ben, since=NOW)
    assert "Backen" not in read(ben, NEARBY)
    assert "Heckenschnitt" not in read(anna, NEARBY)


def test_many_neighbours_cost_as_many_queries_as_one_and_fill_two_pages(anna, cast, person):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            read(anna, NEARBY)
        return len(queries)

    gift(cast.ben, "hedge", seen_by=SeenBy.VILLAGES)
    read(anna, NEARBY)
    one = cost()
    for number in range(20):
        for skill in ("hedge", "baking", "dogs"):
            gift(cast.ben, "", words=f"{skill} {number}", language="de", seen_by=SeenBy.VILLAGES)
    gift(cast.dirk, "hedge", seen_by=SeenBy.PUBLIC)
    assert cost() == one
    assert "Dirk" not in read(anna, NEARBY)
    assert "Dirk" in read(anna, f"{NEARBY}?page=2")


# Conversations


def test_a_connector_writes_down_what_somebody_without_an_account_told_her(ben, cast):
    page = ben.post(RECORD, TOLD, follow=True).content.decode()
    assert "Das lesen nur die Buurtverbinder des Dorfes" in page
    assert "Zweite Stimme." in page
    told = Conversation.objects.get()
    assert (told.name, told.area.slug, told.identity, told.recorded_by) == ("Gerda Jansen", "niel", None, cast.ben)
    assert told.until == NOW + timedelta(days=182)
    assert list(told.gifts.values_list("skill", "way", "seen_by")) == [("singing", "together", "connectors")]
    ben.post(RECORD, TOLD)
    assert Conversation.objects.count() == 1
    assert "Gerda Jansen" in read(ben, "/de/gespraeche/")


def test_without_consent_and_a_name_nothing_is_written_down(ben):
    for missing in ({"name": ""}, {"purpose": ""}, {"consent_words": ""}, {"consent_by": ""}, {"kept_for": "900"}):
        answer = ben.post(RECORD, {**TOLD, **missing})
        assert answer.status_code == 422, missing
        assert "Zweite Stimme." in answer.content.decode()
    assert not Conversation.objects.exists()


def test_of_members_only_those_of_her_village_and_of_nobody_under_16(ben, cast, kranenburg):
    said = {name: value for name, value in TOLD.items() if name not in ("name", "village")}
    assert ben.post(f"{RECORD}?member={cast.dirk.code}", said).status_code == 404
    ben.post(f"{RECORD}?member={cast.anna.code}", said)
    assert Conversation.objects.get().identity == cast.anna
    Joining.objects.create(identity=cast.anna, is_minor=True, guardian="x", joined_at=NOW)
    answer = ben.post(f"{RECORD}?member={cast.anna.code}", {**said, "form_key": "other" * 4})
    assert "unter 16" in answer.content.decode()
    for person in (cast.dirk, cast.ben):
        with pytest.raises(Problem):
            conversation(kranenburg.village("niel"), cast.ben, form_key="third form", person=person)


def test_no_other_role_reads_or_writes_it(cast, kranenburg, admin_square):
    told = conversation(kranenburg.village("niel"), cast.ben)
    pages = (f"/de/gespraeche/{told.pk}/", f"/de/gespraeche/{told.pk}/zuruecknehmen/")
    for square in (admin_square, cast.at_the_square("carla"), cast.at_the_square("anna")):
        assert all(square.get(page).status_code in (403, 404) for page in pages)
    with pytest.raises(Refused):
        conversation(kranenburg.village("niel"), cast.admin, form_key="by the admin")
    with pytest.raises(Refused):
        change_conversation(told, phone="", notes="x", next_steps="", by=actor(cast.admin), now=NOW)


def test_notes_are_put_right_and_more_is_added_later(ben, cast, kranenburg):
    told = conversation(kranenburg.village("niel"), cast.ben)
    page = f"/de/gespraeche/{told.pk}/"
    ben.post(page, {"what": "notes", "phone": "02826 222", "notes": "Ruft zurück.", "next_steps": "Chor fragen"})
    ben.post(page, {**SAID, "what": "gifts", "way": "learn", "head_common": ["phone"], "seen_by": "public"})
    told.refresh_from_db()
    assert (told.phone, told.notes, told.next_steps) == ("02826 222", "Ruft zurück.", "Chor fragen")
    assert set(told.gifts.values_list("skill", "seen_by")) == {("hedge", "connectors"), ("phone", "connectors")}
    row = told.gifts.get(skill="phone")
    ben.post(f"/de/gaben/{row.pk}/", {**SAID, "words": "", "seen_by": "public"})
    assert Gift.objects.get(pk=row.pk).seen_by == SeenBy.CONNECTORS


@pytest.mark.parametrize("who", ["ben", "anna"])
def test_consent_taken_back_erases_all_it_covered_in_one_transaction(cast, kranenburg, who):
    told = conversation(kranenburg.village("niel"), cast.ben, person=cast.anna, skills=("hedge", "singing"))
    gift(cast.anna, "baking")
    square = cast.at_the_square(who)
    assert "sofort und für immer" in read(square, f"/de/gespraeche/{told.pk}/zuruecknehmen/")
    square.post(f"/de/gespraeche/{told.pk}/zuruecknehmen/")
    assert not Conversation.objects.exists()
    assert list(Gift.objects.values_list("skill", flat=True)) == ["baking"]


def test_on_its_last_day_it_is_erased_and_the_journal_keeps_numbers_only(cast, kranenburg):
    niel = kranenburg.village("niel")
    told = conversation(niel, cast.ben, notes="Geheim", name="Gerda Jansen")
    with time_machine.travel(NOW + timedelta(days=364), tick=False):
        erase_ended_conversations.func()
        assert Conversation.objects.exists()
    with time_machine.travel(NOW + timedelta(days=365), tick=False):
        erase_ended_conversations.func()
    assert not Conversation.objects.exists()
    assert not Gift.objects.exists()
    acts = list(Act.objects.filter(thing=f"conversation:{told.pk}").values_list("verb", "details"))
    assert acts == [("conversation.recorded", {}), ("conversation.erased", {})]
    assert not [act for act in Act.objects.all() if "Gerda" in str(act.details) or "hedge" in str(act.details)]


def test_after_an_older_backup_what_was_erased_is_erased_again(cast, kranenburg):
    told, hers = conversation(kranenburg.village("niel"), cast.ben), gift(cast.anna)
    _erase_conversation_again(f"conversation:{told.pk}", {})
    _erase_gift_again(f"gift:{hers.pk}", {})
    assert not Conversation.objects.exists()
    assert not Gift.objects.exists()


def test_consent_for_more_than_a_year_is_no_consent(cast, kranenburg):
    with pytest.raises(Problem):
        conversation(kranenburg.village("niel"), cast.ben, consent=replace(AGREED, days=367))


# One's own data


def test_a_member_gets_what_is_known_of_her_and_all_of_it_goes_with_her(cast, kranenburg, anna):
    conversation(kranenburg.village("niel"), cast.ben, person=cast.anna, notes="Mag Musik.", next_steps="Chor fragen")
    gift(cast.anna, "baking")
    rows = rows_of_parts(actor(cast.anna))
    assert [row["skill"] for row in rows["gifts"]] == ["Backen"]
    assert rows["conversations"][0]["notes"] == "Mag Musik."
    assert "Mag Musik." in read(anna, OWN)
    bens = rows_of_parts(actor(cast.ben))
    assert set(bens["conversations_recorded"][0]) == {"area", "recorded_at", "until"}
    assert not bens.get("gifts")
    assert not bens.get("conversations")
    erase_identity(cast.anna, by=INSTALLER, now=NOW)
    assert not Gift.objects.exists()
    assert not Conversation.objects.exists()


def test_when_a_connector_goes_what_she_was_told_stays_without_her_name(cast, kranenburg):
    conversation(kranenburg.village("niel"), cast.ben)
    erase_identity(cast.ben, by=INSTALLER, now=NOW)
    assert Conversation.objects.get().recorded_by is None
