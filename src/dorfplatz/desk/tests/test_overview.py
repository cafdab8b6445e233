"""The week, coverage, the phone list typed in, sheet and hand-over, through the front door."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
import time_machine

from dorfplatz.basemap.models import Street
from dorfplatz.desk.models import Freshness, Note, Visit
from dorfplatz.desk.tasks import forget_old_notes, note_freshness
from dorfplatz.desk.tests.test_desk import ask, due, newcomer
from dorfplatz.entries.models import Entry
from dorfplatz.members.models import Joining
from dorfplatz.places.enums import Status
from dorfplatz.places.models import Correction, Listing
from dorfplatz.places.tests.factories import place
from tests.fixtures.kranenburg import NOW

DAY = timedelta(days=1)
WEDNESDAY = NOW + 2 * DAY


@pytest.fixture(autouse=True)
def _wednesday():
    with time_machine.travel(WEDNESDAY, tick=False):
        yield


PAGES = ("woche/", "lage/", "zettel/", "uebergabe/", "telefonliste/niel/", "besuche/niel/")


@pytest.mark.parametrize("page", PAGES)
def test_these_pages_are_for_connectors(cast, village, page):
    assert cast.at_the_square("ben").get(f"/de/schreibtisch/{page}").status_code == 200
    assert cast.at_the_square("anna").get(f"/de/schreibtisch/{page}").status_code == 404


def test_the_week_tells_what_was_set_out_and_who_came_since_monday(ben, cast, village, person):
    ask(village("niel"), cast.anna, days=-1, title="Wer backt?")
    ask(village("niel"), cast.anna, days=9, title="Lange her")
    newcomer(person, "Nele", home="niel")
    Joining.objects.update(joined_at=NOW + DAY)
    page = ben.get("/de/schreibtisch/woche/").text
    assert "Wer backt?" in page
    assert "Lange her" not in page
    assert "Nele" in page


def test_coverage_says_how_much_is_fresh_what_nobody_confirmed_and_what_is_missing(ben, village):
    place(village("niel"), categories=("sports-club",))
    due(village("niel"), categories=("sports-club",))
    never = place(village("niel"), categories=("sports-club",))
    Listing.objects.filter(pk=never.pk).update(assured_on=None)
    page = ben.get("/de/schreibtisch/lage/").text
    assert "2 von 3 Einträgen sind frisch (67\N{NO-BREAK SPACE}%)." in page
    assert "Einer wurde noch nie bestätigt." in page
    assert "Noch nichts von:" in page


def test_coverage_names_the_streets_of_the_base_map_in_which_nothing_stands(ben, village, kranenburg):
    for name, where in (("Hauptstraße", "Niel"), ("Deichweg", "Niel"), ("Mühlenstraße", "Niel"), ("Deichweg", "Wyler")):
        Street.objects.create(municipality=kranenburg.municipality, name=name, place=where, lat=51.8, lon=6.0)
    place(village("niel"), street="Hauptstr. 12")
    due(village("niel"), street="Muehlenstr 3a")
    page = ben.get("/de/schreibtisch/lage/").text
    assert "In einer von 3 Straßen steht noch kein Eintrag" in page
    assert "<p>Deichweg</p>" in page
    assert page.count("steht noch kein Eintrag") == 1


VISITS = "/de/schreibtisch/besuche/niel/"


def boxes(page: str) -> list[str]:
    return re.findall(r'name="place" value="([^"]+)"', page)


@pytest.fixture
def streets(kranenburg):
    for name, where in (("Hauptstraße", "Niel"), ("Deichweg", "Niel"), ("Kirchstraße", "Zyfflich")):
        Street.objects.create(municipality=kranenburg.municipality, name=name, place=where, lat=51.8, lon=6.0)


def test_where_nobody_was_for_a_year_stands_on_the_visit_list_until_it_is_ticked(ben, village, streets):
    club, _elsewhere = place(village("niel"), title="Chor"), place(village("zyfflich"), title="Kegelclub")
    everywhere = ["round", "street:Deichweg", "street:Hauptstraße", f"entry:{club.pk}"]
    page = ben.get(VISITS).text
    assert boxes(page) == everywhere
    assert "Besuchsliste: 4 Orte, an denen ein Jahr lang niemand war" in ben.get("/de/schreibtisch/lage/").text
    said = ben.post(VISITS, {"place": [f"entry:{club.pk}", "street:Deichweg", "street:Kirchstraße"]}, follow=True).text
    assert "2 Besuche sind eingetragen." in said
    assert boxes(said) == ["round", "street:Hauptstraße"]
    assert "Im letzten Jahr besucht: 2 Orte" in said
    assert {visit.place for visit in Visit.objects.all()} == {f"entry:{club.pk}", "street:Deichweg"}
    for days, waiting in ((364, ["round", "street:Hauptstraße"]), (365, everywhere)):
        Visit.objects.update(on=WEDNESDAY.date() - days * DAY)
        assert boxes(ben.get(VISITS).text) == waiting


def test_a_second_visit_counts_from_that_day_and_one_that_was_none_is_taken_back(ben, village, streets):
    ben.post(VISITS, {"place": "round"})
    Visit.objects.update(on=WEDNESDAY.date() - 300 * DAY)
    ben.post(VISITS, {"place": "round"})
    assert [visit.on for visit in Visit.objects.all()] == [WEDNESDAY.date()]
    for _twice in range(2):
        assert "round" in boxes(ben.post(VISITS, {"back": "round"}, follow=True).text)
    assert not Visit.objects.exists()


def test_nothing_ticked_is_said_and_elsewhere_nobody_ticks(ben, cast, village, streets):
    for said in ({}, {"place": "street:Nirgends"}):
        answer = ben.post(VISITS, said)
        assert answer.status_code == 422
        assert "Bitte kreuzen Sie an, wo Sie waren." in answer.text
    assert ben.post("/de/schreibtisch/besuche/nuetterden/", {"place": "round"}).status_code == 404
    assert cast.at_the_square("anna").post(VISITS, {"place": "round"}).status_code == 404
    assert not Visit.objects.exists()


def test_visits_are_forgotten_after_some_two_years(ben, village):
    ben.post(VISITS, {"place": "round"})
    for days, left in ((799, 1), (802, 0)):
        with time_machine.travel(WEDNESDAY + days * DAY, tick=False):
            forget_old_notes.func()
        assert Visit.objects.count() == left


def test_freshness_is_noted_once_a_day_and_shown_week_by_week(ben, village):
    place(village("niel"))
    with time_machine.travel(WEDNESDAY - 7 * DAY, tick=False):
        Entry.objects.update(published_at=NOW - 30 * DAY)
        note_freshness.func()
        note_freshness.func()
    note_freshness.func()
    assert Freshness.objects.count() == 2
    assert "Frisch, Woche für Woche" in ben.get("/de/schreibtisch/lage/").text


def test_the_phone_list_is_typed_in_in_one_pass(ben, village):
    right, changed, away = (due(village("niel"), title=title) for title in ("Hof", "Laden", "Mühle"))
    path = "/de/schreibtisch/telefonliste/niel/"
    page = ben.get(path).text
    assert page.index("Hof") < page.index("Laden") < page.index("Mühle")
    said = {f"answer-{right.pk}": "right", f"answer-{changed.pk}": "changed", f"answer-{away.pk}": ""}
    answer = ben.post(path, said)
    assert answer.status_code == 422
    assert Listing.objects.get(pk=right.pk).assured_on == NOW.date()
    answer = ben.post(path, {**said, f"words-{changed.pk}": "Ruhetag ist Montag."}, follow=True)
    assert "Eingetragen: 1 bestätigt, 1 zu ändern, 0 weg." in answer.text
    assert Listing.objects.get(pk=right.pk).assured_on == WEDNESDAY.date()
    assert Listing.objects.get(pk=away.pk).status == Status.ACTIVE
    assert Correction.objects.get().text == "Ruhetag ist Montag."


def test_no_other_villages_phone_list_is_open(ben, village):
    assert ben.get("/de/schreibtisch/telefonliste/nuetterden/").status_code == 404
    assert ben.post("/de/schreibtisch/telefonliste/gibtesnicht/").status_code == 404


def test_a_successor_gets_what_is_open_and_the_notes_meant_for_her(ben, cast, village):
    row = ask(village("niel"), cast.anna, title="Wer mäht?")
    for text, is_for_successor in (("Für alle.", True), ("Für mich.", False)):
        Note.objects.create(
            area=village("niel"), key=f"ask:{row.pk}", text=text, by=cast.ben, written_at=NOW,
            erase_on=(NOW + 9 * DAY).date(), is_for_successor=is_for_successor,
        )  # fmt: skip
    page = ben.get("/de/schreibtisch/uebergabe/").text
    assert "Wer mäht?" in page
    assert "Für alle." in page
    assert "Für mich." not in page
    file = json.loads(ben.get("/de/schreibtisch/uebergabe/?format=json").content)
    told = next(one for one in file["open"] if one["title"] == "Wer mäht?")
    assert told["notes"] == ["Für alle."]
    assert file["team"]["Niel"] == ["Ben"]


def test_the_pages_ask_as_much_for_one_thing_as_for_many(ben, cast, village, django_assert_max_num_queries):
    ben.get("/de/schreibtisch/lage/")
    for path in ("/de/schreibtisch/woche/", "/de/schreibtisch/lage/"):
        place(village("niel"))
        ask(village("niel"), cast.anna, days=-1)
        with django_assert_max_num_queries(40) as few:
            ben.get(path)
        for number in range(4):
            place(village("zyfflich"))
            ask(village("niel"), cast.anna, days=-1, title=f"Suche {number}")
        with django_assert_max_num_queries(len(few.captured_queries)):
            ben.get(path)
