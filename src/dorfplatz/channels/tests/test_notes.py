"""What is new for me: told once, seen while it may be seen, carried by mail when it is not quiet."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dorfplatz.channels.actions import Telling, forget_old_notes, tell_people
from dorfplatz.channels.enums import Way
from dorfplatz.channels.models import Note, Preferences, Watch
from dorfplatz.channels.quiet import end_of_quiet
from dorfplatz.entries.actions import hide_entry, publish_entries
from dorfplatz.entries.models import Entry
from dorfplatz.jobs.worker import run_due
from dorfplatz.kernel.actor import VISITOR
from dorfplatz.kernel.verdict import Refused
from dorfplatz.mail.models import Mail
from dorfplatz.places.tests.factories import place
from tests.fixtures.kranenburg import INSTALLER, NOW
from tests.fixtures.people import actor

BY = {"by": INSTALLER, "now": NOW}


@pytest.fixture
def bicycles(kranenburg) -> Entry:
    return place(kranenburg.village("niel"), title="Fahrräder für alle").entry


def tell(entry: Entry, *people, key: str = "watch:1", told_by=None) -> int:
    telling = Telling("watch", key, entry.pk, told_by.pk if told_by else None)
    return tell_people([person.pk for person in people], telling=telling, **BY)


def choose(person, **values) -> Preferences:
    defaults = {"changed_at": NOW, **values}
    return Preferences.objects.update_or_create(identity=person, defaults=defaults)[0]


def test_the_list_says_what_happened_and_counts_calmly(cast, bicycles, at_eleven):
    assert tell(bicycles, cast.anna, cast.dirk) == 2
    square = cast.at_the_square("anna")
    page = square.page("neues-fuer-mich/")
    assert "Fahrräder für alle" in page
    assert "Neues für mich (1)" in page
    note = Note.objects.get(identity=cast.anna)
    assert square.get(f"/de/neues-fuer-mich/{note.pk}/")["Location"].startswith(f"/de/e/{bicycles.code}/")
    assert "Neues für mich (1)" not in square.page("neues-fuer-mich/")
    assert "Nieuw voor mij (1)" in cast.at_the_square("dirk", "nl").page("nieuw-voor-mij/")


def test_the_same_is_told_once_and_nobody_hears_of_herself(cast, bicycles, at_eleven):
    assert tell(bicycles, cast.anna, cast.ben, told_by=cast.ben) == 1
    assert tell(bicycles, cast.anna, told_by=cast.ben) == 0
    with pytest.raises(Refused):
        tell_people([cast.anna.pk], telling=Telling("watch", "x", bicycles.pk), by=cast.actor("ben"), now=NOW)


def test_what_may_not_be_seen_any_more_vanishes(cast, bicycles, at_eleven):
    tell(bicycles, cast.anna)
    note = Note.objects.get()
    hide_entry(bicycles, **BY)
    square = cast.at_the_square("anna")
    page = square.page("neues-fuer-mich/")
    assert "Fahrräder" not in page
    assert "Neues für mich (1)" not in page
    assert square.get(f"/de/neues-fuer-mich/{note.pk}/").status_code == 404


def test_nobody_reads_what_another_was_told(cast, bicycles, at_eleven):
    tell(bicycles, cast.anna)
    note = Note.objects.get()
    ben = cast.at_the_square("ben")
    assert ben.get(f"/de/neues-fuer-mich/{note.pk}/").status_code == 404
    ben.post("/de/neues-fuer-mich/gelesen/", {"up_to": note.pk})
    assert Note.objects.get().read_at is None
    assert not Note.objects.visible_to(VISITOR, now=NOW).exists()


def test_between_two_who_are_apart_nothing_is_told(cast, bicycles, at_eleven):
    tell(bicycles, cast.anna, told_by=cast.ben)
    apart = replace(cast.actor("anna"), apart_from=frozenset({cast.ben.pk}))
    assert not Note.objects.visible_to(apart, now=NOW).exists()
    assert Note.objects.visible_to(cast.actor("anna"), now=NOW).exists()


def test_a_long_list_goes_on_page_by_page_in_few_queries(cast, kranenburg, at_eleven, django_assert_max_num_queries):
    for number in range(25):
        tell(place(kranenburg.village("niel"), title=f"Nummer {number}").entry, cast.anna, key=f"watch:{number}")
    square = cast.at_the_square("anna")
    with django_assert_max_num_queries(14):
        page = square.page("neues-fuer-mich/")
    assert "Nummer 24" in page
    assert "Nummer 4<" not in page
    older = page.partition('href="?before=')[2].partition('"')[0]
    assert "Nummer 4<" in square.page("neues-fuer-mich/", before=older)
    newest = Note.objects.latest("pk").pk
    square.post("/de/neues-fuer-mich/gelesen/", {"up_to": newest})
    assert not Note.objects.filter(read_at=None).exists()


@pytest.mark.parametrize("before", ["x", "-1", "9" * 30, "", "1"])
def test_wild_pages_are_no_trouble(cast, kranenburg, before):
    assert "Neues für mich" in cast.at_the_square("anna").page("neues-fuer-mich/", before=before)


def test_who_wants_it_at_once_gets_one_mail_without_anybodys_address(cast, bicycles, at_eleven):
    choose(cast.dirk, ways={"watch": "at_once"})
    tell(bicycles, cast.dirk, told_by=cast.anna)
    run_due()
    run_due()
    mail = Mail.objects.get()
    assert mail.to == "dirk@example.org"
    assert mail.language == "nl"
    assert "Fahrräder für alle" in mail.text
    assert "Goedendag, Dirk!" in mail.text
    assert mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "anna@" not in mail.text + mail.html


def test_in_quiet_hours_it_waits_until_they_are_over(cast, bicycles, at_eleven):
    choose(cast.anna, ways={"watch": "at_once"}, quiet_from=time(10), quiet_until=time(13))
    tell(bicycles, cast.anna)
    run_due()
    assert not Mail.objects.exists()
    at_one = datetime(2026, 11, 23, 13, 0, tzinfo=ZoneInfo("Europe/Berlin"))
    run_due(at_one - timedelta(minutes=1))
    assert not Mail.objects.exists()


def test_what_was_read_or_hidden_meanwhile_is_not_mailed(cast, bicycles, at_eleven):
    for person in (cast.anna, cast.ben):
        choose(person, ways={"watch": "at_once"})
    tell(bicycles, cast.anna)
    Note.objects.update(read_at=NOW)
    hide_entry(bicycles, **BY)
    tell(bicycles, cast.anna, key="watch:2")
    run_due()
    assert not Mail.objects.exists()


def test_none_is_none(cast, bicycles):
    choose(cast.anna, ways={"watch": "none"})
    assert tell(bicycles, cast.anna) == 0


def test_who_watches_a_village_hears_of_what_is_new_there(cast, kranenburg, at_eleven):
    whole = kranenburg.municipality.area
    values = {"section": "map", "way": Way.LIST, "made_at": NOW}
    Watch.objects.create(identity=cast.anna, area=kranenburg.village("zyfflich"), **values)
    Watch.objects.create(identity=cast.dirk, area=whole, words="fahrrad", **values)
    Watch.objects.create(identity=cast.ben, area=kranenburg.village("niel"), words="klavier", **values)
    entry = place(kranenburg.village("zyfflich"), title="Werkstatt für Fahrräder").entry
    Entry.objects.filter(pk=entry.pk).update(state="draft", published_at=None)
    publish_entries([Entry.objects.get(pk=entry.pk)], **BY)
    run_due()
    assert set(Note.objects.values_list("identity__name", flat=True)) == {"Anna", "Dirk"}


def test_members_only_news_reach_members_only(cast, kranenburg, at_eleven):
    for person in (cast.anna, cast.carla):
        Watch.objects.create(identity=person, area=kranenburg.village("niel"), way=Way.LIST, made_at=NOW)
    entry = place(kranenburg.village("niel"), audience="members").entry
    Entry.objects.filter(pk=entry.pk).update(state="draft", published_at=None)
    publish_entries([Entry.objects.get(pk=entry.pk)], **BY)
    run_due()
    assert [note.identity.name for note in Note.objects.all()] == ["Anna"]


def test_notes_are_forgotten_after_three_months(cast, bicycles):
    tell(bicycles, cast.anna)
    assert forget_old_notes(by=INSTALLER, now=NOW + timedelta(days=89)) == 0
    assert forget_old_notes(by=INSTALLER, now=NOW + timedelta(days=91)) == 1


@given(
    minutes=st.integers(0, 2 * 366 * 24 * 60),
    quiet=st.tuples(st.integers(0, 23), st.integers(0, 23)),
)
def test_after_the_quiet_it_is_not_quiet(minutes, quiet):
    moment = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    said = {"quiet_from": time(quiet[0]), "quiet_until": time(quiet[1]), "zone": "Europe/Amsterdam"}
    end = end_of_quiet(moment, **said)
    if end is not None:
        assert moment < end <= moment + timedelta(hours=26)
        assert end_of_quiet(end, **said) is None


def test_actors_are_made_afresh_before_a_mail(cast, bicycles, at_eleven):
    choose(cast.anna, ways={"watch": "at_once"})
    tell(bicycles, cast.anna)
    type(cast.anna).objects.filter(pk=cast.anna.pk).update(is_blocked=True)
    run_due()
    assert not Mail.objects.exists()
    assert actor(cast.anna).identity_id == cast.anna.pk
