"""Wishes as the actions know them: wishing, joining in, answering, sorting, typing off a sheet."""

from datetime import date, timedelta

import pytest

from dorfplatz.entries.enums import Audience, State
from dorfplatz.entries.models import Entry
from dorfplatz.kernel.actor import VISITOR
from dorfplatz.kernel.facts import _subscribers
from dorfplatz.kernel.geo import Point
from dorfplatz.kernel.verdict import Problem, Refused
from dorfplatz.media.models import Picture
from dorfplatz.members.actions import create_identity
from dorfplatz.members.models import Joining
from dorfplatz.members.queries import actor_of_identity
from dorfplatz.members.sockets import personal_data
from dorfplatz.villages.filter import VillageFilter
from dorfplatz.villages.queries import site_of
from dorfplatz.wishes.actions import (
    add_theme,
    answer_wish,
    erase_old_photos,
    put_in_theme,
    remove_theme,
    say_me_too,
    show_photos,
    type_off_chart,
    write_wish,
)
from dorfplatz.wishes.actions.answer import Answer
from dorfplatz.wishes.drafts import ChartDraft, Row
from dorfplatz.wishes.enums import Mood, Status
from dorfplatz.wishes.facts import WishAnswered
from dorfplatz.wishes.models import ChartPhoto, FlipChart, MeToo, Reply, Wish
from dorfplatz.wishes.queries import counts_of, followers_of, open_wishes, those_who_joined, waiting_wishes
from dorfplatz.wishes.queries.themes import Sorting
from dorfplatz.wishes.tests.factories import wish, wish_draft
from tests.fixtures.kranenburg import INSTALLER, NOW


@pytest.fixture
def niel(kranenburg):
    return kranenburg.village("niel")


@pytest.fixture
def told():
    """The facts that were announced."""
    heard = []
    _subscribers[WishAnswered].append(heard.append)
    yield heard
    _subscribers[WishAnswered].remove(heard.append)


def said(status=Status.HEARD, words="Wir fragen nach."):
    return Answer(status, words, "de")


def answered(one, status=Status.HEARD, words="Wir fragen nach.", key="key-of-a-form", **how):
    return answer_wish(one, answer=said(status, words), form_key=key, **how)


def test_me_too_counts_once_however_often_it_is_pressed_and_is_taken_back(niel, cast):
    one = wish(niel, author=cast.ben, on_paper=3)
    anna = cast.actor("anna")
    assert [say_me_too(one, says=True, by=anna, now=NOW) for _ in range(3)] == [True, False, False]
    assert counts_of([one.pk]) == {one.pk: 1}
    assert [say_me_too(one, says=False, by=anna, now=NOW) for _ in range(2)] == [True, False]
    assert counts_of([one.pk]) == {}


def test_nobody_joins_in_her_own_wish_nor_in_what_is_settled_nor_without_belonging_here(niel, cast):
    one = wish(niel, author=cast.anna)
    for actor in (cast.actor("anna"), VISITOR):
        with pytest.raises(Refused):
            say_me_too(one, says=True, by=actor, now=NOW)
    answered(one, Status.DONE, by=cast.actor("ben"), now=NOW)
    with pytest.raises(Refused):
        say_me_too(one, says=True, by=cast.actor("ben"), now=NOW)


def test_only_the_connectors_of_the_village_answer_and_see_who_joined(kranenburg, niel, cast, person):
    one = wish(niel, author=cast.anna)
    child = person("Kim", home="niel")
    Joining.objects.create(identity=child, is_minor=True, guardian="Greta", joined_at=NOW)
    for who in (cast.actor("admin"), actor_of_identity(child)):
        say_me_too(one, says=True, by=who, now=NOW)
    assert [face.name for face in those_who_joined(one, cast.actor("ben"))] == ["Admin"]  # a child is only counted
    for name in ("anna", "carla", "dirk", "visitor"):
        assert those_who_joined(one, cast.actor(name)) == []
        with pytest.raises(Refused):
            answered(one, by=cast.actor(name), now=NOW)
    elsewhere = wish(kranenburg.village("nuetterden"), author=cast.anna)
    with pytest.raises(Refused):
        answered(elsewhere, by=cast.actor("ben"), now=NOW)


