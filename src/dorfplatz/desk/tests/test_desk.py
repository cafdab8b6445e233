"""The desk through the front door: what lies on it, in which order, and what is done there."""

from __future__ import annotations

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.utils import timezone

from dorfplatz.desk.actions import hand_on_item
from dorfplatz.desk.models import Done, HandedOn, Note
from dorfplatz.desk.order import pressure
from dorfplatz.desk.queries import Desk, desk_of
from dorfplatz.desk.tasks import count_desks, forget_old_notes
from dorfplatz.entries.models import Entry, EntryText
from dorfplatz.events.tests.factories import event, span
from dorfplatz.exchange.models import Exchange
from dorfplatz.exchange.tests.factories import exchange
from dorfplatz.letters.models import Letter
from dorfplatz.members.enums import Role, WayIn
from dorfplatz.members.models import Joining
from dorfplatz.places.actions import claim_place
from dorfplatz.places.enums import Status
from dorfplatz.places.models import Claim, Correction, Keeper, Listing
from dorfplatz.places.tests.factories import place
from dorfplatz.villages.queries import site_of
from dorfplatz.wishes.tests.factories import wish
from tests.fixtures.kranenburg import NOW
from tests.fixtures.people import actor

DESK, ITEM = "/de/schreibtisch/", "/de/schreibtisch/punkt/"
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


def ask(village, person, days=3, title="Wer mäht?"):
    row = exchange(village, author=person, title=title)
    Entry.objects.filter(pk=row.pk).update(published_at=NOW - days * DAY)
    return row


def due(village, days=10, **words):
    listing = place(village, **words)
    Entry.objects.filter(pk=listing.pk).update(check_due_at=NOW - days * DAY)
    return listing


def newcomer(person, name, **words):
    found = person(name, **words)
    Joining.objects.create(identity=found, way=WayIn.CARD, is_minor=False, joined_at=NOW - 2 * DAY)
    return found


def keys(cast, name="ben", kranenburg=None):
    site = site_of(kranenburg.municipality)
    return [item.key for item in desk_of(site, cast.actor(name), now=NOW).items]


def of(found, *sorts):
    return [key for key in found if key.partition(":")[0] in sorts]


def test_what_presses_most_stands_first_and_says_why_it_is_there(cast, ben, village, person):
    ask(village("niel"), cast.anna)
    newcomer(person, "Nele", home="zyfflich")
    due(village("niel"), title="Schmiede")
    page = ben.get(DESK).text
    assert "Wartet seit 3 Tagen, und niemand hat geantwortet." in page
    assert page.index("Wer mäht?") < page.index("Nele") < page.index("Schmiede")
    assert "Mein Tisch (" in page


def test_every_way_from_the_desk_leads_to_a_page(cast, ben, village, person):
    ask(village("niel"), cast.anna)
    nele = newcomer(person, "Nele", home="zyfflich", is_known=False)
    due(village("niel"), title="Schmiede")
    listed = re.search(r'<ol class="desk-items.*</ol>', ben.get(DESK).text, re.DOTALL)
    assert listed
    ways = set(re.findall(r'<a [^>]*href="([^"#?]+)', listed[0]))
    assert f"/de/mitglied/{nele.code}/" in ways
    assert len(ways) >= 4
    assert {way: ben.get(way).status_code for way in ways} == dict.fromkeys(ways, 200)


def test_of_two_things_the_graver_and_the_older_press_more():
    assert pressure(9, NOW - 3 * DAY, NOW) > pressure(6, NOW - 3 * DAY, NOW)
    assert pressure(1, NOW - 9 * DAY, NOW) > pressure(1, NOW - DAY, NOW)
    assert pressure(1, NOW - 99 * DAY, NOW) == pressure(1, NOW - 14 * DAY, NOW)
    assert pressure(5, NOW + DAY, NOW) == 5


def test_only_her_own_villages_lie_on_a_connectors_desk(cast, kranenburg, village, person):
    due(village("nuetterden"))
    ask(village("nuetterden"), cast.anna)
    assert not of(keys(cast, kranenburg=kranenburg), "place", "ask", "newcomer")


