"""The social map as readers meet it: a list with filters that works without scripts, in German and in Dutch."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dorfplatz.kernel.geo import Point
from dorfplatz.places.tests.factories import place
from tests.fixtures.kranenburg import Square

MOST_QUERIES = 25


@pytest.fixture
def village(kranenburg):
    """Niel with a choir, a café and a doctor; Zyfflich with a café."""
    niel, zyfflich = kranenburg.village("niel"), kranenburg.village("zyfflich")
    place(niel, title="Chor Niel", categories=("music-choir",), texts={"nl": ("Koor Niel", "Wij zingen.")})
    place(niel, title="Café am Tisch", categories=("cafe",), is_free=True, opening_hours="Mo-Fr 09:00-18:00")
    place(niel, title="Praxis", categories=("doctor",), step_free="yes", spoken_languages=("de", "nl"))
    place(zyfflich, title="Café Zyfflich", categories=("cafe",))
    return kranenburg


def titles(page):
    return re.findall(r'<h3 class="card-title"><a href="[^"]+">([^<]+)</a>', page)


def facet_url(page, label):
    """Where a value of a facet leads, as a reader without scripts follows it."""
    found = re.search(rf'<a class="facet[^>]*href="([^"]+)"[^>]*>(?:(?!</a>).)*<span>{label}</span>', page, re.DOTALL)
    assert found, f"no facet “{label}”"
    return found[1].replace("&amp;", "&")


def test_everything_there_is_stands_in_the_list_with_its_number(village, square, at_eleven):
    page = square.page("karte/")
    assert set(titles(page)) == {"Chor Niel", "Café am Tisch", "Praxis", "Café Zyfflich"}
    assert "4 Einträge" in page


def test_in_dutch_the_address_the_words_and_the_titles_are_dutch(village, at_eleven):
    page = Square("nl").page("kaart/", village="niel")
    assert "Koor Niel" in titles(page)
    assert "3 vermeldingen" in page
    assert 'lang="de"' in page, "a German title says that it is German"


def test_facets_are_links_that_narrow_and_widen_again(village, square, at_eleven):
    page = square.page("karte/")
    narrowed = square.get(facet_url(page, "Niel")).content.decode()
    assert set(titles(narrowed)) == {"Chor Niel", "Café am Tisch", "Praxis"}
    shops = square.get(facet_url(narrowed, "Läden, Firmen, Gasthäuser")).content.decode()
    assert titles(shops) == ["Café am Tisch"]
    below = square.get(facet_url(shops, "Café &amp; Eisdiele")).content.decode()
    assert titles(below) == ["Café am Tisch"]
    assert "<h1>Café &amp; Eisdiele</h1>" in below
    wider = square.get(facet_url(below, "Niel")).content.decode()
    assert set(titles(wider)) == {"Café am Tisch", "Café Zyfflich"}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"free": "1"}, ["Café am Tisch"]),
        ({"step_free": "1"}, ["Praxis"]),
        ({"language": "nl"}, ["Praxis"]),
        ({"open": "now"}, ["Café am Tisch"]),
        ({"open": "weekend"}, []),
        ({"q": "zingen"}, ["Chor Niel"]),
        ({"category": ["music-choir", "doctor"]}, ["Chor Niel", "Praxis"]),
        ({"village": "zyfflich"}, ["Café Zyfflich"]),
        ({"village": "zyfflich", "neighbours": "1", "category": "cafe"}, ["Café Zyfflich", "Café am Tisch"]),
    ],
)
def test_each_question_of_the_promised_address_is_answered(village, square, at_eleven, query, found):
    assert titles(square.page("karte/", **query)) == found


def test_a_neighbours_entry_carries_its_village_and_the_distance(village, square, at_eleven):
    page = square.page("karte/", village="zyfflich", neighbours="1")
    own, beside = page.split("Aus der Nachbarschaft")
    assert titles(own) == ["Café Zyfflich"]
    assert "chip-distance" not in own
    assert re.search(r'Niel <span class="chip-distance">3,2 km</span>', beside)


def test_a_village_with_little_is_offered_its_neighbours(village, square, at_eleven):
    page = square.page("karte/", village="zyfflich")
    assert "noch 3 Einträge" in page
    assert "/de/karte/?village=zyfflich&amp;neighbours=1" in page


def test_where_nothing_is_found_the_page_says_what_would_be_and_never_ends(village, square, at_eleven):
    page = square.page("karte/", village="zyfflich", category="cafe", free="1")
    assert titles(page) == []
    assert "In Zyfflich ist dazu noch nichts eingetragen." in page
    assert "/de/karte/cafe/?village=zyfflich" in page, "without “free of charge” there is one"
    assert "/de/karte/cafe/?village=niel&amp;free=1" in page, "the neighbour has one"


def test_the_page_of_a_category_has_a_heading_words_and_its_parts(village, square, at_eleven):
    page = square.page("karte/shops/")
    assert "<h1>Läden, Firmen, Gasthäuser</h1>" in page
    assert "Einkaufen, einkehren" in page
    assert "/de/karte/cafe/" in page
    assert square.page("karte/no-such-thing/", status=404)


def test_another_language_keeps_category_and_filter(village, square, at_eleven):
    page = square.page("karte/cafe/", village="niel")
    assert "/nl/kaart/cafe/?village=niel" in page


def test_htmx_gets_the_results_alone(village, square, at_eleven):
    answer = square.get("/de/karte/", headers={"HX-Request": "true", "HX-Request-Type": "partial"})
    text = answer.content.decode()
    assert "<html" not in text
    assert set(titles(text)) == set(titles(square.page("karte/")))
    assert "data-map-url=" in text
    assert "HX-Request-Type" in answer["Vary"]


def test_a_long_list_comes_in_pages_that_keep_the_filter(village, square, at_eleven):
    for _number in range(30):
        place(village.village("niel"), categories=("cafe",))
    first, second = (square.page("karte/cafe/", village="niel", page=number) for number in ("1", "2"))
    assert (len(titles(first)), len(titles(second))) == (24, 7)
    assert "?village=niel&amp;page=2" in first
    assert titles(square.page("karte/cafe/", village="niel", page="999"))
    assert titles(square.page("karte/cafe/", village="niel", page="x"))


def test_on_paper_all_results_stand_with_their_short_addresses(village, square, at_eleven):
    for _number in range(30):
        place(village.village("niel"))
    page = square.page("karte-drucken/", village="niel", category="clubs", free="")
    assert page.count("paper-entry") == 31
    assert len(re.findall(r"localhost/e/[0-9a-z]{7}", page)) == 31
    assert "Vereine &amp; Gruppen" in page
    assert "23. November 2026" in page


@pytest.mark.parametrize(
    "query",
    [
        "?village=../../etc&category=%00&open=never&bbox=nan,1,2,3&page=-1",
        "?village=niel&village=niel&category=clubs&category=clubs&q=%F0%9F%8E%B5%27%22%3Cscript%3E",
        "?generation=elves&by=nobody&side=uk&language=xx&free=true&page=1e9",
        "?" + "&".join(f"category=c{n}" for n in range(200)),
        "?q=" + "a" * 5000,
    ],
)
def test_a_hostile_address_gets_a_page_and_no_error(village, square, at_eleven, query):
    for path in ("/de/karte/", "/de/karte-drucken/", "/de/karte/clubs/"):
        answer = square.get(path + query)
        assert answer.status_code == 200
        assert b"<script>" not in answer.content.replace(b"<script src", b"")


def test_members_only_entries_are_not_for_visitors(village, square, person, at_eleven):
    place(village.village("niel"), title="Nur für uns", audience="members")
    assert "Nur für uns" not in titles(square.page("karte/"))
    inside = Square()
    inside.force_login(person("Anna", home="niel").login)
    assert "Nur für uns" in titles(inside.page("karte/"))


def test_a_room_that_is_closed_is_not_there(village, square):
    village.municipality.rooms_off = ["places"]
    village.municipality.save()
    for path in ("karte/", "karte/clubs/", "karte-drucken/"):
        square.page(path, status=404)


@pytest.mark.parametrize("path", ["/de/karte/", "/de/karte/clubs/?village=niel", "/de/karte-drucken/?q=verein"])
def test_fifty_entries_cost_as_many_queries_as_five(kranenburg, square, unkept, at_eleven, path):
    niel = kranenburg.village("niel")

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert square.get(path).status_code == 200
        return len(captured)

    for _number in range(5):
        place(niel, point=Point(51.82, 6.02))
    few = queries()
    for _number in range(45):
        place(niel, point=Point(51.82, 6.02))
    assert queries() == few <= MOST_QUERIES