def test_an_answer_is_a_step_with_a_sentence_said_once_and_told_once(niel, cast, told):
    one, ben = wish(niel, author=cast.anna), cast.actor("ben")
    for status, words in ((Status.OPEN, "x"), (Status.HEARD, " "), (Status.NOT_POSSIBLE, "")):
        with pytest.raises(Problem):
            answered(one, status, words, by=ben, now=NOW)
    assert answered(one, by=ben, now=NOW) == answered(one, by=ben, now=NOW)
    answered(one, Status.NOT_POSSIBLE, "Der Boden gehört dem Deichverband.", "another-form", by=ben, now=NOW)
    fresh = Wish.objects.get(pk=one.pk)
    assert (fresh.status, fresh.answered_at) == (Status.NOT_POSSIBLE, NOW)
    assert [fact.reply_id for fact in told] == list(Reply.objects.order_by("pk").values_list("pk", flat=True))
    assert len(told) == 2


def test_followers_are_its_author_and_those_who_joined_or_the_connector_who_wrote_for_somebody(niel, cast):
    one = wish(niel, author=cast.anna)
    say_me_too(one, says=True, by=cast.actor("ben"), now=NOW)
    assert followers_of(one) == {cast.anna.pk, cast.ben.pk}
    offline = create_identity(name="Frau Jansen", language="de", home_area=niel, by=INSTALLER, now=NOW)
    hers = wish(niel, author=offline)
    Wish.objects.filter(pk=hers.pk).update(set_out_by=cast.ben)
    assert followers_of(Wish.objects.select_related("entry__author").get(pk=hers.pk)) == {cast.ben.pk}


def test_a_wish_waits_until_it_is_answered_and_what_works_well_never_does(niel, cast):
    one = wish(niel, author=cast.anna)
    wish(niel, mood=Mood.WELL, author=cast.anna)
    later, ben = NOW + timedelta(days=8), cast.actor("ben")

    def waiting(days):
        return [e.pk for e in waiting_wishes({niel.pk}, before=later - timedelta(days=days), viewer=ben, now=later)]

    assert (waiting(7), waiting(9)) == ([one.pk], [])
    answered(one, by=ben, now=NOW)
    assert waiting(7) == []


def test_others_match_what_goes_on_and_only_what_the_viewer_sees(niel, cast):
    open_one = wish(niel, title="Bank", body="Im Schatten.", author=cast.anna, point=Point(51.82, 6.02))
    hidden = wish(niel, title="Innen", audience=Audience.MEMBERS, author=cast.anna)
    answered(wish(niel, title="Fertig"), Status.DONE, by=cast.actor("ben"), now=NOW)
    theme = add_theme(_municipality(niel), name={"de": "Platz"}, by=cast.actor("ben"), now=NOW)
    put_in_theme(open_one, theme=theme, by=cast.actor("ben"), now=NOW)
    found = open_wishes({niel.pk}, viewer=VISITOR, now=NOW)
    assert [(w.entry_id, w.mood, w.title, w.text, w.language, w.area_ids) for w in found] == [
        (open_one.pk, "wish", "Bank", "Im Schatten.", "de", (niel.pk,))
    ]
    assert (found[0].author_id, found[0].theme) == (cast.anna.pk, {"de": "Platz"})
    assert found[0].point is not None
    assert {w.entry_id for w in open_wishes({niel.pk}, viewer=cast.actor("ben"), now=NOW)} == {open_one.pk, hidden.pk}


def _municipality(area):
    return area.parent.municipality


