"""The village filter: in the address, remembered, and the same everywhere."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from dorfplatz.villages.filter import COOKIE, is_stated, read_filter, remembered_filter


@pytest.fixture
def site(kranenburg):
    return kranenburg.site


def chosen(villages) -> list[str]:
    return [area.slug for area in villages.chosen]


def slugs(villages) -> set[str]:
    return {area.slug for area in villages.areas}


def test_no_village_means_all_of_the_municipality(site):
    everything = read_filter(site, QueryDict(""))
    assert everything.is_all
    assert slugs(everything) == {"niel", "zyfflich", "nuetterden"}
    assert everything.only is None
    assert site.municipality.pk in everything.area_ids


def test_one_and_several_villages_in_the_order_of_the_address(site):
    assert read_filter(site, QueryDict("village=niel")).only.slug == "niel"
    several = read_filter(site, QueryDict("village=zyfflich&village=niel&village=zyfflich"))
    assert chosen(several) == ["zyfflich", "niel"]
    assert several.only is None
    assert several.query == "village=zyfflich&village=niel"


def test_with_neighbours_adds_each_once(site):
    found = read_filter(site, QueryDict("village=zyfflich&village=niel&neighbours=1"))
    assert [area.slug for area in found.neighbours] == ["groesbeek", "nuetterden"]
    assert found.query == "village=zyfflich&village=niel&neighbours=1"


def test_the_whole_with_neighbours_adds_those_outside(site):
    assert slugs(read_filter(site, QueryDict("neighbours=1"))) == {"niel", "zyfflich", "nuetterden", "groesbeek"}


def test_a_dutch_neighbour_can_be_chosen_itself(site):
    assert read_filter(site, QueryDict("village=groesbeek")).only.country == "NL"


@pytest.mark.parametrize("query", ["village=atlantis", "village=", "neighbours=yes", "village=%00", "village=Niel"])
def test_what_is_not_there_is_left_out(site, query):
    found = read_filter(site, QueryDict(query))
    assert found.is_all
    assert not found.with_neighbours


def test_endless_addresses_do_not_make_endless_work(site):
    assert chosen(read_filter(site, QueryDict("village=x&" * 60 + "village=niel"))) == []


def test_the_cookie_says_the_same_as_the_address(site):
    for query in ("", "village=niel", "village=zyfflich&village=niel&neighbours=1", "neighbours=1"):
        villages = read_filter(site, QueryDict(query))
        assert remembered_filter(site, villages.remembered) == villages


@pytest.mark.parametrize(
    ("query", "stated"), [("", False), ("q=x", False), ("villages=", True), ("neighbours=1", True)]
)
def test_an_emptied_form_states_a_filter_too(query, stated):
    assert is_stated(QueryDict(query)) is stated


def test_the_choice_is_remembered_until_another_is_made(square):
    page = "/de/doerfer/"
    square.get(page, {"village": "niel", "neighbours": "1"})
    assert square.cookies[COOKIE].value == "niel.+"
    assert square.cookies[COOKIE]["httponly"]
    request = square.get(page).wsgi_request
    assert chosen(request.usual_villages) == ["niel"]
    assert request.village_filter.is_all  # an address without a filter means all, whatever was looked at before
    square.get(page, {"villages": ""})
    assert square.get(page).wsgi_request.usual_villages.is_all


def test_a_page_that_is_not_there_remembers_nothing(square):
    square.get("/de/seite/none/", {"village": "niel"})
    assert COOKIE not in square.cookies
