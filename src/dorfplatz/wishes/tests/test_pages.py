"""Wishes as neighbours and connectors meet them: the list, a wish, the forms, both maps."""

import json
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from dorfplatz.entries.models import Entry
from dorfplatz.kernel.geo import Point
from dorfplatz.media.models import Picture
from dorfplatz.media.tests.photos import file_of, flag
from dorfplatz.wishes.actions import add_theme, put_in_theme, say_me_too
from dorfplatz.wishes.asked import Place, read_asked
from dorfplatz.wishes.enums import Mood
from dorfplatz.wishes.models import FlipChart, MeToo, Theme, Wish
from dorfplatz.wishes.tests.factories import wish
from tests.fixtures.kranenburg import NOW, Square

MOST_QUERIES = 18
LIST = "wuensche/"


@pytest.fixture
def niel(kranenburg, at_eleven):
    return kranenburg.village("niel")


def titles(page):
    return re.findall(r'<h3 class="card-title"><a href="[^"]+">([^<]+)</a>', page)


def path(name, language="de", **values):
    with override(language):
        return reverse(f"wishes:{name}", kwargs=values)


def page_path(one):
    return f"e/{one.entry.code}/x/"


def sent(**values):
    return {"mood": "wish", "title": "Eine Bank", "audience": "public", "form_key": "k" * 32, **values}


def test_the_list_is_filtered_by_village_mood_status_and_theme(kranenburg, niel, cast, square):
    bench = wish(niel, title="Bank")
    wish(niel, title="Chor", mood=Mood.JOIN)
    wish(kranenburg.village("zyfflich"), title="Raser", mood=Mood.BOTHERS)
    theme = add_theme(kranenburg.municipality, name={"de": "Sitzen"}, by=cast.actor("ben"), now=NOW)
    put_in_theme(bench, theme=theme, by=cast.actor("ben"), now=NOW)
    assert titles(square.page(LIST)) == ["Raser", "Chor", "Bank"]
    assert titles(square.page(LIST, village="zyfflich")) == ["Raser"]
    assert titles(square.page(LIST, villages="", mood="join")) == ["Chor"]
    assert titles(square.page(LIST, villages="", theme=theme.pk)) == ["Bank"]
    assert titles(square.get(f"/de/{LIST}?villages=&status=done").content.decode()) == []
    assert (
        len(
            titles(
                square.get(f"/de/{LIST}?villages=&mood=%3Cx%3E&status=%27&theme=999999&after=9-9-9").content.decode()
            )
        )
        == 3
    )