@pytest.mark.parametrize("who", ["anna", "carla", "dirk"])
def test_who_is_no_connector_has_no_desk(cast, who):
    reader = cast.at_the_square(who)
    assert reader.get(DESK).status_code == 404
    assert reader.post(ITEM, {"key": "ask:1", "verb": "care"}).status_code == 404


def test_an_entry_is_confirmed_with_one_click_where_it_stands(ben, cast, village):
    listing = due(village("niel"))
    assert ben.post(ITEM, {"key": f"place:{listing.pk}", "verb": "right"}).status_code == 302
    listing.refresh_from_db()
    assert (listing.assured_on, listing.assured_by) == (NOW.date(), "connector")
    assert Done.objects.get().by == cast.ben


def test_what_is_gone_for_good_is_off_the_map_and_its_page_stays(ben, village):
    listing = due(village("niel"), title="Alte Post")
    ben.post(ITEM, {"key": f"place:{listing.pk}", "verb": "gone"}, follow=True)
    assert Listing.objects.get(pk=listing.pk).status == Status.CLOSED
    assert "Alte Post" not in ben.get("/de/karte/").text
    assert "Alte Post" in ben.get(f"/de/e/{listing.entry.code}/", follow=True).text


def test_a_newcomer_is_welcomed_by_a_letter_written_at_the_desk(ben, cast, kranenburg, person):
    nele = newcomer(person, "Nele", home="niel", language="nl")
    key = f"newcomer:{nele.joining.pk}"
    assert "welkom in Niel" in ben.get(DESK).text
    ben.post(ITEM, {"key": key, "verb": "letter", "words": "Dag Nele!"})
    assert Letter.objects.get().text == "Dag Nele!"
    assert key not in keys(cast, kranenburg=kranenburg)


def test_a_letter_without_words_says_so_and_loses_nothing(ben, person):
    nele = newcomer(person, "Nele", home="niel")
    answer = ben.post(ITEM, {"key": f"newcomer:{nele.joining.pk}", "verb": "letter", "words": "  "})
    assert answer.status_code == 422
    assert not Letter.objects.exists()


def test_an_ask_that_somebody_looks_after_rests_for_three_days(ben, cast, kranenburg, village):
    row = ask(village("niel"), cast.anna)
    ben.post(ITEM, {"key": f"ask:{row.pk}", "verb": "care"})
    assert not of(keys(cast, kranenburg=kranenburg), "ask")
    with time_machine.travel(NOW + 3 * DAY, tick=False):
        site = site_of(kranenburg.municipality)
        assert desk_of(site, cast.actor("ben"), now=timezone.now()).item(f"ask:{row.pk}")


def test_an_ask_is_solved_where_it_stands(ben, cast, village):
    row = ask(village("niel"), cast.anna)
    ben.post(ITEM, {"key": f"ask:{row.pk}", "verb": "solved"})
    assert Exchange.objects.get(pk=row.pk).step == "solved"


def test_what_was_said_to_be_wrong_is_read_and_settled_at_the_desk(ben, village):
    listing = place(village("niel"))
    note = Correction.objects.create(listing=listing, text="Die Tür ist zu.", said_at=NOW, form_key="k")
    assert "Die Tür ist zu." in ben.get(DESK).text
    ben.post(ITEM, {"key": f"correction:{note.pk}", "verb": "done"})
    note.refresh_from_db()
    assert (note.state, note.text) == ("done", "")


def test_what_is_put_off_comes_back_on_its_day_and_only_for_who_put_it_off(ben, cast, kranenburg, village, person):
    row = ask(village("niel"), cast.anna)
    person("Bea", home="niel", roles=[(Role.CONNECTOR, "niel")])
    ben.post(ITEM, {"key": f"ask:{row.pk}", "verb": "later", "later": "tomorrow"})
    site, key = site_of(kranenburg.municipality), f"ask:{row.pk}"
    assert desk_of(site, cast.actor("ben"), now=NOW).item(key) is None
    assert desk_of(site, cast.actor("ben"), now=NOW + DAY).item(key)


