"""The page of one entry: plain words for people, schema.org for machines, and nothing for whom it is not meant."""

import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dorfplatz.entries.models import Entry
from dorfplatz.kernel.actor import VISITOR
from dorfplatz.places.actions import fold_place, name_keeper
from dorfplatz.places.drafts import KindFacts
from dorfplatz.places.enums import Generation, PlaceKind
from dorfplatz.places.json_ld import json_ld
from dorfplatz.places.queries import place_page
from dorfplatz.places.tests.factories import place
from tests.fixtures.kranenburg import INSTALLER, NOW, Square

MOST_QUERIES = 25


def rich(kranenburg, **changes):
    values = {
        "title": "Dorfladen Niel", "body": "Brot & **Gemüse**.", "categories": ("supermarket", "cafe"),
        "texts": {"nl": ("Dorpswinkel Niel", "Brood en groente.")}, "offered_by": "business",
        "opening_hours": "Mo-Fr 07:00-12:30,15:00-18:00; PH off", "phone": "+49 (0)2826 5550-10",
        "email": "laden@example.org", "website": "https://www.laden.example/x", "street": "Dorfstraße 1",
        "postcode": "47559", "town": "Kranenburg", "is_free": True, "step_free": "yes",
        "access_note": {"de": "Rampe links."}, "spoken_languages": ("de", "nl"),
        "generations": Generation.CHILDREN | Generation.OLDER, "minimum_age": 6, "alert": {"de": "Heute zu."},
    }  # fmt: skip
    return place(kranenburg.village("niel"), **{**values, **changes})


def page_of(square, listing, **query):
    return square.page(f"e/{listing.entry.code}/{listing.entry.title_words}/", **query)


def data_of(page):
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return json.loads(found[1])


def test_the_page_answers_what_for_whom_when_where_how_and_who_in_plain_words(kranenburg, square, person, at_eleven):
    listing = rich(kranenburg)
    name_keeper(listing, identity=person("Anna"), by=INSTALLER, now=NOW)
    page = page_of(square, listing)
    for words in (
        "<h1>Dorfladen Niel</h1>", "Brot &amp; <strong>Gemüse</strong>", "Mo–Fr 7–12:30 und 15–18 Uhr",
        "geöffnet bis 12:30",
        "Heute zu.", "Dorfstraße 1", 'href="tel:+492826555010"', 'href="mailto:laden@example.org"', "laden.example",
        "kostenlos", "Man kommt ohne Stufe hinein.", "Rampe links.", "Kinder und Ältere Menschen", "ab 6 Jahren",
        "Deutsch und Niederländisch", "Gepflegt von Anna.", "Zuletzt bestätigt am 23. November 2026",
        f"localhost/e/{listing.entry.code}", "Hier stimmt etwas nicht", "heute", "Mittwoch",
    ):  # fmt: skip
        assert words in page, words


def test_who_may_not_change_it_sees_no_buttons_for_it(kranenburg, square, at_eleven):
    page = page_of(square, rich(kranenburg))
    assert "Ja, stimmt noch" not in page
    assert "Eintrag ändern" not in page


def test_a_dutch_reader_gets_the_dutch_version_and_may_ask_for_the_original(kranenburg, at_eleven):
    listing, reader = rich(kranenburg), Square("nl")
    page = page_of(reader, listing)
    assert "<h1>Dorpswinkel Niel</h1>" in page
    original = page_of(reader, listing, text="de")
    assert '<h1 lang="de">Dorfladen Niel</h1>' in original
    assert "Duits (origineel)" in original
    assert "<h1>Dorpswinkel Niel</h1>" in page_of(reader, listing, text="../x"), "what is no version is not asked"


def test_an_entry_nobody_translated_says_in_which_language_it_is(kranenburg, at_eleven):
    page = page_of(Square("nl"), rich(kranenburg, texts=None))
    assert '<h1 lang="de">Dorfladen Niel</h1>' in page


def test_canonical_and_other_languages_stand_in_the_head(kranenburg, square, at_eleven):
    listing = rich(kranenburg)
    page = page_of(square, listing, text="nl")
    path = f"/de/e/{listing.entry.code}/dorfladen-niel/"
    assert f'<link rel="canonical" href="http://localhost{path}">' in page
    assert f'hreflang="nl" href="http://localhost/nl/e/{listing.entry.code}/dorfladen-niel/' in page


def test_a_business_is_a_local_business_with_hours_that_machines_read(kranenburg, square, at_eleven):
    data = data_of(page_of(square, rich(kranenburg)))
    assert data["@type"] == "LocalBusiness"
    assert data["name"] == "Dorfladen Niel"
    assert data["address"]["postalCode"] == "47559"
    assert {"dayOfWeek": "https://schema.org/Monday", "opens": "07:00", "closes": "12:30"}.items() <= data[
        "openingHoursSpecification"
    ][0].items()
    assert (data["geo"]["latitude"], data["geo"]["longitude"]) == (51.82639, 6.02028)


