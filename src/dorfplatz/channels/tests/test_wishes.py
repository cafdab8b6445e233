"""The page “What I get”, and stopping with one click."""

from __future__ import annotations

import html
import re

import pytest
from django.test import Client

from dorfplatz.channels.actions import add_watch
from dorfplatz.channels.enums import Rhythm, Way
from dorfplatz.channels.models import Preferences, Watch
from dorfplatz.channels.sockets import sections, sorts
from dorfplatz.channels.stopping import stop_token
from dorfplatz.kernel.verdict import Problem, Refused
from tests.fixtures.kranenburg import INSTALLER, NOW, Square
from tests.fixtures.people import square_of

PAGE = "/de/meine-seite/was-ich-bekomme/"


@pytest.fixture
def form() -> dict[str, object]:
    return {
        "rhythm": "daily", "areas": ["zyfflich", "groesbeek"], "sections": [], "quiet_from": "20", "quiet_until": "8",
        **{f"way-{key}": str(sort.usual) for key, sort in sorts.items()}, "way-watch": "at_once",
    }  # fmt: skip


def test_what_somebody_chooses_counts(cast, form, kranenburg, django_assert_max_num_queries):
    square = cast.at_the_square("anna")
    with django_assert_max_num_queries(14):
        assert "Was ich bekomme" in square.page("meine-seite/was-ich-bekomme/")
    assert "Gespeichert." in square.post(PAGE, form, follow=True).content.decode()
    chosen = Preferences.objects.get(identity=cast.anna)
    areas = [kranenburg.village(slug).pk for slug in ("zyfflich", "groesbeek")]
    assert (chosen.rhythm, chosen.areas) == (Rhythm.DAILY, sorted(areas))
    assert (chosen.with_neighbours, chosen.left_out) == (
        False,
        sorted(key for key, section in sections.items() if section.kinds),
    )
    assert (chosen.ways["watch"], chosen.quiet_from.hour) == ("at_once", 20)


@pytest.mark.parametrize("wrong", [{"rhythm": "hourly"}, {"areas": ["atlantis"]}, {"way-watch": "pigeon"},
                                   {"quiet_from": ""}, {"quiet_until": "25"}])  # fmt: skip
def test_what_cannot_be_used_is_said_and_changes_nothing(cast, form, wrong):
    assert 'role="alert"' in cast.at_the_square("anna").post(PAGE, {**form, **wrong}).content.decode()
    assert not Preferences.objects.exists()


def test_without_a_choice_the_weekly_letter_comes(cast):
    page = cast.at_the_square("anna").page("meine-seite/was-ich-bekomme/")
    assert "jeden Donnerstag" in page
    assert not Preferences.objects.exists()


def test_a_watch_is_added_and_removed_by_its_own_person(cast):
    square = cast.at_the_square("anna")
    asked = {"area": "niel", "section": "map", "words": "  Fahrrad ", "way": "list"}
    square.post(PAGE + "beobachten/", asked)
    square.post(PAGE + "beobachten/", {**asked, "way": "at_once"})
    watch = Watch.objects.get()
    assert (watch.words, watch.way) == ("Fahrrad", Way.AT_ONCE)
    assert "Fahrrad" in square.page("meine-seite/was-ich-bekomme/")
    remove = f"{PAGE}beobachten/{watch.pk}/entfernen/"
    assert cast.at_the_square("ben").post(remove).status_code == 404
    square.post(remove)
    assert not Watch.objects.exists()
    assert 'role="alert"' in square.post(PAGE + "beobachten/", {**asked, "area": "atlantis"}).content.decode()


def test_a_search_is_kept_from_where_it_was_made(cast):
    square = cast.at_the_square("anna")
    link = re.search(
        r'href="(/de/meine-seite/was-ich-bekomme/[^"]*)#watch"', square.page("suche/", q="Fahrrad", village="niel")
    )
    form = square.get(html.unescape(link[1])).content.decode()
    assert 'value="Fahrrad"' in form
    assert 'value="niel" selected' in form
    everywhere = square.page("suche/", q="Fahrrad", villages="")
    assert "words=Fahrrad&amp;area=kranenburg-" in everywhere
    assert "was-ich-bekomme/?" not in Square().page("suche/", q="Fahrrad")


def test_nobody_watches_more_than_can_be_read(cast, kranenburg):
    said = {"area": kranenburg.village("niel"), "section": "", "way": Way.LIST, "by": cast.actor("anna"), "now": NOW}
    for number in range(20):
        add_watch(cast.anna, words=f"wort{number}", **said)
    with pytest.raises(Problem):
        add_watch(cast.anna, words="noch eins", **said)
    with pytest.raises(Refused):
        add_watch(cast.ben, words="fremd", **said)


def test_one_click_stops_the_letter_without_login_or_cookie(cast):
    url = f"/de/abbestellen/{stop_token(cast.anna.pk, 'letter')}/"
    machine = Client(enforce_csrf_checks=True, headers={"host": "localhost"})
    assert "Ja, abbestellen" in machine.get(url).content.decode()
    assert not Preferences.objects.exists()
    for _time in range(2):
        assert machine.post(url, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert Preferences.objects.get().rhythm == Rhythm.NONE


def test_one_click_stops_mails_of_one_sort(cast, kranenburg):
    said = {"area": kranenburg.village("niel"), "section": "", "words": "", "by": INSTALLER, "now": NOW}
    add_watch(cast.anna, way=Way.AT_ONCE, **said)
    Client(headers={"host": "localhost"}).post(f"/nl/afmelden/{stop_token(cast.anna.pk, 'watch')}/")
    assert Preferences.objects.get().ways == {"watch": "list"}
    assert Watch.objects.get().way == Way.LIST


@pytest.mark.parametrize("token", ["x", "1~letter~falsch", "~~"])
def test_a_forged_link_stops_nothing(square, cast, token):
    assert square.post(f"/de/abbestellen/{token}/").status_code == 410
    assert not Preferences.objects.exists()


def test_the_page_is_found_from_ones_own(cast):
    assert PAGE in square_of(cast.anna).page("meine-seite/")
