"""Choosing villages on a page of its own, and with the chips and form on map and list."""

from __future__ import annotations

import pytest
from django.http import QueryDict
from django.template import Context, Template

from dorfplatz.villages.filter import read_filter
from dorfplatz.villages.views.choosing import with_villages


def test_all_villages_and_neighbours_stand_on_one_page(square, unkept, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        page = square.page("doerfer/")
    assert page.index("Nütterden") < page.index("Zyfflich") < page.index("Niel") < page.index("Nebenan")
    assert "3.008 Menschen" in page
    assert "Berg en Dal, Niederlande" in page


def test_the_menu_leads_there_and_back(square):
    assert "/de/doerfer/?next=%2Fde%2Fanmelden%2F" in square.page("anmelden/")
    assert "/de/doerfer/?next=" not in square.page("doerfer/")


def test_the_last_choice_is_ticked(square):
    square.page("doerfer/", village="niel")
    page = square.page("doerfer/")
    assert page.count(" checked") == 1
    assert page.index('value="niel"') < page.index(" checked")


def test_the_choice_is_taken_to_the_page_one_came_from(square):
    answer = square.get(
        "/de/doerfer/",
        {"show": "1", "next": "/de/anmelden/?q=a%26b&village=mehr&neighbours=1", "village": ["niel", "zyfflich"]},
    )
    assert answer.status_code == 302
    assert answer["Location"] == "/de/anmelden/?q=a%26b&village=niel&village=zyfflich"


def test_nothing_ticked_is_a_choice_as_well(square):
    answer = square.get("/de/doerfer/", {"show": "1", "next": "/de/anmelden/?village=niel"})
    assert answer["Location"] == "/de/anmelden/?villages="


@pytest.mark.parametrize(
    "address",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "evil", "/" + "x" * 2000,
     "/de/doerfer/?next=/de/doerfer/", "\t//evil.example", "/%0d%0aSet-Cookie:x"],
)  # fmt: skip
def test_nobody_is_sent_elsewhere(square, address):
    answer = square.get("/de/doerfer/", {"show": "1", "next": address})
    assert answer["Location"].startswith(("/de/doerfer/?", "/%0d%0a"))
    assert "\n" not in answer["Location"]


def test_with_villages_keeps_all_else(kranenburg):
    villages = read_filter(kranenburg.site, QueryDict("village=niel&neighbours=1"))
    assert with_villages("/de/karte/?free=1&villages=&q=#x", villages) == (
        "/de/karte/?free=1&q=&village=niel&neighbours=1#x"
    )


@pytest.fixture
def shown(square):
    """The filter as a page with this query shows it."""

    def show(query: str) -> str:
        request = square.get(f"/de/anmelden/?{query}").wsgi_request
        return Template("{% load villages %}{% village_filter %}").render(Context({"request": request}))

    return show


def test_each_chosen_village_has_a_chip_that_leaves_it_out(shown):
    html = shown("village=niel&village=zyfflich&free=1&page=3")
    assert 'href="/de/anmelden/?free=1&amp;village=zyfflich"' in html
    assert 'href="/de/anmelden/?free=1&amp;village=niel"' in html


def test_the_neighbours_have_a_chip_as_well(shown):
    html = shown("village=niel&neighbours=1")
    assert 'href="/de/anmelden/?villages=&amp;neighbours=1"' in html
    assert 'href="/de/anmelden/?village=niel"' in html


def test_leaving_the_last_one_out_means_all(shown):
    assert 'href="/de/anmelden/?villages="' in shown("village=niel")


def test_the_form_keeps_what_else_the_address_says(shown):
    html = shown("village=niel&free=1&category=a&category=b&page=3")
    assert html.count('type="hidden"') == 4
    assert '<input type="hidden" name="category" value="b">' in html
    assert 'name="page"' not in html
    assert html.count("checked") == 1


def test_what_the_address_says_is_never_markup(shown):
    assert "<script>" not in shown("q=%22%3E%3Cscript%3E&village=%3Cscript%3E")