def test_a_theme_gathers_what_is_alike_in_both_languages(kranenburg, niel, cast):
    ben, here = cast.actor("ben"), kranenburg.municipality
    bench = wish(niel, title="Eine Bank auf dem Dorfplatz")
    dutch = wish(kranenburg.village("zyfflich"), title="Een bankje op het plein", language="nl")
    wish(niel, title="Ein Chor für Kinder")
    villages = VillageFilter(site_of(here))

    def sorting():
        return Sorting(here, villages, viewer=ben, now=NOW)

    assert [{e.pk for e in heap} for heap in sorting().heaps()] == [{bench.pk, dutch.pk}]
    theme = add_theme(here, name={"de": "Sitzen", "nl": ""}, by=ben, now=NOW)
    assert add_theme(here, name={"de": "Sitzen"}, by=ben, now=NOW) == theme
    put_in_theme(bench, theme=theme, by=ben, now=NOW)
    suggested = sorting().suggestions(theme)
    assert [(one.entry.pk, one.words[0]) for one in suggested] == [(dutch.pk, "plein")]
    remove_theme(theme, by=ben, now=NOW)
    assert Wish.objects.get(pk=bench.pk).theme is None
    with pytest.raises(Refused):
        add_theme(here, name={"de": "x"}, by=cast.actor("anna"), now=NOW)
    with pytest.raises(Problem):
        add_theme(here, name={"de": " "}, by=ben, now=NOW)


def chart_of(area, **more):
    rows = [Row(Mood.WISH, "Eine Bank auf dem Dorfplatz", "de", 14), Row(Mood.BOTHERS, "Rommel in de berm", "nl")]
    return ChartDraft(area, "Marktstand", date(2026, 11, 14), rows, **more)


def test_a_sheet_becomes_wishes_once_with_the_ticks_on_paper(niel, cast):
    ben = cast.actor("ben")
    charts = {type_off_chart(chart_of(niel), form_key="key-of-a-form", by=ben, now=NOW) for _ in range(2)}
    assert len(charts) == FlipChart.objects.count() == 1
    found = Wish.objects.order_by("pk").values_list("entry__title", "mood", "on_paper", "entry__state")
    assert list(found) == [
        ("Eine Bank auf dem Dorfplatz", "wish", 14, State.PUBLISHED),
        ("Rommel in de berm", "bothers", 0, State.PUBLISHED),
    ]
    with pytest.raises(Refused):
        type_off_chart(chart_of(niel), form_key="another-form", by=cast.actor("anna"), now=NOW)
    empty = ChartDraft(niel, "Stand", date(2026, 11, 14), [])
    with pytest.raises(Problem):
        type_off_chart(empty, form_key="another-form", by=ben, now=NOW)


def test_photos_that_may_show_names_go_after_half_a_year_and_those_shown_to_all_stay(niel, cast):
    ben = cast.actor("ben")
    pictures = []
    for key, shows in (("a-form-key", False), ("b-form-key", True)):
        chart = type_off_chart(chart_of(niel), form_key=key, by=ben, now=NOW)
        picture = Picture.objects.create(sha256="0", alt={}, uploaded_at=NOW)
        pictures.append(picture.pk)
        ChartPhoto.objects.create(chart=chart, picture=picture)
        show_photos(chart, shows=shows, by=ben, now=NOW)
    assert erase_old_photos(by=INSTALLER, now=NOW + timedelta(days=170)) == 0
    assert erase_old_photos(by=INSTALLER, now=NOW + timedelta(days=190)) == 1
    assert list(Picture.objects.values_list("pk", flat=True)) == pictures[1:]


def test_who_typed_a_sheet_off_may_join_in_it_and_hears_nothing_as_its_author(niel, cast):
    ben = cast.actor("ben")
    chart = type_off_chart(chart_of(niel), form_key="key-of-a-form", by=ben, now=NOW)
    one = chart.wishes.select_related("entry__author").order_by("pk")[0]
    assert followers_of(one) == set()
    assert say_me_too(one, says=True, by=ben, now=NOW)


def test_floods_are_stopped_by_the_day(niel, cast):
    anna = cast.actor("anna")
    Entry.objects.bulk_create(
        Entry(kind="wish", author=cast.anna, code=f"zz{n:05}", title="x", created_at=NOW, changed_at=NOW)
        for n in range(20)
    )
    with pytest.raises(Problem):
        write_wish(wish_draft(niel), by=anna, now=NOW)
    assert write_wish(wish_draft(niel), by=anna, now=NOW + timedelta(days=2))


def test_me_toos_of_somebody_who_leaves_go_with_her(niel, cast):
    one = wish(niel, author=cast.ben)
    say_me_too(one, says=True, by=cast.actor("anna"), now=NOW)
    let_go = personal_data["me_toos"].let_go
    assert let_go is not None
    let_go(cast.anna.pk, INSTALLER, NOW)
    assert not MeToo.objects.exists()
