"""Cancelling, moving and adding dates, and “I’m coming”, through the front door."""

from __future__ import annotations

import re
from datetime import date, time, timedelta

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.core.files.uploadedfile import SimpleUploadedFile

from dorfplatz.entries.models import EntryPicture, EntryText
from dorfplatz.events.actions import (
    call_off,
    change_date,
    change_event,
    end_series,
    expand_due_events,
    forget_old_comings,
    put_back,
    put_back_date,
    say_coming,
)
from dorfplatz.events.enums import Change
from dorfplatz.events.models import Coming, Event, Occurrence, OccurrenceDay
from dorfplatz.events.series import Single
from dorfplatz.events.tasks import tell_one_who_comes
from dorfplatz.events.tests.factories import TODAY, event, event_draft, span
from dorfplatz.jobs.worker import run_due
from dorfplatz.kernel.verdict import Problem, Refused
from dorfplatz.mail.models import Mail
from dorfplatz.media.tests.photos import file_of, flag
from dorfplatz.places.tests.factories import place
from tests.fixtures.kranenburg import INSTALLER, NOW

BY = {"by": INSTALLER, "now": NOW}
NEXT = TODAY + timedelta(days=7)


@pytest.fixture
def choir(kranenburg):
    return event(kranenburg.village("niel"), title="Chorprobe", rule="FREQ=WEEKLY")


def days_of(choir, change=None):
    found = choir.occurrences.order_by("starts_at")
    return [one.first_on for one in (found.filter(change=change) if change is not None else found)]


def test_a_series_is_written_down_for_a_year_and_a_half(choir):
    days = days_of(choir)
    assert days[0] == TODAY
    assert TODAY + timedelta(days=540) < days[-1] <= TODAY + timedelta(days=550)
    assert OccurrenceDay.objects.filter(occurrence__event=choir).count() == len(days)


def test_the_window_moves_with_the_days(choir):
    later = NOW + timedelta(days=200)
    assert expand_due_events(by=INSTALLER, now=NOW) == 0
    assert expand_due_events(by=INSTALLER, now=later) == 1
    assert days_of(choir)[-1] > TODAY + timedelta(days=740)
    assert expand_due_events(by=INSTALLER, now=later) == 0


def test_a_moved_date_stands_elsewhere_and_can_be_put_back(choir):
    moved = span(NEXT + timedelta(days=1), "18:00", "20:00")
    change_date(choir, single=Single(NEXT, Change.MOVED, moved, "Halle belegt"), **BY)
    found = choir.occurrences.get(on=NEXT)
    assert (found.first_on, found.change, found.word) == (NEXT + timedelta(days=1), "moved", "Halle belegt")
    put_back_date(Event.objects.get(pk=choir.pk), on=NEXT, **BY)
    assert choir.occurrences.get(on=NEXT).first_on == NEXT


def test_a_date_that_is_not_there_cannot_be_moved_and_one_that_is_cannot_be_added(choir):
    with pytest.raises(Problem):
        change_date(choir, single=Single(NEXT + timedelta(days=1), Change.CANCELLED), **BY)
    with pytest.raises(Problem):
        change_date(choir, single=Single(NEXT, Change.ADDED, span(NEXT)), **BY)


def test_the_rest_of_a_series_is_called_off(choir):
    end_series(choir, before=NEXT + timedelta(days=1), word="Sommerpause", **BY)
    assert days_of(choir) == [TODAY, NEXT]
    with pytest.raises(Problem):
        end_series(Event.objects.get(pk=choir.pk), before=TODAY, word="", **BY)


def test_called_off_and_put_back_counts_for_calendars(choir):
    call_off(choir, word="Sturm", **BY)
    call_off(Event.objects.get(pk=choir.pk), word="Sturm", **BY)
    put_back(Event.objects.get(pk=choir.pk), **BY)
    assert Event.objects.get(pk=choir.pk).sequence == 2, "saying it twice is saying it once"


def test_strangers_change_nothing(choir, cast):
    for name in ("visitor", "anna", "carla"):
        with pytest.raises(Refused):
            call_off(choir, word="", by=cast.actor(name), now=NOW)
    call_off(choir, word="", by=cast.actor("ben"), now=NOW)


def test_who_comes_gets_a_word_by_mail_in_her_language_and_once(choir, cast):
    EntryText.objects.create(entry=choir.entry, language="nl", title="Koorrepetitie", body="")
    say_coming(choir, on=NEXT, persons=2, shows_name=False, by=cast.actor("dirk"), now=NOW)
    change_date(choir, single=Single(NEXT, Change.CANCELLED, None, "De dirigent is ziek."), **BY)
    coming = Coming.objects.get()
    for _twice in range(2):
        tell_one_who_comes.call(coming.pk, "cancelled", "De dirigent is ziek.", NOW.isoformat())
    mail = Mail.objects.get()
    assert mail.subject == "Koorrepetitie: Deze datum gaat niet door."
    assert "De dirigent is ziek." in mail.text
    assert "anna" not in mail.text.lower()