def test_pages_follow_one_another_without_gaps_or_doubles(niel, square):
    for number in range(25):
        wish(niel, title=f"Nummer {number:02}", now=NOW - timedelta(minutes=number // 3))
    seen, page = [], square.page(LIST)
    while True:
        seen += titles(page)
        following = re.search(r'href="([^"]+after=[^"]+)"[^>]*>(?:(?!</a>).)*Ältere zeigen', page)
        if not following:
            break
        page = square.get(following[1].replace("&amp;", "&")).content.decode()
    assert len(seen) == len(set(seen)) == 25


def test_a_list_of_many_costs_what_a_list_of_one_costs(niel, cast, square, unkept):
    counts = []
    for more in (1, 20):
        for number in range(more):
            say_me_too(wish(niel, title=f"Nummer {number}"), says=True, by=cast.actor("anna"), now=NOW)
        with CaptureQueriesContext(connection) as queries:
            square.page(LIST)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= MOST_QUERIES


@given(st.text(max_size=60))
def test_whatever_an_address_asks_is_read(said):
    asked = read_asked(dict.fromkeys(("mood", "status", "theme", "after"), said))
    assert read_asked(dict(asked.parameters)) == asked


def test_a_place_in_the_list_is_read_as_it_is_written():
    place = Place(NOW, 42)
    assert read_asked({"after": str(place)}).after == place


def test_a_wish_is_set_out_by_one_sentence_and_sent_twice_it_is_one(niel, cast):
    anna = cast.at_the_square("anna")
    form = anna.page("wuensche/neu/")
    assert "nichts über andere Menschen" in form
    for _tap in range(2):
        answer = anna.post(path("new"), sent(villages=[niel.pk], title="Ein Bus am Samstag"), follow=True)
        assert "Ein Bus am Samstag" in answer.content.decode()
    assert Wish.objects.count() == 1
    assert titles(anna.page("wuensche/meine/")) == [] != anna.page("wuensche/meine/").count("Ein Bus am Samstag")


def test_without_a_village_the_pin_decides_and_without_both_a_sentence_asks_for_one(niel, cast):
    anna = cast.at_the_square("anna")
    refused = anna.post(path("new"), sent(title="Wo?"))
    assert refused.status_code == 422
    assert "Bitte wählen Sie ein Dorf" in refused.content.decode()
    assert 'value="Wo?"' in refused.content.decode()
    half = anna.post(path("new"), sent(villages=[niel.pk], lat="51.8"))
    assert "beide Zahlen" in half.content.decode()


def test_a_pin_is_told_to_the_grid_only(niel, cast):
    exact = (51.826391, 6.020279)
    cast.at_the_square("anna").post(path("new"), sent(villages=[niel.pk], lat=exact[0], lon=exact[1]))
    entry = Entry.objects.get(kind="wish")
    assert entry.lat is not None
    assert (entry.lat, entry.lon) != exact
    assert abs(entry.lat - exact[0]) < 0.002


def test_its_author_changes_it_and_takes_it_away_and_others_do_not(niel, cast):
    one, anna = wish(niel, author=cast.anna), cast.at_the_square("anna")
    anna.post(path("edit", code=one.entry.code), sent(villages=[niel.pk], title="Zwei Bänke", mood="join"))
    assert (Entry.objects.get(pk=one.pk).title, Wish.objects.get(pk=one.pk).mood) == ("Zwei Bänke", "join")
    other = cast.at_the_square("carla")
    assert other.get(path("edit", code=one.entry.code)).status_code == 403
    assert other.get(path("remove", code=one.entry.code)).status_code == 403
    assert "Diesen Wunsch wegnehmen?" in anna.get(path("remove", code=one.entry.code)).content.decode()
    anna.post(path("remove", code=one.entry.code))
    anna.page(page_path(one), 404)


def test_the_button_joins_in_and_takes_back_and_pressed_twice_it_says_the_same(niel, cast, square):
    one, anna = wish(niel, author=cast.ben, on_paper=13), cast.at_the_square("anna")
    where = path("me_too", code=one.entry.code)
    assert "Ich auch" in anna.page(page_path(one))
    for _tap in range(2):
        anna.post(where, {"says": "yes"})
    assert MeToo.objects.count() == 1
    page = anna.page(page_path(one))
    assert "<strong>14</strong>" in page
    assert "davon 13 auf Papier" in page
    assert "Zurücknehmen" in page
    anna.post(where, {"says": "no"})
    anna.post(where, {"says": "no"})
    assert MeToo.objects.count() == 0
    visitor = square.page(page_path(one))
    assert "<strong>13</strong>" in visitor
    assert ">Ich auch<" not in visitor


def test_names_of_those_who_joined_are_for_connectors(niel, cast, square):
    one = wish(niel, author=cast.ben)
    say_me_too(one, says=True, by=cast.actor("anna"), now=NOW)
    assert "<li>Anna, Niel</li>" in cast.at_the_square("ben").page(page_path(one))
    for page in (square.page(page_path(one)), cast.at_the_square("dirk", "nl").page(page_path(one))):
        assert "Anna" not in page


def test_a_connector_answers_where_it_stands_and_says_why_not(niel, cast, square):
    one, ben = wish(niel, author=cast.anna), cast.at_the_square("ben")
    where = path("answer", code=one.entry.code)
    refused = ben.post(where, {"status": "not_possible", "words": " ", "form_key": "k" * 32})
    assert refused.status_code == 422
    assert "sagen Sie, warum" in refused.content.decode()
    said = {"status": "not_possible", "words": "Der Boden gehört dem Deichverband.", "form_key": "k" * 32}
    for _tap in range(2):
        ben.post(where, said)
    page = square.page(page_path(one))
    assert page.count("Der Boden gehört dem Deichverband.") == 1
    assert "geht nicht" in page
    assert cast.at_the_square("anna").post(where, said).status_code == 404


def test_what_works_well_waits_for_no_answer(niel, square):
    assert "Wie weit es ist" not in square.page(page_path(wish(niel, mood=Mood.WELL)))
    assert "Wie weit es ist" in square.page(page_path(wish(niel)))


def test_a_wish_costs_the_same_however_many_join_in(niel, cast, person, unkept):
    one, ben, counts = wish(niel, author=cast.anna), cast.at_the_square("ben"), []
    for names in (("Xaver",), ("Yvonne", "Zoe", "Willi")):
        for name in names:
            MeToo.objects.create(wish=one, identity=person(name, home="niel"), said_at=NOW)
        with CaptureQueriesContext(connection) as queries:
            ben.page(page_path(one))
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 36


def test_a_sheet_is_typed_off_on_one_page_and_its_photo_is_for_connectors(niel, cast, square):
    ben = cast.at_the_square("ben")
    assert ben.page("wuensche/flipchart/").count('class="wish-row"') == 12
    sheet = {"area": niel.pk, "place": "Marktstand", "held_on": "2026-11-14", "form_key": "k" * 32,
             "mood_1": "wish", "sentence_1": "Eine Bank auf dem Platz", "on_paper_1": "14",
             "mood_3": "bothers", "sentence_3": "Rommel in de berm", "on_paper_3": ""}  # fmt: skip
    wrong = ben.post(path("new_chart"), {**sheet, "place": "", "new_picture_1": file_of(flag())})
    assert wrong.status_code == 422
    assert 'value="Eine Bank auf dem Platz"' in wrong.content.decode()
    for _tap in range(2):  # the photo came with the first try
        ben.post(path("new_chart"), sheet)
    chart = FlipChart.objects.get()
    assert chart.photos.get().picture == Picture.objects.get()
    assert list(chart.wishes.order_by("pk").values_list("on_paper", "entry__language")) == [(14, "de"), (0, "nl")]
    page = ben.get(path("chart", chart_id=chart.pk)).content.decode()
    assert "Nur Buurtverbinder sehen sie" in page
    first = chart.wishes.order_by("pk")[0]
    assert "So stand es da" not in square.page(page_path(first))
    ben.post(path("chart", chart_id=chart.pk), {"shows": "yes"})
    assert "So stand es da" in square.page(page_path(first))
    anna = cast.at_the_square("anna")
    assert anna.get(path("new_chart")).status_code == anna.get(path("chart", chart_id=chart.pk)).status_code == 404


def test_a_sheet_without_a_sentence_or_from_tomorrow_is_asked_for_again(niel, cast):
    empty = {"area": niel.pk, "place": "Stand", "held_on": "2031-01-01"}
    answer = cast.at_the_square("ben").post(path("new_chart"), empty)
    assert answer.status_code == 422
    assert "mindestens einen Wunsch" in answer.content.decode()
    assert "kommt erst noch" in answer.content.decode()
    assert not FlipChart.objects.exists()


def test_themes_are_named_filled_by_suggestions_and_given_up(niel, cast):
    ben = cast.at_the_square("ben")
    one = wish(niel, title="Eine Bank auf dem Dorfplatz")
    other = wish(niel, title="Een bankje op het plein", language="nl")
    assert "Diese ähneln sich" in ben.page("wuensche/themen/")
    ben.post(path("themes"), {"de": "Sitzen", "nl": "Zitten"})
    theme = Theme.objects.get()
    where = path("theme", theme_id=theme.pk)
    ben.post(path("sort", code=one.entry.code), {"theme": theme.pk, "back": "theme"})
    page = ben.get(where).content.decode()
    assert "Könnte dazugehören" in page
    assert "bankje" in page
    ben.post(path("sort", code=other.entry.code), {"theme": theme.pk})
    assert set(Wish.objects.values_list("theme", flat=True)) == {theme.pk}
    assert ben.post(where, {"de": "", "nl": ""}).status_code == 422
    out = ben.post(path("sort", code=one.entry.code), {"theme": "", "back": "theme"})
    assert out["Location"] == where
    assert ben.post(path("sort", code=one.entry.code), {"theme": "77777"}).status_code == 404
    ben.post(path("theme_remove", theme_id=theme.pk))
    assert set(Wish.objects.values_list("theme", flat=True)) == {None}
    assert cast.at_the_square("anna").get(path("themes")).status_code == 404


def test_both_maps_and_the_lists_that_say_the_same(kranenburg, niel, cast, square):
    pinned = wish(niel, title="Bank", point=Point(51.826, 6.02))
    wish(niel, title="Ohne Nadel")
    wish(kranenburg.village("zyfflich"), title="Woanders", point=Point(51.82, 5.97))
    page = square.page("wuensche/karte/", village="niel")
    assert "Bank" in page
    assert "Woanders" not in page
    assert "Ohne Nadel" not in page
    points = json.loads(square.get(path("points") + "?village=niel").content)
    assert [f["properties"]["name"] for f in points["features"]] == ["Bank"]
    assert points["features"][0]["geometry"]["coordinates"] == [pinned.entry.lon, pinned.entry.lat]


def test_a_closed_room_is_not_there(kranenburg, niel, square):
    one = wish(niel)
    kranenburg.municipality.rooms_off = ["wishes"]
    kranenburg.municipality.save()
    square.page(LIST, 404)
    square.page("wuensche/karte/", 404)
    square.page(page_path(one), 404)


def test_the_room_speaks_dutch(niel):
    one = wish(niel, title="Een bankje", language="nl")
    dutch = Square("nl")
    assert "Wensen in" in dutch.page("wensen/")
    assert "nog open" in dutch.page(page_path(one))
