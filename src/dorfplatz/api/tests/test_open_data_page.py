"""The page for people: what there is to take away, its licence, its sources."""

import re

from dorfplatz.places.tests.factories import place
from tests.fixtures.kranenburg import Square


def test_the_foot_of_every_page_leads_to_the_open_data_in_both_languages(square):
    assert 'href="/de/offene-daten/">Offene Daten' in square.page()
    assert 'href="/nl/open-data/">Open data' in Square("nl").page()


def test_it_names_licences_and_sources_and_every_link_on_it_answers(square):
    page = square.page("offene-daten/")
    for words in (
        "CC BY 4.0",
        "ODbL 1.0",
        "© OpenStreetMap contributors",
        "„Kranenburg, localhost“",
        "Nichts über Personen",
    ):
        assert words in page
    found = set(re.findall(r'href="(/(?:api|hsds)/[^"]*)"', page))
    assert len(found) == 5
    for address in found:
        assert square.get(address.replace("&amp;", "&")).status_code == 200, address
    assert "/api/v1/places.csv?lang=nl" in Square("nl").page("open-data/")


def test_where_the_social_map_is_closed_only_the_villages_are_left(kranenburg, square):
    kranenburg.municipality.rooms_off = ["places"]
    kranenburg.municipality.save()
    page = square.page("offene-daten/")
    assert "/api/v1/areas.geojson" in page
    assert "places.csv" not in page
    assert "OpenStreetMap" not in page.split("<footer")[0]


def test_the_list_of_the_social_map_can_be_taken_along_as_it_is_filtered(kranenburg, square):
    place(kranenburg.village("niel"), title="Chor", categories=("music-choir",))
    page = square.page("karte/", village="niel", q="Chor")
    address = re.search(r'href="(/api/v1/places\.csv[^"]*)"', page)[1].replace("&amp;", "&")
    assert "village=niel" in address
    assert "Als Tabelle" in page
    assert b"Chor" in square.get(address).content
    assert "places.csv" not in square.page("karte/", q="gibtesnicht")