def test_what_is_handed_on_lies_on_that_desk_alone_and_says_from_whom(ben, cast, kranenburg, village, person):
    bea = person("Bea", home="niel", roles=[(Role.CONNECTOR, "niel")])
    row = ask(village("niel"), cast.anna)
    ben.post(ITEM, {"key": f"ask:{row.pk}", "verb": "hand_on", "to": bea.pk})
    site, key = site_of(kranenburg.municipality), f"ask:{row.pk}"
    assert desk_of(site, cast.actor("ben"), now=NOW).item(key) is None
    hers = desk_of(site, actor(bea), now=NOW).item(key)
    assert hers is not None
    assert hers.handed_by == "Ben"


def test_nothing_is_handed_to_somebody_who_is_no_connector_there(ben, cast, village):
    row = ask(village("niel"), cast.anna)
    answer = ben.post(ITEM, {"key": f"ask:{row.pk}", "verb": "hand_on", "to": cast.anna.pk})
    assert answer.status_code == 422
    assert not HandedOn.objects.exists()


def test_a_colleague_who_is_none_any_more_keeps_nothing(cast, kranenburg, village, person):
    bea = person("Bea", home="niel", roles=[(Role.CONNECTOR, "niel")])
    row = ask(village("niel"), cast.anna)
    site = site_of(kranenburg.municipality)
    hand_on_item(f"ask:{row.pk}", to_id=bea.pk, site=site, by=cast.actor("ben"), now=NOW)
    bea.grants.update(ended_at=NOW)
    assert desk_of(site, cast.actor("ben"), now=NOW).item(f"ask:{row.pk}")


def test_a_note_is_read_by_the_connectors_and_erased_on_the_day_that_was_told(ben, cast, village):
    row = ask(village("niel"), cast.anna)
    ben.post(ITEM, {"key": f"ask:{row.pk}", "verb": "note", "text": "Ruft Freitag zurück.", "kept_for": "30"})
    assert "Ruft Freitag zurück." in ben.get(DESK).text
    note = Note.objects.get()
    assert note.erase_on == (NOW + 30 * DAY).date()
    with time_machine.travel(NOW + 30 * DAY, tick=False):
        forget_old_notes.func()
    assert not Note.objects.exists()


def test_a_note_is_erased_at_once_by_a_click_and_not_from_elsewhere(ben, cast, village, person):
    row = ask(village("niel"), cast.anna)
    ben.post(ITEM, {"key": f"ask:{row.pk}", "verb": "note", "text": "Weg damit.", "kept_for": "30"})
    path = f"/de/schreibtisch/notiz/{Note.objects.get().pk}/"
    other = person("Cor", home="nuetterden", roles=[(Role.CONNECTOR, "nuetterden")])
    assert not Note.objects.visible_to(actor(other)).exists()
    assert ben.post(path).status_code == 302
    assert not Note.objects.exists()


def test_after_something_is_done_what_is_next_stands_in_view(ben, cast, village):
    asks = [ask(village("niel"), cast.anna, days=9 - number, title=f"Suche {number}") for number in range(3)]
    page, keys_shown = ben.get(DESK).text, [f"ask-{row.pk}" for row in asks]
    assert [key for key in re.findall(r'<li class="desk-item" id="([^"]+)"', page) if key in keys_shown] == keys_shown
    assert f'action="{ITEM}?after={keys_shown[2]}"' in page
    done = ben.post(f"{ITEM}?after={keys_shown[2]}", {"key": f"ask:{asks[1].pk}", "verb": "care"})
    assert done["Location"] == f"{DESK}#{keys_shown[2]}"
    first = ben.post(f"{ITEM}?after=//elsewhere", {"key": f"ask:{asks[0].pk}", "verb": "care"})
    assert first["Location"] == DESK
    noted = {"key": f"ask:{asks[2].pk}", "verb": "note", "text": "Freitag.", "kept_for": "30"}
    assert ben.post(ITEM, noted)["Location"] == f"{DESK}#{keys_shown[2]}"


