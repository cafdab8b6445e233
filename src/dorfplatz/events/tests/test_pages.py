"""The calendar as readers meet it: by day, by month, and one date with all that is known."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dorfplatz.entries.enums import Audience
from dorfplatz.events.actions import call_off, change_date
from dorfplatz.events.enums import Change
from dorfplatz.events.series import Single
from dorfplatz.events.tests.factories import event, span
from dorfplatz.places.enums import PlaceKind
from dorfplatz.places.tests.factories import category, place
from tests.fixtures.kranenburg import INSTALLER, NOW, Square

BY = {"by": INSTALLER, "now": NOW}


def titles(page):
    return re.findall(r'class="date-title"><a href="[^"]+">([^<]+)</a>', page)


@pytest.fixture
def choir(kranenburg):
    texts = {"nl": ("Koorrepetitie", "Wij zingen.")}
    return event(kranenburg.village("niel"), title="Chorprobe", rule="FREQ=WEEKLY", texts=texts, is_free=True)


def test_the_list_says_day_and_hour_as_people_do(choir, square, at_eleven):
    page = square.page("termine/")
    assert "heute, 23. November 2026" in page
    assert "19 bis 21 Uhr" in page
    assert "jeden Montag" in page
    assert titles(page)[0] == "Chorprobe"


def test_in_dutch_the_address_the_words_and_the_titles_are_dutch(choir, at_eleven):
    page = Square("nl").page("agenda/", village="niel")
    assert "Koorrepetitie" in titles(page)
    assert "19.00 tot 21.00 uur" in page
    assert "elke maandag" in page


@pytest.mark.parametrize("view", ["day", "week", "month"])
def test_day_week_and_month_show_the_same_date(view, choir, square, at_eleven):
    page = square.page("termine/", view=view)
    assert "Chorprobe" in page
    later = re.search(r'rel="next" href="([^"]+)"', page)
    assert later
    assert square.get(later[1].replace("&amp;", "&")).status_code == 200


def test_a_month_is_a_table_with_headings_and_a_list_for_phones(choir, square, at_eleven):
    page = square.page("termine/", view="month", **{"from": "2026-12-01"})
    assert page.count('<th scope="col">') == 7
    assert page.count("Chorprobe") == 8, "four Mondays, in the table and in the list"


def test_villages_themes_generations_cost_and_words_narrow(kranenburg, square, at_eleven):
    niel, zyfflich = kranenburg.village("niel"), kranenburg.village("zyfflich")
    event(niel, title="Schützenfest", theme_id=category("clubs").pk)
    event(niel, title="Spieltreff", generations=1, is_free=True)
    event(zyfflich, title="Storchengang", body="Mit Ferngläsern")
    assert set(titles(square.page("termine/", village="niel"))) == {"Schützenfest", "Spieltreff"}
    assert titles(square.page("termine/", theme="clubs")) == ["Schützenfest"]
    assert set(titles(square.page("termine/", generation="children"))) == {"Schützenfest", "Spieltreff", "Storchengang"}
    assert "Spieltreff" not in titles(square.page("termine/", generation="older"))
    assert titles(square.page("termine/", free="1")) == ["Spieltreff"]
    assert titles(square.page("termine/", q="ferngläser")) == ["Storchengang"]
    nothing = square.page("termine/", q="gibtesnicht")
    assert "Nichts zu „gibtesnicht“." in nothing


def test_neighbours_come_along_also_from_across_the_border(kranenburg, square, at_eleven):
    event(kranenburg.village("groesbeek"), title="Toneelavond", language="nl")
    assert titles(square.page("termine/", village="zyfflich", neighbours="1")) == ["Toneelavond"]
    empty = square.page("termine/", village="zyfflich")
    assert "Noch keine Termine in Zyfflich." in empty
    assert titles(empty) == ["Toneelavond"], "an empty page shows what is on next door"


def test_from_and_to_ask_for_days(choir, square, at_eleven):
    page = square.page("termine/", **{"from": "2026-12-07", "to": "2026-12-14"})
    assert titles(page) == ["Chorprobe", "Chorprobe"]
    assert titles(square.page("termine/", **{"from": "31.02.2026", "to": "x", "theme": "nie", "view": "\0"}))


def test_a_cancelled_date_stays_with_its_word(choir, square, at_eleven):
    change_date(choir, single=Single(date(2026, 11, 30), Change.CANCELLED, None, "Der Chorleiter ist krank."), **BY)
    page = square.page("termine/")
    assert "Fällt aus: Der Chorleiter ist krank." in page
    assert page.count("date-off") == 1


def test_what_lasts_several_days_stands_at_each_of_them(kranenburg, square, at_eleven):
    event(kranenburg.village("niel"), title="Kirmes", when=span(date(2026, 11, 27), "", days=2))
    page = square.page("termine/")
    assert titles(page) == ["Kirmes"] * 3
    assert "bis Sonntag, 29. November" in page


def test_members_dates_are_for_members(kranenburg, cast, square, at_eleven):
    event(kranenburg.village("niel"), title="Vorstand", audience=Audience.MEMBERS)
    assert titles(square.page("termine/")) == []
    assert titles(cast.at_the_square("anna").page("termine/")) == ["Vorstand"]


def test_the_page_of_a_date_tells_all(kranenburg, choir, square, at_eleven):
    page = square.page(f"e/{choir.entry.code}/")
    assert "heute, 19 bis 21 Uhr" in page
    assert "Montag, 23. November 2026" in page
    assert "kostenlos" in page
    assert "Weitere Termine" in page
    assert '"@type": "Event"' in page
    dutch = Square("nl").page(f"e/{choir.entry.code}/")
    assert "vanavond 19.00 tot 21.00 uur" in dutch
    call_off(choir, word="Die Kirche ist gesperrt.", **BY)
    assert "Die Kirche ist gesperrt." in square.page(f"e/{choir.entry.code}/")


def test_a_club_and_a_hall_show_their_next_dates(kranenburg, square, at_eleven):
    niel = kranenburg.village("niel")
    club, hall = place(niel, title="Chor"), place(niel, title="Saal", kind=PlaceKind.LOCATION)
    event(niel, title="Probe", rule="FREQ=WEEKLY", organiser_id=club.pk, place_id=hall.pk)
    for listing in (club, hall):
        page = square.page(f"e/{listing.entry.code}/")
        assert "Nächste Termine" in page
        assert titles(page).count("Probe") == 5


def test_a_village_says_what_is_on_today_and_a_quiet_one_what_is_on_next_door(kranenburg, square, at_eleven):
    event(kranenburg.village("niel"), title="Chorprobe")
    event(kranenburg.village("groesbeek"), title="Toneelavond", when=span(date(2026, 11, 25)), language="nl")
    assert titles(square.page("niel/"))[0] == "Chorprobe"
    quiet = square.page("zyfflich/")
    assert "Heute ist in Zyfflich nichts mehr." in quiet
    assert set(titles(quiet)) == {"Chorprobe", "Toneelavond"}
    assert "km" in quiet, "with how far it is"


def test_what_is_over_today_is_left_out_of_today(kranenburg, square, time_machine):
    event(kranenburg.village("niel"), title="Frühschoppen", when=span(begins="10:00", ends="12:00"))
    time_machine.move_to(NOW, tick=False)
    assert "Frühschoppen" in square.page("niel/")
    time_machine.move_to(NOW + timedelta(hours=2), tick=False)
    assert "Frühschoppen" not in square.page("niel/")


def test_the_search_finds_a_date_by_its_place(kranenburg, square, at_eleven):
    event(kranenburg.village("niel"), title="Treffen", place_words="Bücherzelle")
    assert "Treffen" in square.page("suche/", q="Bücherzelle")


def queries_of(square, path, **query):
    with CaptureQueriesContext(
        connection,
    ) as caught:
        square.page(path, **query)
    return len(caught)


@pytest.mark.parametrize("asked", [("termine/", {}), ("termine/", {"view": "month"}), ("niel/", {})])
def test_many_dates_cost_as_many_queries_as_one(asked, kranenburg, square, at_eleven, unkept):
    path, query = asked
    niel = kranenburg.village("niel")
    hall = place(niel, title="Saal", kind=PlaceKind.LOCATION)
    event(niel, rule="FREQ=WEEKLY", place_id=hall.pk)
    square.page(path, **query)
    few = queries_of(square, path, **query)
    for number in range(12):
        event(
            niel,
            kranenburg.village("zyfflich"),
            rule="FREQ=DAILY",
            place_id=hall.pk,
            when=span(begins=f"{8 + number}:00".zfill(5), ends=""),
        )
    assert queries_of(square, path, **query) <= few
    assert few <= 32
