"""The home pages of the municipality and of a village."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dorfplatz.entries.actions import hide_entry
from dorfplatz.members.enums import Role
from dorfplatz.places.tests.factories import place
from dorfplatz.villages.actions import set_up_municipality
from dorfplatz.villages.description import parse_description
from dorfplatz.villages.models import Municipality
from tests.fixtures.kranenburg import DESCRIPTION, INSTALLER, NOW, Square
from tests.fixtures.people import square_of

MOST_QUERIES = 25


def test_the_bare_address_leads_to_the_readers_language(square):
    assert square.get("/").headers["location"] == "/de/"
    assert Square("nl").get("/").headers["location"] == "/nl/"
    assert Square("fr,nl;q=0.5").get("/").headers["location"] == "/nl/"
    assert Square("ja").get("/").headers["location"] == "/de/"


def test_the_municipality_names_its_villages_and_neighbours_across_the_border(square, kranenburg):
    place(kranenburg.village("niel"), title="Chor Niel")
    page = square.page()
    for name in ("Nütterden", "Niel", "Zyfflich", "Groesbeek"):
        assert name in page
    assert "1\u00a0Eintrag" in page
    assert "Niederlande" in page


def test_a_village_shows_what_there_is_and_who_meets(square, kranenburg):
    niel = kranenburg.village("niel")
    place(niel, title="Chor Niel", categories=("music-choir",))
    place(niel, title="Bäckerei Korn", categories=("bakery",))
    page = square.page("niel/")
    assert "222 Menschen" in page
    assert "Was es in Niel gibt" in page
    assert "Chor Niel" in page
    assert "Alle 2 Einträge ansehen" in page


def test_a_small_village_is_filled_up_with_its_neighbours_and_says_so(square, kranenburg):
    place(kranenburg.village("zyfflich"), title="Schützen Zyfflich")
    page = square.page("niel/")
    assert "Und gleich nebenan" in page
    assert "Schützen Zyfflich" in page
    assert "3,2 km" in page


def test_a_village_with_enough_of_its_own_is_not_filled_up(square, kranenburg):
    for _ in range(8):
        place(kranenburg.village("niel"))
    place(kranenburg.village("zyfflich"), title="Schützen Zyfflich")
    assert "Schützen Zyfflich" not in square.page("niel/")


def test_what_is_open_now_is_said_with_what_closes_first(square, kranenburg, at_eleven):
    niel = kranenburg.village("niel")
    place(niel, title="Defibrillator", categories=("defibrillator",), opening_hours="24/7")
    place(niel, title="Zaubermuseum", categories=("museum",), opening_hours="Mo-Fr 10:00-12:00")
    place(niel, title="Abendcafé", categories=("cafe",), opening_hours="Mo-Fr 18:00-22:00")
    page = square.page("niel/")
    box = page[page.index('id="open-now"') :]
    assert box.index("Zaubermuseum") < box.index("Defibrillator")
    assert "Abendcafé" not in box[: box.index("</section>")]


def test_what_is_hidden_counts_nowhere(square, kranenburg):
    listing = place(kranenburg.village("niel"), title="Chor Niel")
    hide_entry(listing.entry, by=INSTALLER, now=listing.entry.created_at)
    page = square.page("niel/")
    assert "Chor Niel" not in page
    assert "Hier steht noch nichts auf der Karte." in page


def test_a_village_that_is_not_there_is_not_found(square):
    square.page("atlantis/", status=404)


def test_a_neighbour_with_a_square_of_its_own_is_shown_there(square, kranenburg):
    other = {
        "municipality": {
            "slug": "berg-en-dal", "name": "Berg en Dal", "country": "NL", "languages": ["nl"],
            "hosts": ["bergendal.example"],
        },
        "village": [{"slug": "groesbeek", "name": "Groesbeek", "lat": 51.777, "lon": 5.936}],
    }  # fmt: skip
    set_up_municipality(parse_description(other, {}), by=INSTALLER, now=NOW)
    home = {**DESCRIPTION, "municipality": {**DESCRIPTION["municipality"], "hosts": ["kranenburg.example"]}}
    set_up_municipality(parse_description(home, {}), by=INSTALLER, now=NOW)
    answer = Square(host="kranenburg.example").get("/de/groesbeek/")
    assert answer.headers["location"] == "http://bergendal.example/de/groesbeek/"


@pytest.mark.parametrize("path", ["/de/", "/de/niel/", "/nl/zyfflich/"])
def test_a_home_page_asks_as_little_for_many_entries_as_for_few(path, square, kranenburg, unkept):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert square.get(path).status_code == 200
        return len(asked)

    for slug in ("niel", "zyfflich"):
        place(kranenburg.village(slug), opening_hours="24/7")
    queries()
    few = queries()
    for slug in ("niel", "zyfflich"):
        for _ in range(20):
            place(kranenburg.village(slug), opening_hours="24/7")
    assert queries() <= few <= MOST_QUERIES


def test_both_home_pages_are_whole_in_dutch(kranenburg, square):
    place(kranenburg.village("niel"), title="Chor Niel", texts={"nl": ("Koor Niel", "Wij zingen.")})
    dutch = Square("nl")
    assert "Onze dorpen" in dutch.page()
    page = dutch.page("niel/")
    assert "Koor Niel" in page
    assert "222 inwoners" in page
    assert not re.search(r"\b(Einträge|Menschen|Jetzt geöffnet)\b", page)


def test_the_municipality_arranges_what_its_home_pages_say(person, kranenburg):
    place(kranenburg.village("niel"), title="Chor Niel", categories=("music-choir",))
    square = square_of(person("Ada", roles=[(Role.ADMIN, "")]))

    def headings() -> list[str]:
        return re.findall(r'<h2 id="(what|clubs|map)"', square.page("niel/"))

    assert headings() == ["what", "clubs", "map"]
    page = square.page("einstellungen/startseiten/")
    assert "„Auf der Karte“ nach oben" in page
    address, version = "/de/einstellungen/startseiten/", kranenburg.municipality.area.version
    for number, wish in enumerate(["up:map", "up:map", "up:map", "off:clubs"]):
        answer = square.post(address, {"version": version + number, "do": wish})
        assert answer["Location"] == address
    assert headings() == ["map", "what"]

    square.post(address, {"version": version, "do": "on:clubs"})
    assert "clubs" not in headings(), "somebody else has saved since that page was opened"
    square.post(address, {"version": version + 4, "do": "on:clubs"})
    assert "clubs" in headings()


@pytest.mark.parametrize("wish", ["", "up:", "up:atlantis", "burn:map", "x" * 90])
def test_a_wish_that_nobody_understands_arranges_nothing(person, kranenburg, wish):
    square = square_of(person("Ada", roles=[(Role.ADMIN, "")]))
    answer = square.post("/de/einstellungen/startseiten/", {"version": 0, "do": wish})
    assert answer.status_code == 302
    assert Municipality.objects.get(pk=kranenburg.municipality.pk).home_order == []


def test_a_phone_has_four_doors_and_the_menu_below_and_the_search_above(square, kranenburg):
    page = square.page()
    bottom = page[page.index('<nav class="bottom"') :]
    bottom = bottom[: bottom.index("</nav>")]
    assert re.findall(r"</svg><span>([^<]+)</span></a>", bottom.partition("<details")[0]) == [
        "Platz", "Karte", "Termine", "Suche &amp; Biete",
    ]  # fmt: skip
    top = page[page.index('<nav class="tools"') :]
    assert "/de/suche/" in top[: top.index("</nav>")]