def test_a_desk_shows_what_presses_most_and_says_how_much_more_waits(ben, cast, village):
    for number in range(23):
        ask(village("niel"), cast.anna, days=40 - number, title=f"Suche {number}")
    page, whole = ben.get(DESK).text, ben.get(f"{DESK}?all=1").text
    first, everything = (re.findall(r'<li class="desk-item[^"]*" id="([^"]+)"', text) for text in (page, whole))
    assert first == everything[:12]
    assert f"{len(everything) - 12} weitere warten" in page
    assert f'href="{DESK}?all=1"' in page
    assert "weitere warten" not in whole
    key = everything[-1].replace("-", ":")
    # What could not be done stays in view with what was written, wherever it stands.
    stuck = ben.post(ITEM, {"key": key, "verb": "note", "text": "Geht nicht.", "kept_for": "0"})
    assert stuck.status_code == 422
    assert "Geht nicht." in stuck.text
    later = {"key": key, "verb": "later", "later": "tomorrow"}
    assert ben.post(f"{ITEM}?all=1", later)["Location"] == f"{DESK}?all=1"


def test_each_thing_on_the_desk_leads_to_the_next_and_the_last_to_the_one_before():
    things = [SimpleNamespace(anchor=name) for name in ("a-1", "b-2", "c-3")]
    for count, places in ((0, []), (1, [""]), (2, ["", "a-1"]), (3, ["", "c-3", "b-2"])):
        assert [after for _item, after in Desk({}, things[:count]).in_turn()] == places


def test_who_would_like_to_keep_an_entry_gets_a_yes_or_a_no_at_the_desk(ben, cast, village):
    listings = [place(village("niel"), title=title) for title in ("Kegelbahn", "Backhaus")]
    claims = [claim_place(one, words="Das sind wir.", by=actor(cast.anna), now=NOW - DAY) for one in listings]
    said = {"key": f"claim:{claims[0].pk}", "verb": "yes"}
    assert "Anna pflegt diesen Eintrag" in ben.post(ITEM, said, follow=True).text
    assert ben.post(ITEM, {"key": f"claim:{claims[1].pk}", "verb": "no", "words": " "}).status_code == 422
    ben.post(ITEM, {"key": f"claim:{claims[1].pk}", "verb": "no", "words": "Da pflegt schon jemand."})
    assert [(claim.state, claim.reason) for claim in Claim.objects.order_by("pk")] == [
        ("given", ""), ("declined", "Da pflegt schon jemand."),
    ]  # fmt: skip


def test_what_is_not_there_any_more_is_said_kindly(ben):
    answer = ben.post(ITEM, {"key": "place:999999", "verb": "right"}, follow=True)
    assert "jemand hat sich darum gekümmert" in answer.text
    assert ben.post(ITEM, {"key": "", "verb": "right"}).status_code == 302


def test_no_more_than_eight_entries_to_confirm_lie_there_in_a_week(ben, cast, kranenburg, village):
    for number in range(11):
        due(village("niel"), title=f"Hof {number}")
    assert len(of(keys(cast, kranenburg=kranenburg), "place")) == 8
    first = of(keys(cast, kranenburg=kranenburg), "place")[0]
    ben.post(ITEM, {"key": first, "verb": "right"})
    assert len(of(keys(cast, kranenburg=kranenburg), "place")) == 7


def test_what_an_import_keeps_is_on_no_desk_until_it_has_vanished(cast, kranenburg, village):
    listing = due(village("niel"))
    Entry.objects.filter(pk=listing.pk).update(origin="osm")
    assert not of(keys(cast, kranenburg=kranenburg), "place")
    Listing.objects.filter(pk=listing.pk).update(missing_since=NOW)
    assert of(keys(cast, kranenburg=kranenburg), "place")


def test_who_keeps_an_entry_is_asked_before_the_connector(cast, kranenburg, village):
    listing = due(village("niel"))
    Keeper.objects.create(listing=listing, identity=cast.anna, since=NOW)
    assert not of(keys(cast, kranenburg=kranenburg), "place")
    Entry.objects.filter(pk=listing.pk).update(check_due_at=NOW - 30 * DAY)
    assert of(keys(cast, kranenburg=kranenburg), "place")


def test_a_quiet_village_is_on_the_desk_until_somebody_writes(cast, kranenburg, village):
    assert f"village:{village('niel').pk}" in keys(cast, kranenburg=kranenburg)
    ask(village("niel"), cast.anna, days=1)
    assert f"village:{village('niel').pk}" not in keys(cast, kranenburg=kranenburg)


