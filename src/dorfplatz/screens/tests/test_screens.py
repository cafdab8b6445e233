from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dorfplatz.entries.actions import hide_entry
from dorfplatz.entries.enums import Audience
from dorfplatz.events.tests.factories import event, span
from dorfplatz.exchange.tests.factories import exchange
from dorfplatz.kernel.verdict import Problem, Refused
from dorfplatz.places.tests.factories import place
from dorfplatz.screens.actions import ScreenDraft, change_screen, revoke_screen, set_up_screen
from dorfplatz.screens.addresses import code_of, pk_of
from dorfplatz.screens.models import Screen
from dorfplatz.square.tests.factories import post
from dorfplatz.wishes.tests.factories import wish
from tests.fixtures.kranenburg import INSTALLER, NOW

BY = {"by": INSTALLER, "now": NOW}
TODAY = date(2026, 11, 23)


@pytest.fixture
def screen(kranenburg):
    draft = ScreenDraft(kranenburg.village("niel"), "Bäckerei, Fenster", ["de"], night_from=22, night_until=6)
    return set_up_screen(draft, **BY)


def path(screen, word="schaukasten"):
    return f"{word}/{code_of(screen.pk)}/"


def test_a_screen_shows_what_is_on_what_is_new_and_who_asks_and_nothing_for_members(
    screen, kranenburg, square, at_eleven
):
    niel = kranenburg.village("niel")
    event(niel, title="Probe des Chors")
    event(niel, title="Kaffee der Alten", when=span(TODAY + timedelta(days=1), "15:00", "17:00"))
    event(niel, title="Übermorgen", when=span(TODAY + timedelta(days=2)))
    event(kranenburg.village("zyfflich"), title="Markt in Zyfflich")
    asked = exchange(niel, title="Wer liest vor?").entry
    post(niel, title="Die Bank ist heil")
    post(niel, title="Nur unter uns", audience=Audience.MEMBERS)
    event(niel, title="Für Mitglieder", audience=Audience.MEMBERS)
    page = square.page(path(screen))
    for said in ("Probe des Chors", "Kaffee der Alten", "Markt in Zyfflich", "Wer liest vor?", "Die Bank ist heil"):
        assert said in page
    assert "Nur unter uns" not in page
    assert "Für Mitglieder" not in page
    assert 'data-day="2026-11-23"' in page
    assert f"localhost<wbr>/e/{asked.code}" in page
    assert "Bäckerei, Fenster" not in page  # only those in charge see where it hangs
    assert 'data-night-from="22" data-night-until="6"' in page


def test_a_wish_has_its_turn_with_a_code(screen, kranenburg, square, at_eleven):
    told = wish(kranenburg.village("niel"), title="Eine Bank an der Kirche").entry
    wish(kranenburg.village("niel"), title="Nur für uns", audience=Audience.MEMBERS)
    page = square.page(path(screen))
    assert "Eine Bank an der Kirche" in page
    assert f"localhost<wbr>/e/{told.code}" in page
    assert "Nur für uns" not in page


def test_each_of_the_coming_days_has_a_slide_so_that_a_screen_without_a_network_shows_the_right_day(
    screen, square, at_eleven
):
    page = square.page(path(screen))
    days = [f'data-day="2026-11-{day}"' for day in (23, 24, 25, 26)]
    assert all(day in page for day in days)
    assert page.count("steht nichts im Kalender") == len(days)


def test_in_two_languages_each_slide_is_said_in_one_and_then_in_the_other(kranenburg, square, at_eleven):
    screen = set_up_screen(ScreenDraft(kranenburg.village("niel"), "Fenster", ["de", "nl"]), **BY)
    page = square.page(path(screen))
    assert page.index('lang="de" data-sort="dates"') < page.index('lang="nl" data-sort="dates"')
    assert "Vandaag" in page
    assert "Ons dorpsplein" in page


def test_the_screen_of_an_organisation_begins_with_its_own_dates(kranenburg, square, at_eleven):
    niel = kranenburg.village("niel")
    club = place(niel, title="Schützen Niel", kind="organization")
    soon = {"when": span(TODAY + timedelta(days=12)), "organiser_id": club.pk}
    event(niel, title="Vogelschießen", **soon)
    event(niel, title="Vorstand", audience=Audience.MEMBERS, **soon)
    screen = set_up_screen(ScreenDraft(niel, "Schützenhaus", ["de"], organization_id=club.pk), **BY)
    page = square.page(path(screen))
    assert page.index("Schützen Niel") < page.index("Vogelschießen") < page.index('data-day="2026-11-23"')
    assert "Vorstand" not in page
    hide_entry(club.entry, **BY)
    assert "Schützen Niel" not in square.page(path(screen))


def test_what_was_hidden_or_revoked_is_gone_with_the_next_question(screen, kranenburg, square, at_eleven):
    entry = post(kranenburg.village("niel"), title="Weg damit").entry
    assert "Weg damit" in square.page(path(screen))
    hide_entry(entry, **BY)
    assert "Weg damit" not in square.page(path(screen))
    was = path(screen)
    revoke_screen(screen, **BY)
    ended = square.page(was, status=404)
    assert "Dieser Schaukasten wurde abgemeldet" in ended
    assert "data-screen-ended" in ended
    assert "data-screen-ended" not in square.page("schaukasten/7-aaaaaaaaaaaa/", status=404)