def test_coming_is_said_once_however_often_it_is_sent(choir, cast, at_eleven):
    anna = cast.at_the_square("anna")
    address = f"/de/termine/{choir.entry.code}/ich-komme/"
    for _twice in range(2):
        answer = anna.post(address, {"on": TODAY.isoformat(), "persons": "3"}, follow=True)
        assert "Schön, dass Sie kommen!" in answer.content.decode()
    assert Coming.objects.get().persons == 3
    page = cast.at_the_square("visitor").page(f"e/{choir.entry.code}/")
    assert "Bisher kommen 3." in page
    anna.post(address, {"on": TODAY.isoformat(), "persons": "3", "not": "1"})
    assert not Coming.objects.exists()


def test_names_go_to_the_organiser_and_to_those_who_come_where_one_chose_so(kranenburg, cast, at_eleven):
    choir = event(kranenburg.village("niel"), title="Fest", by=cast.actor("ben"))
    for name, shows in (("anna", True), ("carla", False)):
        say_coming(choir, on=TODAY, persons=1, shows_name=shows, by=cast.actor(name), now=NOW)

    def seen(name):
        page = cast.at_the_square(name).page(f"e/{choir.entry.code}/")
        found = re.search(r'<ul class="coming-names">(.*?)</ul>', page, re.DOTALL)
        return set(re.findall(r"<li>(\w+)", found[1])) if found else set()

    assert seen("ben") == {"Anna", "Carla"}
    assert seen("carla") == {"Anna"}
    assert seen("anna") == {"Anna"}
    assert seen("dirk") == seen("visitor") == seen("admin") == set()


def test_never_more_come_than_there_is_room_for(kranenburg, cast):
    fest = event(kranenburg.village("niel"), capacity=4)
    say_coming(fest, on=TODAY, persons=3, shows_name=False, by=cast.actor("anna"), now=NOW)
    with pytest.raises(Problem, match="nur noch ein Platz"):
        say_coming(fest, on=TODAY, persons=2, shows_name=False, by=cast.actor("dirk"), now=NOW)
    say_coming(fest, on=TODAY, persons=4, shows_name=False, by=cast.actor("anna"), now=NOW)
    with pytest.raises(Problem, match="kein Platz"):
        say_coming(fest, on=TODAY, persons=1, shows_name=False, by=cast.actor("dirk"), now=NOW)


def test_nobody_comes_to_what_is_off_or_over_or_not_there(choir, cast):
    anna = {"persons": 1, "shows_name": False, "by": cast.actor("anna")}
    change_date(choir, single=Single(NEXT, Change.CANCELLED), **BY)
    for on, now in ((NEXT, NOW), (TODAY, NOW + timedelta(days=3)), (TODAY + timedelta(days=1), NOW)):
        with pytest.raises(Problem):
            say_coming(choir, on=on, now=now, **anna)


def test_who_came_is_forgotten_a_month_later(choir, cast):
    say_coming(choir, on=TODAY, persons=1, shows_name=False, by=cast.actor("anna"), now=NOW)
    assert forget_old_comings(by=INSTALLER, now=NOW + timedelta(days=29)) == 0
    assert forget_old_comings(by=INSTALLER, now=NOW + timedelta(days=32)) == 1


def form_of(**more):
    said = {"title": "Frühlingsfest", "body": "Mit Kuchen.", "language": "de", "form_key": "k" * 32, "villages": []}
    when = {"starts_on": "2027-04-03", "starts_time": "14:00", "ends_time": "18:00", "repeats": "", "interval": "1"}
    return {**said, **when, "audience": "public", "step_free": "unknown", "takes_names": "on", **more}


def test_a_neighbour_sets_out_a_date_once_however_often_she_sends_it(kranenburg, cast, at_eleven):
    anna, niel = cast.at_the_square("anna"), kranenburg.village("niel").pk
    for _twice in range(2):
        answer = anna.post("/de/termine/neu/", form_of(villages=[niel]), follow=True)
        assert "Frühlingsfest" in answer.content.decode()
    made = Event.objects.get()
    assert (made.starts_on, made.starts_time, made.zone) == (date(2027, 4, 3), time(14), "Europe/Berlin")


