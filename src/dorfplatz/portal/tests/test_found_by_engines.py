"""What search engines are told: that they may read, which pages there are, and what each is about."""

from xml.etree import ElementTree as ET

from dorfplatz.entries.actions import hide_entry
from dorfplatz.entries.enums import Audience
from dorfplatz.places.tests.factories import place
from tests.fixtures.kranenburg import INSTALLER, NOW

SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def addresses(square):
    tree = ET.fromstring(square.get("/sitemap.xml").content)  # noqa: S314 - it is our own answer
    return [element.text for element in tree.iter(f"{SPACE}loc")]


def test_the_rules_for_robots_lead_to_the_sitemap(kranenburg, square):
    answer = square.get("/robots.txt")
    assert answer["content-type"].startswith("text/plain")
    assert "Sitemap: http://localhost/sitemap.xml" in answer.content.decode()


def test_the_sitemap_lists_what_everybody_may_read_and_nothing_else(kranenburg, square):
    niel = kranenburg.village("niel")
    shown = place(niel, title="Dorfladen Niel")
    hidden = place(niel, title="Versteckt")
    place(niel, title="Für Mitglieder", audience=Audience.MEMBERS)
    hide_entry(hidden.entry, by=INSTALLER, now=NOW)
    place(kranenburg.village("groesbeek"), title="Nebenan")

    found = addresses(square)

    assert [a for a in found if "/e/" in a] == [f"http://localhost/de/e/{shown.entry.code}/dorfladen-niel/"]
    assert {"http://localhost/de/", "http://localhost/de/karte/", "http://localhost/de/niel/"} <= set(found)
    for address in found:
        assert square.get(address.removeprefix("http://localhost")).status_code == 200


def test_the_sitemap_costs_the_same_for_few_and_for_many(kranenburg, square, django_assert_max_num_queries):
    for number in range(9):
        place(kranenburg.village("niel"), title=f"Laden {number}")
    with django_assert_max_num_queries(8):
        square.get("/sitemap.xml")


def test_home_and_village_pages_say_what_they_are_about_and_name_their_other_language(kranenburg, square):
    niel = kranenburg.village("niel")
    niel.intro = {"de": "Ein Chor, ein Brink und sehr viel Himmel."}
    niel.save()
    assert '<meta name="description" content="Ein Chor, ein Brink und sehr viel Himmel.">' in square.page("niel/")
    assert '<meta name="description" content="Was es in Kranenburg gibt' in square.page()
    assert 'hreflang="nl" href="http://localhost/nl/niel/"' in square.page("niel/")