def test_nobody_guesses_an_address(screen, square):
    assert pk_of(code_of(screen.pk)) == screen.pk
    own = str(screen.pk)
    for wrong in (
        own,
        f"{own}-",
        f"{own}-aaaaaaaaaaaa",
        code_of(screen.pk + 1),
        "1" * 40,
        "../x",
        "\u0661-" + "a" * 12,
    ):
        assert square.get(f"/de/schaukasten/{wrong}/").status_code == 404
    assert pk_of(code_of(screen.pk).upper()) is None


def test_of_its_life_the_hour_is_noted_and_nothing_else(screen, square, at_eleven, time_machine):
    time_machine.move_to(NOW + timedelta(minutes=17), tick=False)
    assert square.post(f"/de/{path(screen)}lebt/").status_code == 204
    assert not square.cookies
    screen.refresh_from_db()
    assert screen.seen_at == NOW
    time_machine.move_to(NOW + timedelta(minutes=40), tick=False)
    with_life = square.post(f"/de/{path(screen)}lebt/")
    assert with_life.status_code == 204
    screen.refresh_from_db()
    assert screen.seen_at == NOW


def test_those_in_charge_set_one_up_see_whether_it_lives_and_revoke_it(kranenburg, cast, at_eleven):
    ben = cast.at_the_square("ben")
    assert "Noch kein Schaukasten" in ben.page("schaukaesten/")
    said = {"name": "Bäckerei", "area": kranenburg.village("niel").pk, "languages": "de+nl", "night_from": "22",
            "night_until": "6", "touch": "on"}  # fmt: skip
    assert ben.post("/de/schaukaesten/neu/", said).status_code == 302
    screen = Screen.objects.get()
    assert (screen.languages, screen.touch, screen.night_from) == (["de", "nl"], True, 22)
    listed = ben.page("schaukaesten/")
    assert "Noch nicht geöffnet" in listed
    assert f"/de/{path(screen)}" in listed
    ben.post(f"/de/{path(screen)}lebt/")
    assert "Läuft:" in ben.page("schaukaesten/")
    assert ben.post(f"/de/schaukaesten/{screen.pk}/", {**said, "name": "Laden", "touch": ""}).status_code == 302
    screen.refresh_from_db()
    assert (screen.name, screen.touch) == ("Laden", False)
    assert ben.post(f"/de/schaukaesten/{screen.pk}/abmelden/").status_code == 302
    assert not Screen.objects.exists()


def test_a_half_night_is_said_in_one_sentence_and_nothing_is_lost(kranenburg, cast, at_eleven):
    said = {"name": "Bäckerei", "area": kranenburg.village("niel").pk, "languages": "de", "night_from": "22"}
    answer = cast.at_the_square("ben").post("/de/schaukaesten/neu/", said)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "von wann bis wann Nacht ist" in page
    assert 'value="Bäckerei"' in page


@pytest.mark.parametrize("wrong", [
    {"name": " "}, {"name": "x" * 61}, {"languages": []}, {"languages": ["fr"]}, {"night_from": 24, "night_until": 6},
    {"night_from": 5, "night_until": 5}, {"night_until": 6}, {"organization_id": 987654},
])  # fmt: skip
def test_what_makes_no_sense_is_refused(kranenburg, screen, wrong):
    draft = {"area": kranenburg.village("niel"), "name": "Fenster", "languages": ["de"], **wrong}
    with pytest.raises(Problem):
        set_up_screen(ScreenDraft(**draft), **BY)
    with pytest.raises(Problem):
        change_screen(screen, draft=ScreenDraft(**draft), **BY)


def test_neighbours_set_up_no_screens_and_a_connector_none_of_another_village(screen, kranenburg, cast):
    with pytest.raises(Refused):
        revoke_screen(screen, by=cast.actor("anna"), now=NOW)
    with pytest.raises(Refused):
        set_up_screen(ScreenDraft(kranenburg.village("nuetterden"), "Dort", ["de"]), by=cast.actor("ben"), now=NOW)
    with pytest.raises(Refused):
        change_screen(
            screen, draft=ScreenDraft(kranenburg.village("nuetterden"), "Dort", ["de"]), by=cast.actor("ben"), now=NOW
        )


@pytest.fixture
def asked(screen, square, at_eleven, unkept):
    def count():
        with CaptureQueriesContext(connection) as queries:
            square.page(path(screen))
        return len(queries)

    square.page(path(screen))
    return count


def test_the_page_asks_the_database_as_often_for_one_as_for_many(kranenburg, asked):
    niel = kranenburg.village("niel")
    event(niel), exchange(niel), post(niel)
    for_one = asked()
    for _n in range(8):
        event(niel), exchange(niel), post(niel)
    assert asked() == for_one
    assert for_one <= 45


def test_whoever_keeps_screens_finds_them_beside_the_village_paper(kranenburg, cast, square):
    for page in ("auf-papier/", "niel/dorfblatt/"):
        assert "/de/schaukaesten/" in cast.at_the_square("ben").page(page)
        for other in (square, cast.at_the_square("anna")):
            assert "Im Fenster" not in other.page(page)
