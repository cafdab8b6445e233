"""The launch kit through the front door: what is counted, who said yes, cards, and opening."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dorfplatz.events.tests.factories import TODAY, event, span
from dorfplatz.journal.models import Act
from dorfplatz.kernel.actor import VISITOR
from dorfplatz.kernel.verdict import Refused
from dorfplatz.launch.actions import add_own_point, change_measures, want_neighbours
from dorfplatz.launch.enums import YES, Point
from dorfplatz.launch.models import Kit, OwnMeasure, OwnPoint
from dorfplatz.launch.points import STANDARD, Measure
from dorfplatz.launch.queries import progress_of, yes_of
from dorfplatz.launch.tasks import tell_of_full_villages
from dorfplatz.mail.models import Mail
from dorfplatz.members.actions import make_cards
from dorfplatz.members.models import Card, CardBatch
from dorfplatz.members.tests.test_cards import join
from dorfplatz.places.tests.factories import place
from dorfplatz.square.tests.factories import post
from dorfplatz.villages.enums import Stage
from dorfplatz.villages.models import Area
from tests.fixtures.kranenburg import INSTALLER, NOW, Square

KIT = "/de/eroeffnung/dorf/zyfflich/"
DAY = timedelta(days=1)


def do(reader, verb, **said):
    return reader.post(f"{KIT}tun/", {"do": verb, **said})


def counted(kranenburg, slug="zyfflich"):
    found = progress_of([kranenburg.village(slug)], kranenburg.municipality, INSTALLER, now=NOW)[0]
    return {one.point: (one.have, one.wanted) for one in found.points}


@pytest.mark.parametrize(("inhabitants", "wanted"), [(78, 2), (505, 9), (4614, 25), (None, 5), (0, 5)])
def test_more_is_wanted_of_a_larger_village_within_bounds(inhabitants, wanted):
    assert STANDARD[Point.CLUBS].wanted(inhabitants) == wanted
    assert Measure(2).wanted(inhabitants) == 2


def test_the_checklist_counts_the_square_itself(zyfflich, kranenburg, cast):
    place(zyfflich, categories=("sports-club",))
    place(zyfflich, categories=("bakery",), opening_hours="Mo-Fr 08:00-12:00")
    place(kranenburg.village("niel"), categories=("sports-club",))
    event(zyfflich)
    event(zyfflich, when=span(TODAY + 60 * DAY))
    post(zyfflich)
    post(zyfflich, now=NOW - 20 * DAY)
    Area.objects.filter(pk=zyfflich.pk).update(intro={"de": "Am Deich.", "nl": ""})
    assert counted(kranenburg) == {
        Point.CLUBS: (1, 9), Point.HOURS: (1, 6), Point.DATES: (1, 7), Point.POSTS: (1, 4), Point.FACES: (0, 2),
        Point.PICTURE: (1, 2), Point.LANGUAGES: (1, 2), Point.LEGAL: (0, 2),
    }  # fmt: skip


def test_each_point_says_why_and_where_one_does_it(zyfflich, ben, cast):
    page = ben.get(KIT).text
    assert "Wer kommt, sucht zuerst den eigenen Verein." in page
    assert "0 von 9" in page
    assert "/de/eintragen/" in page
    assert "Das macht die Verwaltung der Gemeinde." in page  # what a connector cannot do
    assert "/de/einstellungen/doerfer/zyfflich/" in cast.at_the_square("admin").get(KIT).text
    assert "Nog niet klaar:" in cast.at_the_square("admin", "nl").get("/nl/opening/").text


def test_the_overview_shows_all_villages_and_which_are_open(zyfflich, cast):
    page = cast.at_the_square("admin").get("/de/eroeffnung/").text
    assert "2 von 3 Dörfern sind offen." in page
    assert page.index("Zyfflich</a></h2>") < page.index("Niel</a></h2>")  # what is not open stands first
    assert "Nütterden</a>" not in cast.at_the_square("ben").get("/de/eroeffnung/").text.split("<main")[1]


@pytest.mark.parametrize("path", ["/de/eroeffnung/", KIT, "/de/eroeffnung/was-gewuenscht-ist/"])
def test_these_pages_are_for_those_who_prepare(zyfflich, cast, path):
    assert cast.at_the_square("anna").get(path).status_code == 404
    assert Square().get(path).status_code == 302
    assert cast.at_the_square("admin").get(path).status_code == 200
    assert (cast.at_the_square("ben").get(path).status_code == 404) == ("gewuenscht" in path)


def test_a_connector_has_no_kit_of_another_village(zyfflich, cast):
    ben = cast.at_the_square("ben")
    assert ben.get("/de/eroeffnung/dorf/nuetterden/").status_code == 404
    assert ben.post("/de/eroeffnung/dorf/nuetterden/tun/", {"do": "stage", "stage": "soft"}).status_code == 404


def test_a_village_has_points_of_its_own_added_ticked_and_taken_off(zyfflich, ben):
    do(ben, "add", text="  Mit der Feuerwehr   gesprochen ")
    do(ben, "add", text="Mit der Feuerwehr gesprochen")
    point = OwnPoint.objects.get()
    assert point.text == "Mit der Feuerwehr gesprochen"
    do(ben, "tick", point=point.pk)
    do(ben, "tick", point=point.pk)
    page = ben.get(KIT).text
    assert "erledigt heute" in page
    do(ben, "untick", point=point.pk)
    point.refresh_from_db()
    assert point.done_at is None
    do(ben, "remove", point=point.pk)
    assert not OwnPoint.objects.exists()
    assert Act.objects.filter(verb__startswith="launch.point").count() == 4


def test_a_fault_is_said_and_nothing_typed_is_lost(zyfflich, ben):
    answer = do(ben, "add", text=" ")
    assert answer.status_code == 422
    assert "Bitte schreiben Sie in wenigen Worten, was zu tun ist." in answer.text
    answer = do(ben, "wanted", wanted="99999")
    assert answer.status_code == 422
    assert 'value="99999"' in answer.text
    assert do(ben, "fly").status_code == 302
    assert do(ben, "stage", stage="gone").status_code == 302


def test_points_of_another_village_are_out_of_reach(zyfflich, kranenburg, ben):
    other = add_own_point(kranenburg.village("nuetterden"), text="Anderswo", by=INSTALLER, now=NOW)
    here = add_own_point(kranenburg.village("niel"), text="Hier, aber nicht dort", by=INSTALLER, now=NOW)
    for point in (other, here):
        assert do(ben, "tick", point=point.pk).status_code == 404
        assert do(ben, "remove", point=point.pk).status_code == 404


def test_only_those_who_prepare_write(zyfflich, kranenburg, cast):
    for by in (cast.actor("anna"), VISITOR, cast.actor("carla")):
        with pytest.raises(Refused):
            add_own_point(zyfflich, text="Ich auch", by=by, now=NOW)
        with pytest.raises(Refused):
            want_neighbours(zyfflich, wanted=1, by=by, now=NOW)
        with pytest.raises(Refused):
            change_measures(kranenburg.municipality, measures={}, by=by, now=NOW)
        assert not OwnPoint.objects.visible_to(by).exists()


# Yes


def test_who_joins_with_a_card_has_said_yes_and_nothing_more_is_kept(zyfflich, kranenburg):
    code = make_cards(zyfflich, count=1, uses=1, lasts_days=30, by=INSTALLER, now=NOW)[1][0]
    assert yes_of([zyfflich])[zyfflich.pk].said == 0
    reader = Square()
    join(code, reader)
    yes = yes_of([zyfflich])[zyfflich.pk]
    assert (yes.said, yes.wanted) == (1, 26)
    page = reader.page("zyfflich/")
    assert "Sie haben Ja gesagt" in page
    assert "1 von 26" in page
    assert "Nele" not in Square().page("zyfflich/")


def full(person, zyfflich, wanted=2):
    want_neighbours(zyfflich, wanted=wanted, by=INSTALLER, now=NOW)
    for number in range(wanted):
        person(f"Nachbar{number}", home="zyfflich")


def test_when_enough_have_said_yes_connectors_get_one_mail_each_in_their_language(zyfflich, person, cast):
    full(person, zyfflich, wanted=3)
    type(cast.ben).objects.filter(pk=cast.ben.pk).update(language="nl")
    tell_of_full_villages.func()
    tell_of_full_villages.func()
    mails = {mail.to: mail for mail in Mail.objects.filter(key__startswith="launch.")}
    assert set(mails) == {"ben@example.org", "admin@example.org"}
    assert "genoeg buren hebben ja gezegd" in mails["ben@example.org"].subject
    assert "Genug Nachbarn haben Ja gesagt" in mails["admin@example.org"].subject
    assert "/opening/dorp/zyfflich/" in mails["ben@example.org"].text
    zyfflich.refresh_from_db()
    assert zyfflich.stage == Stage.PREPARING  # it never opens by itself


def test_nobody_is_told_before_enough_have_said_yes_or_of_an_open_village(zyfflich, person, cast, bring):
    full(person, zyfflich, wanted=2)
    want_neighbours(zyfflich, wanted=50, by=INSTALLER, now=NOW)
    tell_of_full_villages.func()
    want_neighbours(zyfflich, wanted=2, by=INSTALLER, now=NOW)
    bring(Stage.OPEN)
    tell_of_full_villages.func()
    assert not Mail.objects.filter(key__startswith="launch.").exists()


def test_it_lies_on_the_desk_and_is_opened_there_by_one_button(zyfflich, person, ben, cast):
    desk = "/de/schreibtisch/"
    assert "Nachbarn haben Ja gesagt" not in ben.get(desk).text
    full(person, zyfflich)
    page = ben.get(desk).text
    assert "Nachbarn haben Ja gesagt" in page
    answer = ben.post("/de/schreibtisch/punkt/", {"key": f"launch:{zyfflich.pk}", "verb": "open"}, follow=True)
    assert "ist offen. Herzlichen Glückwunsch!" in answer.text
    zyfflich.refresh_from_db()
    assert zyfflich.stage == Stage.OPEN
    assert "wird vorbereitet" not in Square().page("zyfflich/")


def test_a_connector_opens_it_from_the_kit_and_it_says_since_when_and_by_whom(zyfflich, ben, cast):
    answer = ben.post(f"{KIT}tun/", {"do": "stage", "stage": "open"}, follow=True)
    assert "Der Platz von Zyfflich ist offen. Herzlichen Glückwunsch!" in answer.text
    assert "seit heute" in answer.text
    assert "durch Ben" in answer.text
    assert "Zyfflich" in Square().page()
    do(ben, "stage", stage="preparing")
    zyfflich.refresh_from_db()
    assert zyfflich.stage == Stage.OPEN  # only the municipality takes it back


# Numbers of the municipality


def test_a_municipality_wants_other_numbers(zyfflich, kranenburg, cast):
    admin = cast.at_the_square("admin")
    path = "/de/eroeffnung/was-gewuenscht-ist/"
    said = {f"{name}-{part}": value for name, held in STANDARD.items()
            for part, value in (("least", held.least), ("per", held.per))}  # fmt: skip
    assert admin.post(path, {**said, "clubs-least": "x"}).status_code == 422
    admin.post(path, {**said, "clubs-least": 1, "clubs-per": 500, f"{YES}-least": 3, f"{YES}-per": 0})
    assert counted(kranenburg)[Point.CLUBS][1] == 2
    assert yes_of([zyfflich])[zyfflich.pk].wanted == 3
    assert {row.point for row in OwnMeasure.objects.all()} == {"clubs", "yes"}
    admin.post(path, said)
    assert not OwnMeasure.objects.exists()
    assert counted(kranenburg)[Point.CLUBS][1] == 9


# Cards


def test_cards_are_made_in_named_batches_and_counted(zyfflich, ben):
    page = ben.get(KIT).text
    assert "Die ersten Karten" in page
    address = "/de/einstellungen/einladungskarten/"
    assert 'value="40"' in ben.get(address, {"village": "zyfflich", "count": "40"}).text
    sheet = ben.post(
        address, {"village": "zyfflich", "name": "Lindenstraße 1–20", "count": 4, "uses": "1", "lasts": "90"}
    ).text
    assert "Lindenstraße 1–20" in sheet
    batch = CardBatch.objects.get()
    assert batch.name == "Lindenstraße 1–20"
    assert "Zeit für die nächsten Karten" not in ben.get(KIT).text
    first, second = Card.objects.filter(batch=batch)[:2]
    Card.objects.filter(pk__in=[first.pk, second.pk]).update(left=0)
    page = ben.get(KIT).text
    assert "Lindenstraße 1–20" in page
    assert "4 gemacht, 2 benutzt, 0 abgelaufen." in page
    assert "Zeit für die nächsten Karten" in page
    CardBatch.objects.update(withdrawn_at=NOW)
    assert "4 gemacht, 2 benutzt, 2 abgelaufen." in ben.get(KIT).text


# What it costs


def test_many_villages_cost_as_many_queries_as_one(zyfflich, kranenburg, cast):
    villages = [kranenburg.village(slug) for slug in ("zyfflich", "niel", "nuetterden")]
    costs = []
    for some in (villages[:1], villages):
        for village in some:
            place(village, categories=("sports-club",))
            event(village)
            add_own_point(village, text=f"Punkt {len(costs)}", by=INSTALLER, now=NOW)
        with CaptureQueriesContext(connection) as caught:
            progress_of(some, kranenburg.municipality, INSTALLER, now=NOW)
        costs.append(len(caught))
    assert costs[0] == costs[1] <= 14


def test_the_pages_stay_below_fifty_queries(zyfflich, ben, square, unkept):
    for reader, path in ((ben, "/de/eroeffnung/"), (ben, KIT), (square, "/de/zyfflich/")):
        with CaptureQueriesContext(connection) as caught:
            assert reader.get(path).status_code == 200
        assert len(caught) < 50, path


def test_a_square_without_such_a_village_asks_nothing_more_at_the_desk(kranenburg, cast, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert yes_of([]) == {}
    assert not Kit.objects.exists()