@pytest.mark.parametrize(
    ("kind", "said"),
    [(PlaceKind.ORGANIZATION, "Organization"), (PlaceKind.SERVICE, "Service"), (PlaceKind.LOCATION, "Place")],
)
def test_each_kind_has_its_type(kranenburg, square, at_eleven, kind, said):
    assert data_of(page_of(square, rich(kranenburg, kind=kind, offered_by="volunteer")))["@type"] == said


@pytest.mark.parametrize("evil", ["</script><script>alert(1)</script>", "<!--<script>", "]]>", "\u2028 & \\u003c"])
def test_no_title_breaks_out_of_the_data_block(kranenburg, at_eleven, evil):
    listing = rich(kranenburg, title=evil, body=evil)
    entry = Entry.objects.get(pk=listing.pk)
    page = place_page(entry, language="de", viewer=VISITOR, now=NOW)
    markup = str(json_ld(page, url="https://x/", is_business=True))
    assert not set("<>&\u2028") & set(markup)
    assert json.loads(markup)["name"] == evil


def test_services_folded_in_and_things_that_belong_are_listed(kranenburg, square, at_eleven):
    shop = rich(kranenburg)
    niel = kranenburg.village("niel")
    own = KindFacts(organization_id=shop.pk)
    parcels = place(niel, title="Paketannahme", kind=PlaceKind.SERVICE, own=own)
    place(niel, title="Nachbarschaftscafé", kind=PlaceKind.SERVICE, own=own)
    fold_place(parcels, into=shop, by=INSTALLER, now=NOW)
    parts, related = page_of(square, shop).split("Gehört zusammen")
    assert "Paketannahme" in parts
    assert "Nachbarschaftscafé" in related
    assert "Dorfladen Niel" in page_of(square, parcels)


def test_what_nobody_has_confirmed_for_long_is_amber_and_says_so(kranenburg, square, at_eleven):
    listing = rich(kranenburg)
    Entry.objects.filter(pk=listing.pk).update(check_due_at=NOW.replace(year=2025))
    page = page_of(square, listing)
    assert "notice-warning" in page
    assert "Lange nicht bestätigt." in page


def test_an_entry_of_openstreetmap_names_its_source_and_licence(kranenburg, square, at_eleven):
    page = page_of(square, rich(kranenburg, origin="osm", assured_by="osm"))
    assert "Laut OpenStreetMap, Stand 23. November 2026." in page
    assert "Open Database License" in page
    assert "Open Database License" not in page_of(square, rich(kranenburg))


def test_the_poorest_entry_has_a_page_too(kranenburg, square, at_eleven):
    listing = place(kranenburg.village("niel"), title="Bank", kind=PlaceKind.LOCATION, assured_by="")
    Entry.objects.filter(pk=listing.pk).update(lat=None, lon=None)
    page = page_of(square, listing)
    assert "Diesen Eintrag hat noch niemand bestätigt." in page
    assert "strip-map" not in page


def test_another_wording_and_the_printed_address_lead_to_the_page(kranenburg, square, at_eleven):
    listing = rich(kranenburg)
    code = listing.entry.code
    assert square.get(f"/de/e/{code}/old-words/").url == f"/de/e/{code}/dorfladen-niel/"
    assert square.get(f"/e/{code}").url == f"/de/e/{code}/dorfladen-niel/"
    assert Square("nl").get(f"/e/{code.upper()}").url == f"/nl/e/{code}/dorfladen-niel/"


@pytest.mark.parametrize("state", ["draft", "waiting", "hidden", "removed"])
def test_what_is_not_public_answers_like_what_does_not_exist(kranenburg, square, at_eleven, state):
    listing = rich(kranenburg)
    Entry.objects.filter(pk=listing.pk).update(state=state)
    code = listing.entry.code
    for path in (f"/de/e/{code}/dorfladen-niel/", f"/e/{code}", f"/de/eintrag/{code}/stimmt-nicht/", "/de/e/zzzzzzz/"):
        assert square.get(path, follow=True).status_code == 404, path


def test_a_rich_page_with_twenty_services_costs_as_many_queries_as_with_two(kranenburg, at_eleven, square, unkept):
    shop, niel = rich(kranenburg), kranenburg.village("niel")
    own = KindFacts(organization_id=shop.pk)

    def add(number):
        for _number in range(number):
            fold_place(place(niel, kind=PlaceKind.SERVICE, own=own), into=shop, by=INSTALLER, now=NOW)
            place(niel, kind=PlaceKind.SERVICE, own=own)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            page_of(square, shop)
        return len(captured)

    add(2)
    few = queries()
    add(18)
    assert queries() == few <= MOST_QUERIES
