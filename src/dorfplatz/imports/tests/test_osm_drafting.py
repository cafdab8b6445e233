import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dorfplatz.imports.drafts import Draft, Rejected
from dorfplatz.imports.osm.drafting import Terms, draft_of
from dorfplatz.imports.osm.things import OsmThing
from dorfplatz.places.taxonomy import standard_taxonomy

TAXONOMY = standard_taxonomy()
TERMS = Terms(TAXONOMY.tag_index, {term.slug: term for term in TAXONOMY.terms})
LANGUAGES = ("de", "nl", "en")


def read(**tags: str) -> Draft | Rejected | None:
    named = {key.replace("__", ":"): value for key, value in tags.items()}
    return draft_of(OsmThing("node/1", named, 51.8, 6.0), TERMS, LANGUAGES)


def draft(**tags: str) -> Draft:
    found = read(**tags)
    assert isinstance(found, Draft)
    return found


def test_a_shop_says_all_that_people_ask_for() -> None:
    bakery = draft(
        shop="bakery", amenity="cafe", name="Bäckerei Derks", opening_hours="Mo-Fr 6:30-18:00; Su 8:00-11:00",
        wheelchair="limited", wheelchair__description="Eine Stufe", phone="+49 2826 1234", email="Brot@Example.org",
        website="www.example.org", addr__street="Hauptstraße", addr__housenumber="3 a", addr__postcode="47559",
        addr__city="Kranenburg", language__nl="yes", language__de="main", description="Seit 1921.",
    )  # fmt: skip
    assert (bakery.title, bakery.kind, bakery.categories) == ("Bäckerei Derks", "organization", ("bakery", "cafe"))
    assert bakery.opening_hours == "Mo-Fr 06:30-18:00; Su 08:00-11:00"
    assert (bakery.step_free, bakery.access_note) == ("limited", {"de": "Eine Stufe"})
    assert (bakery.phone, bakery.email, bakery.website) == (
        "+49 2826 1234", "brot@example.org", "https://www.example.org",
    )  # fmt: skip
    assert (bakery.street, bakery.postcode, bakery.town) == ("Hauptstraße 3 a", "47559", "Kranenburg")
    assert (bakery.spoken_languages, bakery.offered_by, bakery.body) == (("de", "nl"), "business", "Seit 1921.")
    assert bakery.uri == "https://www.openstreetmap.org/node/1"


def test_a_thing_with_names_in_several_languages_has_them_all() -> None:
    hall = draft(amenity="community_centre", name="Dorfhaus", name__nl="Dorpshuis", name__fr="Maison")
    assert hall.title == "Dorfhaus"
    assert hall.texts == {"nl": ("Dorpshuis", "")}


def test_a_nameless_defibrillator_is_called_what_it_is_in_each_language() -> None:
    aed = draft(emergency="defibrillator", defibrillator__location="Im Vorraum der Sparkasse", operator="Gemeinde")
    assert (aed.title, aed.texts["nl"], aed.is_nameless) == ("Defibrillator", ("AED", "Gemeinde"), True)
    assert aed.access_note == {"de": "Im Vorraum der Sparkasse"}


def test_a_nameless_tennis_court_is_no_football_ground() -> None:
    assert draft(leisure="pitch", sport="tennis").title == "Tennisplatz"


def test_a_nameless_firm_goes_by_its_brand() -> None:
    assert draft(amenity="fuel", brand="Shell").title == "Shell"


@pytest.mark.parametrize(
    "tags",
    [
        {"tourism": "information", "information": "board"},
        {"leisure": "park"},
        {"amenity": "toilets", "access": "no"},
        {"leisure": "picnic_table", "access": "private"},
    ],
)
def test_nameless_things_nobody_looks_for_are_left_out_with_the_reason(tags: dict[str, str]) -> None:
    found = read(**tags)
    assert isinstance(found, Rejected)
    assert (found.key, bool(found.reason)) == ("node/1", True)


def test_a_bench_by_the_path_is_not_even_looked_at() -> None:
    assert read(amenity="bench") is None


def test_fees_ages_and_times_of_services_are_read() -> None:
    pool = draft(leisure="water_park", name="Bad", fee="yes", min_age="6", max_age="4")
    assert (pool.is_free, pool.minimum_age, pool.maximum_age) == (False, None, None)
    church = draft(amenity="place_of_worship", religion="christian", name="St. Martin", service_times="Su 10:00")
    assert church.hours_note == {
        "de": "Gottesdienste: So 10 Uhr", "nl": "Vieringen: zo 10.00 uur", "en": "Services: Sun 10:00",
    }  # fmt: skip


def test_hours_nobody_understands_are_kept_as_a_note() -> None:
    shop = draft(shop="farm", name="Hof", opening_hours="wenn das Schild draußen steht")
    assert (shop.opening_hours, shop.hours_note) == ("", {"de": "wenn das Schild draußen steht"})


def test_hostile_values_end_as_nothing_or_as_plain_text() -> None:
    thing = draft(
        shop="bakery", name="A\u202eB\x00C" + "x" * 100_000, website="javascript:alert(1)", phone="<script>",
        opening_hours='Mo "\u202ea\x00b"',
        email="a@b\r\nBcc:c@d.example", description="\u202e" * 100_000 + "ok", addr__street="\x1b[31m" * 1000,
    )  # fmt: skip
    assert len(thing.title) <= 200
    assert thing.title.startswith("AB Cx")
    assert (thing.website, thing.phone, thing.email) == ("", "", "")
    assert len(thing.street) <= 120
    assert thing.opening_hours == 'Mo "a b"'


KEYS = st.sampled_from(
    ["amenity", "shop", "leisure", "name", "name:nl", "opening_hours", "service_times", "min_age", "fee", "wheelchair",
     "phone", "website", "email", "addr:street", "description", "operator:type", "access", "brand", "ref", "highway"]
)  # fmt: skip
VALUES = st.sampled_from(
    ["bakery", "pharmacy", "yes", "no", "Mo 8:00", "24/7", "12", "Su 10:00", "emergency_access_point"]
)


@given(st.dictionaries(KEYS, VALUES | st.text(max_size=40), max_size=10))
@settings(max_examples=200, deadline=None)
def test_whatever_the_tags_say_a_draft_fits_the_map(tags: dict[str, str]) -> None:
    found = draft_of(OsmThing("node/1", tags, 51.8, 6.0), TERMS, LANGUAGES)
    if isinstance(found, Draft):
        assert 0 < len(found.title) <= 200
        assert len(found.opening_hours) <= 500
        assert len(found.phone) <= 60
        assert set(found.texts) <= {"nl", "en"}
        assert "\x00" not in str(found.values())
