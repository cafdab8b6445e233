"""A municipality calls categories as people there do, hides some and has its own; others' stay as they are."""

import pytest

from dorfplatz.members.enums import Role
from dorfplatz.places.models import Category
from dorfplatz.places.queries import terms_of_municipality
from dorfplatz.places.tests.factories import category, place
from tests.fixtures.people import square_of


@pytest.fixture
def desk(person, at_eleven):
    return square_of(person("Ada", roles=[(Role.ADMIN, "")]))


def edit(desk, pk, **values):
    return desk.post(f"/de/einstellungen/kategorien/{pk}/", values)


def test_a_name_of_our_own_is_shown_in_its_language_and_the_standard_one_in_others(kranenburg, desk, square):
    cafe = category("cafe")
    place(kranenburg.village("niel"), categories=("cafe",))
    tags = "\n".join(cafe.osm_tags)
    assert edit(desk, cafe.pk, name_de="Kaffeestube", osm_tags=tags).status_code == 302
    assert "<h1>Kaffeestube</h1>" in square.page("karte/cafe/")
    term = terms_of_municipality(kranenburg.municipality).by_slug["cafe"]
    assert term.name["nl"] == cafe.name["nl"]
    assert Category.objects.get(pk=cafe.pk).name == cafe.name, "the standard name stays for everybody else"
    edit(desk, cafe.pk, name_de="", osm_tags=tags)
    assert terms_of_municipality(kranenburg.municipality).by_slug["cafe"].name["de"] == cafe.name["de"]


def test_a_hidden_category_is_no_facet_and_its_entries_stay(kranenburg, desk, square):
    place(kranenburg.village("niel"), title="Café am Tisch", categories=("cafe",))
    edit(desk, category("shops").pk, is_hidden="on", osm_tags="")
    page = square.page("karte/")
    assert "Läden, Firmen, Gasthäuser" not in page
    assert "Café am Tisch" in page


def test_an_entry_keeps_a_category_that_was_hidden_since(kranenburg, desk):
    listing = place(kranenburg.village("niel"), categories=("cafe",))
    edit(desk, category("cafe").pk, is_hidden="on", osm_tags="")
    page = desk.page(f"eintrag/{listing.entry.code}/aendern/")
    assert f'<option value="{category("cafe").pk}" selected>' in page
    assert f'<option value="{category("cafe").pk}"' not in desk.page("eintragen/")


def test_an_own_category_can_be_made_used_and_removed_when_empty(kranenburg, desk, square):
    desk.post(
        f"/de/einstellungen/kategorien/{category('clubs').pk}/neu/",
        {"name_de": "Kegelclub", "osm_tags": "club=bowling"},
    )
    own = Category.objects.get(municipality=kranenburg.municipality)
    assert (own.slug, own.parent.slug, own.osm_tags) == ("kegelclub", "clubs", ["club=bowling"])
    listing = place(kranenburg.village("niel"), title="Gut Holz")
    listing.categories.set([own])
    assert "Gut Holz" in square.page("karte/kegelclub/")
    path = f"/de/einstellungen/kategorien/{own.pk}/loeschen/"
    assert "In dieser Kategorie stehen noch Einträge." in desk.post(path, follow=True).content.decode()
    listing.categories.clear()
    desk.post(path)
    assert not Category.objects.filter(pk=own.pk).exists()


def test_mistakes_are_said_in_sentences(kranenburg, desk):
    cafe, clubs = category("cafe"), category("clubs")
    page = edit(desk, cafe.pk, name_de="Café", osm_tags="amenity=cafe\nnonsense").content.decode()
    assert "„nonsense“ ist kein Merkmal." in page
    path = f"/de/einstellungen/kategorien/{clubs.pk}/neu/"
    assert desk.post(path, {"name_nl": "Club"}).status_code == 422
    assert "Eine Kategorie mit diesem Namen gibt es schon." in desk.post(path, {"name_de": "Cafe"}).content.decode()
    below = f"/de/einstellungen/kategorien/{cafe.pk}/neu/"
    assert "Kategorien haben nur zwei Ebenen." in desk.post(below, {"name_de": "Eiscafé"}).content.decode()


def test_connectors_visitors_and_other_municipalities_do_not_come_in(kranenburg, person, square):
    assert square.get("/de/einstellungen/kategorien/").status_code == 302
    connector = square_of(person("Ben", roles=[(Role.CONNECTOR, "niel")]))
    assert connector.get("/de/einstellungen/kategorien/").status_code == 404
    assert connector.post(f"/de/einstellungen/kategorien/{category('cafe').pk}/", {}).status_code == 404


def test_the_list_of_categories_says_which_are_hidden_and_which_are_ours(kranenburg, desk):
    edit(desk, category("cafe").pk, is_hidden="on", osm_tags="")
    page = desk.page("einstellungen/kategorien/")
    assert page.count("ausgeblendet") == 1
    assert "Kaffee" in page or "Café" in page
