from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dorfplatz.places.enums import Generation, OfferedBy, PlaceKind
from dorfplatz.places.osm_tags import Pattern
from dorfplatz.places.taxonomy import standard_taxonomy, terms_of
from dorfplatz.ui.pins import COLOURS, SHAPES

TAXONOMY = standard_taxonomy()
FIRST_LEVEL = [
    "clubs", "neighbourhood", "everyday-help", "health", "family", "ageing", "learning", "volunteering", "work-money",
    "housing", "municipality", "faith", "mobility", "shops", "places", "nature", "emergency",
]  # fmt: skip


def slugs(**tags: str) -> list[str]:
    return [term.slug for term in terms_of({key.replace("__", ":"): value for key, value in tags.items()})]


def test_the_first_level_is_the_agreed_one_in_its_order() -> None:
    assert [term.slug for term in TAXONOMY.roots] == FIRST_LEVEL


@pytest.mark.parametrize("root", FIRST_LEVEL)
def test_each_first_level_has_four_to_fourteen_terms(root: str) -> None:
    assert 4 <= len(TAXONOMY.below(root)) <= 14


def test_every_slug_is_there_once() -> None:
    assert len({term.slug for term in TAXONOMY.terms}) == len(TAXONOMY.terms)


def test_every_term_speaks_the_three_languages_and_says_what_it_is() -> None:
    for term in TAXONOMY.terms:
        assert set(term.names) == {"de", "nl", "en"}, term.slug
        assert {"de", "nl"} <= set(term.about), term.slug
        assert all(text.strip() == text and text for text in [*term.names.values(), *term.about.values()]), term.slug
        assert all(set(called.names) == {"de", "nl", "en"} for called in term.called), term.slug


def test_every_term_uses_known_choices() -> None:
    generations = {g.name.lower() for g in Generation}
    for term in TAXONOMY.terms:
        assert term.kind in PlaceKind.values, term.slug
        assert term.offered_by in OfferedBy.values, term.slug
        assert term.shape in SHAPES, term.slug
        assert term.colour in COLOURS, term.slug
        assert set(term.generations) <= generations, term.slug


def test_no_two_first_levels_look_alike_on_the_map() -> None:
    assert len({(root.shape, root.colour) for root in TAXONOMY.roots}) == len(FIRST_LEVEL)


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ({"amenity": "pharmacy"}, ["pharmacy"]),
        ({"amenity": "restaurant", "tourism": "hotel"}, ["restaurant", "lodging"]),
        ({"amenity": "social_facility", "social_facility": "nursing_home"}, ["nursing-home"]),
        ({"amenity": "social_facility", "social_facility": "unheard_of"}, ["advice-centre"]),
        ({"shop": "bakery"}, ["bakery"]),
        ({"shop": "unheard_of"}, ["other-shop"]),
        ({"shop": "bakery;butcher"}, ["bakery", "butcher-greengrocer"]),
        ({"leisure": "pitch", "sport": "soccer"}, ["pitch"]),
        ({"leisure": "pitch", "sport": "skateboard"}, ["youth-spot"]),
        ({"amenity": "bank", "atm": "yes"}, ["bank", "cash-machine"]),
        ({"amenity": "place_of_worship", "religion": "muslim"}, ["mosque"]),
        ({"amenity": "place_of_worship", "religion": "unheard_of"}, ["other-worship"]),
        ({"amenity": "fire_station"}, ["fire-brigade"]),
        ({"emergency": "defibrillator"}, ["defibrillator"]),
        ({"highway": "bus_stop", "public_transport": "platform"}, ["bus-stop"]),
    ],
)
def test_a_thing_gets_its_terms_most_specific_first(tags: dict[str, str], expected: list[str]) -> None:
    assert [term.slug for term in terms_of(tags)] == expected


@pytest.mark.parametrize(
    "tags",
    [
        {"amenity": "bench"},
        {"amenity": "waste_basket"},
        {"amenity": "parking"},
        {"leisure": "swimming_pool"},
        {"leisure": "playground", "access": "private"},
        {"shop": "vacant"},
        {"shop": "no"},
        {"shop": "bakery", "disused": "yes"},
        {"tourism": "information", "information": "guidepost"},
        {"social_facility": "shelter", "social_facility:for": "abused;women"},
        {},
    ],
)
def test_what_nobody_looks_for_or_must_not_be_found_has_no_term(tags: dict[str, str]) -> None:
    assert terms_of(tags) == []


def test_a_nameless_thing_is_called_by_what_it_is() -> None:
    pitch = TAXONOMY["pitch"]
    assert pitch.names_for({"leisure": "pitch", "sport": "tennis"})["de"] == "Tennisplatz"
    assert pitch.names_for({"leisure": "pitch"})["nl"] == pitch.names["nl"]


@pytest.mark.parametrize("text", ["", "amenity", "=x", "amenity=", "amenity!=bench", "amenity=a & ", "+ "])
def test_text_that_is_no_pattern_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="“"):
        Pattern.parse(text)


KEYS = st.sampled_from(["amenity", "shop", "leisure", "sport", "name", "religion", "access", "healthcare", "office"])
VALUES = st.sampled_from(["bank", "bakery", "pitch", "soccer;tennis", "yes", "no", "*", "", ";", "doctor", "x=y & z"])


@given(st.dictionaries(KEYS | st.text(max_size=8), VALUES | st.text(max_size=20), max_size=8))
@settings(max_examples=200, deadline=None)
def test_the_same_tags_in_any_order_give_the_same_terms(tags: dict[str, str]) -> None:
    backwards = dict(reversed(tags.items()))
    assert terms_of(tags) == terms_of(backwards)
    assert len(set(terms_of(tags))) == len(terms_of(tags))


def test_every_icon_is_in_the_sprite() -> None:
    ui = Path(__file__).parents[2] / "ui"
    sprite = set((ui / "frontend" / "icons.txt").read_text().split())
    assert {term.icon for term in TAXONOMY.terms} <= sprite
