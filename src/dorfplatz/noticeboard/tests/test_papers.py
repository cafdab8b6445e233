from datetime import date

import pytest

from dorfplatz.entries.actions import hide_entry
from dorfplatz.entries.enums import Audience
from dorfplatz.events.tests.factories import event
from dorfplatz.exchange.tests.factories import exchange
from dorfplatz.jobs.worker import run_due
from dorfplatz.media.tests.photos import file_of, flag
from dorfplatz.members.enums import Role
from dorfplatz.noticeboard.actions import (
    arrange_items,
    begin_paper,
    greet_in_paper,
    hang_paper_picture,
    print_paper,
    publish_paper,
    wish_for_item,
)
from dorfplatz.noticeboard.queries import choices_of, filled_paper, first_day
from dorfplatz.press.models import Printing
from dorfplatz.square.tests.factories import post
from dorfplatz.wishes.actions import answer_wish
from dorfplatz.wishes.actions.answer import Answer
from dorfplatz.wishes.enums import Status
from dorfplatz.wishes.tests.factories import wish
from tests.fixtures.kranenburg import INSTALLER, NOW
from tests.fixtures.people import actor

BY = {"by": INSTALLER, "now": NOW}
MONDAY = date(2026, 11, 23)


@pytest.fixture
def paper(kranenburg):
    return begin_paper(kranenburg.village("niel"), period="week", starts_on=MONDAY, **BY)


@pytest.fixture
def week(kranenburg):
    niel = kranenburg.village("niel")
    return {
        "date": event(niel, title="Probe des Chors").entry,
        "ask": exchange(niel, title="Wer liest vor?").entry,
        "news": post(niel, title="Die Bank ist heil").entry,
        "members": post(niel, title="Nur unter uns", audience=Audience.MEMBERS).entry,
        "near": event(kranenburg.village("zyfflich"), title="Markt in Zyfflich").entry,
    }


def titles(paper):
    made = filled_paper(paper, "a4", ["de"], now=NOW)
    parts = [part for page in made.job.data["pages"] for column in page["columns"] for part in column["parts"]]
    return [part["said"][0]["title"] for part in parts if part["kind"] in ("item", "brief")]


def test_a_paper_fills_itself_with_what_strangers_may_read(paper, week):
    found = titles(paper)
    assert {"Probe des Chors", "Wer liest vor?", "Die Bank ist heil", "Markt in Zyfflich"} <= set(found)
    assert "Nur unter uns" not in found


def test_a_paper_says_what_its_own_village_wishes_and_what_is_settled_no_more(kranenburg, paper, week):
    niel = kranenburg.village("niel")
    wish(niel, title="Eine Bank auf dem Platz", on_paper=14)
    wish(kranenburg.village("zyfflich"), title="Ein Bus nach Kleve")
    said = Answer(Status.DONE, "Sie brennt.", "de")
    answer_wish(wish(niel, title="Eine Laterne"), answer=said, form_key="key-of-a-form", **BY)
    found = titles(paper)
    assert "Eine Bank auf dem Platz" in found
    assert not {"Ein Bus nach Kleve", "Eine Laterne"} & set(found)


def test_its_editor_leaves_out_shortens_and_reorders(kranenburg, paper, week):
    second = event(kranenburg.village("niel"), title="Zweiter Termin").entry
    wish_for_item(paper, entry_id=week["ask"].pk, wish="out", **BY)
    wish_for_item(paper, entry_id=week["news"].pk, wish="in", words="Kurz gesagt.", **BY)
    arrange_items(paper, entry_ids=[week["near"].pk, second.pk, week["date"].pk], **BY)
    paper.refresh_from_db()
    assert titles(paper)[:3] == ["Markt in Zyfflich", "Zweiter Termin", "Probe des Chors"]
    assert "Wer liest vor?" not in titles(paper)
    choices = choices_of(paper, ["de"], INSTALLER, now=NOW)
    assert next(c.item.words for c in choices if c.candidate.entry_id == week["news"].pk) == "Kurz gesagt."


def test_what_is_not_public_cannot_be_put_in(paper, week):
    with pytest.raises(ValueError, match="öffentlich"):
        wish_for_item(paper, entry_id=week["members"].pk, wish="in", **BY)


def test_a_published_paper_says_what_it_said_then_without_what_was_hidden_since(kranenburg, paper, week):
    paper = publish_paper(paper, **BY)
    event(kranenburg.village("niel"), title="Zu spät")
    hide_entry(week["ask"], **BY)
    found = titles(paper)
    assert "Probe des Chors" in found
    assert "Wer liest vor?" not in found


def test_a_printing_is_made_by_the_worker_and_thrown_away_when_something_on_it_is_hidden(paper, week):
    printing = print_paper(paper, form="a4", languages=["de"], **BY)
    run_due()
    printing.refresh_from_db()
    assert printing.is_ready
    assert printing.page_count == 1
    assert f"e{week['date'].pk}" in printing.told["keys"]
    made_at = printing.made_at
    print_paper(paper, form="a4", languages=["de"], **BY)
    run_due()
    printing.refresh_from_db()
    assert printing.is_ready
    assert printing.made_at >= made_at
    hide_entry(week["date"], **BY)
    run_due()
    assert not Printing.objects.exists()


def test_only_who_looks_after_the_village_makes_its_paper(kranenburg, person, square, paper):
    away = actor(person("Ben", roles=[(Role.CONNECTOR, "nuetterden")]))
    with pytest.raises(Exception, match="Dorfblatt"):
        greet_in_paper(paper, greeting="Hallo", language="de", by=away, now=NOW)
    square.page(f"dorfblatt/{paper.pk}/", 404)
    publish_paper(paper, **BY)
    assert "Zum PDF" in square.page(f"dorfblatt/{paper.pk}/")


def test_a_greeting_has_its_picture_and_the_picture_its_words(paper):
    greet_in_paper(paper, greeting="Guten Morgen!", language="de", **BY)
    with pytest.raises(ValueError, match="was zu sehen ist"):
        hang_paper_picture(paper, file=file_of(flag(800, 400)), alt=" ", **BY)
    hung = hang_paper_picture(paper, file=file_of(flag(800, 400)), alt="Eine Fahne", **BY)
    run_due()
    made = filled_paper(type(hung).objects.get(pk=hung.pk), "a4", ["de"], now=NOW)
    assert len(made.job.files) == 1
    assert f"picture:{hung.picture_id}" in made.things


@pytest.mark.parametrize(("today", "begins"), [(23, 23), (26, 23), (27, 30), (29, 30)])
def test_at_the_weekend_a_paper_is_for_the_week_that_comes(today, begins):
    assert first_day("week", date(2026, 11, today)) == date(2026, 11, begins)


def test_the_municipality_has_a_paper_of_its_own(kranenburg, person, square, week):
    whole = begin_paper(kranenburg.municipality.area, period="week", starts_on=MONDAY, **BY)
    assert {"Probe des Chors", "Markt in Zyfflich"} <= set(titles(whole))
    publish_paper(whole, **BY)
    assert f"/de/dorfblatt/{whole.pk}/" in square.page("alle/dorfblatt/")
    assert "/de/alle/dorfblatt/" in square.page(f"dorfblatt/{whole.pk}/")