def test_a_date_has_pictures_and_a_mistake_in_the_form_loses_none(kranenburg, cast, at_eleven, square):
    anna, niel = cast.at_the_square("anna"), kranenburg.village("niel").pk
    photo = SimpleUploadedFile("foto.jpg", file_of(flag()).read())
    sent = form_of(villages=[niel], title="", new_picture_1=photo, new_picture_1_alt="Eine Fahne am Deich")
    answer = anna.post("/de/termine/neu/", sent)
    assert answer.status_code == 422
    assert 'value="Eine Fahne am Deich"' in answer.content.decode()
    anna.post("/de/termine/neu/", form_of(villages=[niel]))
    made = Event.objects.get()
    hanging = EntryPicture.objects.get()
    assert hanging.entry_id == made.pk
    run_due()
    assert "Eine Fahne am Deich" in square.page(f"e/{made.entry.code}/fruehlingsfest/")
    path = f"/de/termine/{made.entry.code}/aendern/"
    seen = re.search(r'name="seen" value="([^"]+)"', anna.page(path[4:]))[1]
    anna.post(path, form_of(villages=[niel], seen=seen, **{f"picture_{hanging.pk}_away": "1"}))
    assert not EntryPicture.objects.exists()


@pytest.mark.parametrize(
    "asked",
    [
        ({"repeats": "weekly", "interval": "2", "weekdays": ["4"]}, "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", "2027-04-09"),
        ({"repeats": "weekday", "nth": "-1", "starts_on": "2027-04-04"}, "FREQ=MONTHLY;BYDAY=-1SU", "2027-04-25"),
        ({"repeats": "day"}, "FREQ=MONTHLY;BYMONTHDAY=3", "2027-04-03"),
        ({"repeats": "yearly"}, "FREQ=YEARLY", "2027-04-03"),
    ],
)
def test_the_form_makes_rules_of_what_people_choose(asked, kranenburg, cast, at_eleven):
    said, rule, first = asked
    anna = cast.at_the_square("anna")
    niel = kranenburg.village("niel").pk
    anna.post("/de/termine/neu/", form_of(villages=[niel], **said))
    made = Event.objects.get()
    assert (made.rule, made.starts_on.isoformat()) == (rule, first)
    page = anna.page(f"termine/{made.entry.code}/aendern/")
    assert f'value="{said["repeats"]}"' in page
    assert re.search(rf'value="{said["repeats"]}"[^>]*checked', page), "the form says it as it was said"


def test_bad_input_is_one_sentence_and_nothing_is_lost(kranenburg, cast, at_eleven):
    anna, niel = cast.at_the_square("anna"), kranenburg.village("niel").pk
    for wrong, sentence in (
        ({"starts_time": "", "ends_time": "18:00"}, "Wann beginnt es?"),
        ({"ends_on": "2027-04-01"}, "Der letzte Tag liegt vor dem ersten."),
        ({"starts_on": "9999-12-31"}, "Dieser Tag liegt zu weit weg."),
        ({"repeats": "weekly", "repeats_until": "2027-01-01"}, "Das wäre zu Ende, bevor es begonnen hat."),
    ):
        answer = anna.post("/de/termine/neu/", form_of(villages=[niel], **wrong))
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
        assert "Frühlingsfest" in answer.content.decode()
    assert not Event.objects.exists()


def test_nobody_speaks_for_a_club_whose_page_she_does_not_keep(kranenburg, cast, at_eleven):
    club, niel = place(kranenburg.village("niel"), title="Schützen"), kranenburg.village("niel").pk
    answer = cast.at_the_square("anna").post("/de/termine/neu/", form_of(villages=[niel], organiser=str(club.pk)))
    assert answer.status_code == 422
    assert not Event.objects.exists()
    cast.at_the_square("ben").post("/de/termine/neu/", form_of(villages=[niel], organiser=str(club.pk)))
    assert Event.objects.get().organiser_id == club.pk


def test_the_same_again_next_year_keeps_the_weekday(kranenburg, cast, at_eleven):
    fest = event(
        kranenburg.village("niel"), title="Kirmes", when=span(date(2026, 6, 20), "", days=2), by=cast.actor("ben")
    )
    page = cast.at_the_square("ben").page(f"termine/{fest.entry.code}/noch-einmal/")
    assert 'value="2027-06-19"' in page, "a Saturday again"
    assert 'value="2027-06-21"' in page


def test_who_changes_the_hour_tells_those_who_come(kranenburg, cast, at_eleven):
    niel = kranenburg.village("niel")
    choir = event(niel, title="Chor", rule="FREQ=WEEKLY", by=cast.actor("ben"))
    assert not change_event(
        choir, draft=event_draft(niel, title="Chor", rule="FREQ=WEEKLY"), by=cast.actor("ben"), now=NOW
    )
    later = event_draft(niel, title="Chor", rule="FREQ=WEEKLY", when=span(begins="20:00"))
    assert change_event(choir, draft=later, by=cast.actor("ben"), now=NOW)
    assert {one.starts_at.hour for one in Occurrence.objects.filter(on__lt=date(2027, 3, 1))} == {19}
    with pytest.raises(ObjectDoesNotExist):
        Occurrence.objects.get(on=date(2027, 3, 2))