def test_a_village_with_a_single_connector_is_named(ben, person):
    assert "Zyfflich, Niel: Wen könnten Sie fragen?" in ben.get(DESK).text
    person("Bea", home="niel", roles=[(Role.CONNECTOR, "niel")])
    assert "Zyfflich: Wen könnten Sie fragen?" in ben.get(DESK).text


def test_the_menu_says_how_many_wait_as_counted_last(cast, ben, village):
    due(village("niel"))
    count_desks.func()
    assert "Mein Tisch (" in ben.get("/de/karte/").text


def test_the_desk_asks_as_many_questions_for_one_thing_as_for_many(
    cast, kranenburg, village, person, django_assert_max_num_queries
):
    site = site_of(kranenburg.municipality)

    def fill(some):
        for number in some:
            ask(village("niel"), cast.anna, title=f"Suche {number}")
            listing = due(village("niel"), title=f"Ort {number}")
            Correction.objects.create(listing=listing, text="Nein.", said_at=NOW, form_key=f"{number}")
            newcomer(person, f"Neu{number}", home="zyfflich")

    fill(range(1))
    viewer = cast.actor("ben")
    with django_assert_max_num_queries(26) as few:
        desk_of(site, viewer, now=NOW)
    fill(range(1, 6))
    with django_assert_max_num_queries(len(few.captured_queries)):
        desk_of(site, viewer, now=NOW)


def test_an_entry_stands_there_under_its_title_in_the_readers_language(cast, ben, village):
    row = ask(village("niel"), cast.anna, title="Wer mäht?")
    EntryText.objects.create(entry=row.entry, language="nl", title="Wie maait?", body="")
    ask(village("niel"), cast.dirk, title="Wer backt?")
    german, dutch = ben.get(DESK).text, ben.get("/nl/bureau/").text
    assert ">Wer mäht?</a>" in german
    assert ">Wie maait?</a>" in dutch
    assert "Wer mäht?" not in dutch
    assert re.search(r'lang="de"><a href="[^"]*">Wer backt\?</a>', dutch), "a voice reads it as what it is"
    assert 'class="desk-title" lang' not in german


def test_a_date_of_the_coming_weeks_without_a_picture_is_on_the_desk_for_a_moment(village, ben, cast, kranenburg):
    soon = event(village("niel"), title="Dorffest", when=span((NOW + 9 * DAY).date()))
    event(village("niel"), title="Chorprobe", rule="FREQ=WEEKLY")
    event(village("niel"), title="Irgendwann", when=span((NOW + 90 * DAY).date()))
    found = [key for key in keys(cast, kranenburg=kranenburg) if key.startswith("date-picture")]
    assert found == [f"date-picture:{soon.pk}"]
    page = ben.page(DESK[4:])
    assert "hat noch kein Bild" in page
    assert f"/de/termine/{soon.entry.code}/aendern/" in page
    ben.post(ITEM, {"key": found[0], "verb": "bare"})
    assert found[0] not in keys(cast, kranenburg=kranenburg)


def test_a_wish_that_nobody_answers_is_answered_with_a_sentence_where_it_lies(ben, cast, kranenburg, village):
    fresh, old = (wish(village("niel"), author=cast.anna, title=title, on_paper=4) for title in ("Neu", "Eine Bank"))
    Entry.objects.filter(pk=old.pk).update(published_at=NOW - 4 * DAY)
    assert of(keys(cast, kranenburg=kranenburg), "wish") == [f"wish:{old.pk}"]
    assert "noch niemand geantwortet, seit 4 Tagen. 4 × ich auch" in ben.get(DESK).text
    assert ben.post(ITEM, {"key": f"wish:{old.pk}", "verb": "heard", "words": " "}).status_code == 422
    ben.post(ITEM, {"key": f"wish:{old.pk}", "verb": "heard", "words": "Der Bauhof hat Balken."})
    assert old.replies.get().words == "Der Bauhof hat Balken."
    assert not of(keys(cast, kranenburg=kranenburg), "wish")
    assert fresh.replies.count() == 0
