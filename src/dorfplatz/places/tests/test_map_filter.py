"""What stands in an address is read with patience: nothing raises, and what is understood comes back the same."""

from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from dorfplatz.places.enums import SPOKEN_LANGUAGES, OfferedBy
from dorfplatz.places.map_filter import GENERATIONS, OPEN_CHOICES, SIDES, Box, MapFilter, read_map_filter

NAMES = (
    "category",
    "open",
    "language",
    "free",
    "step_free",
    "generation",
    "by",
    "side",
    "q",
    "bbox",
    "page",
    "village",
)


@given(st.lists(st.tuples(st.sampled_from(NAMES), st.text(max_size=40)), max_size=12))
def test_no_address_is_so_strange_that_it_cannot_be_read(pairs):
    asked = read_map_filter(QueryDict(urlencode(pairs)))
    assert read_map_filter(QueryDict(urlencode(asked.parameters))) == asked


some = lambda values: st.lists(st.sampled_from(sorted(values)), unique=True, max_size=3).map(tuple)  # noqa: E731  a strategy
filters = st.builds(
    MapFilter,
    categories=some({"clubs", "health", "cafe"}),
    open=st.sampled_from(["", *OPEN_CHOICES]),
    languages=some(SPOKEN_LANGUAGES),
    free=st.booleans(),
    step_free=st.booleans(),
    generations=some(GENERATIONS),
    by=some(OfferedBy.values),
    side=st.sampled_from(["", *SIDES]),
    q=st.sampled_from(["", "Chor", "Bäcker & Co", "100 %"]),
    bbox=st.sampled_from([None, Box(5.9, 51.7, 6.1, 51.9)]),
)


@given(filters)
def test_a_filter_survives_its_own_address(asked):
    assert read_map_filter(QueryDict(urlencode(asked.parameters))) == asked
    assert asked.is_empty == (asked.chosen_count == 0)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1,2,3",
        "a,b,c,d",
        "nan,0,1,1",
        "inf,0,1,1",
        "6,51,5,52",
        "5,52,6,51",
        "-200,0,0,10",
        "5,51,6,52,7",
        "5;51;6;52",
    ],
)
def test_a_box_that_is_none_is_not_asked(text):
    assert read_map_filter(QueryDict(urlencode({"bbox": text}))).bbox is None


def test_a_question_is_cut_to_a_length_and_its_spaces_are_tidied():
    asked = read_map_filter(QueryDict(urlencode({"q": "  Chor \0 und\n" + "x" * 5000})))
    assert asked.q.startswith("Chor und ")
    assert len(asked.q) == 200


def test_a_filter_without_a_question_asks_the_rest():
    asked = MapFilter(categories=("clubs",), free=True, q="Chor")
    assert asked.without("q", "free") == MapFilter(categories=("clubs",))
