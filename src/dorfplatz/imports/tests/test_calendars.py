"""Calendars of clubs: taken in date by date, kept in step, and never over what people wrote."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core.management import call_command

from dorfplatz.entries.models import Entry
from dorfplatz.events.actions import change_event
from dorfplatz.events.models import Event
from dorfplatz.events.queries.page import with_everything
from dorfplatz.events.tests.factories import event, event_draft, span
from dorfplatz.imports.models import Source
from dorfplatz.imports.queries import entry_with_everything
from dorfplatz.imports.subscriptions import note_failure, read_source, source_at
from dorfplatz.imports.tasks import read_calendars
from dorfplatz.kernel.verdict import Problem
from tests.fixtures.kranenburg import INSTALLER, NOW

CHOIR = [
    "UID:choir", "SUMMARY:Chorprobe", "DTSTART;TZID=W. Europe Standard Time:20261201T193000", "DURATION:PT2H",
    "RRULE:FREQ=WEEKLY", "EXDATE;TZID=W. Europe Standard Time:20261222T193000", "LOCATION:Kirche", "DESCRIPTION:Singen",
]  # fmt: skip
FAIR = ["UID:fair", "SUMMARY:Frühlingsmarkt", "DTSTART;VALUE=DATE:20270410", "DTEND;VALUE=DATE:20270412"]
BROKEN = ["UID:broken", "SUMMARY:Kaputt", "DTSTART:morgen"]


def calendar(*events):
    inside = [line for one in events for line in ["BEGIN:VEVENT", *one, "END:VEVENT"]]
    return "\r\n".join(["BEGIN:VCALENDAR", *inside, "END:VCALENDAR", ""])


@pytest.fixture
def club(kranenburg, tmp_path):
    """A file that can be written anew, and a way to read it."""
    path = tmp_path / "verein.ics"

    def read(*events, now=NOW):
        path.write_text(calendar(*events), "utf-8")
        source = source_at(
            kranenburg.municipality, kind="ics", address=str(path), village="niel", organiser=None, now=now
        )
        return read_source(source, by=INSTALLER, now=now)

    read.path = path
    return read


def test_each_date_is_taken_in_or_refused_with_the_reason(club):
    outcome = club(CHOIR, BROKEN, FAIR)
    assert outcome.added == 2
    assert [(r.key, r.text) for r in outcome.rejected] == [("broken", "When it begins cannot be understood.")]
    choir = Event.objects.get(uid="choir")
    assert (choir.zone, choir.place_words, choir.entry.origin) == ("Europe/Berlin", "Kirche", "ics")
    assert choir.occurrences.count() > 70
    assert not choir.occurrences.filter(on="2026-12-22").exists()
    assert [one.last_on.isoformat() for one in Event.objects.get(uid="fair").occurrences.all()] == ["2027-04-11"]


def test_a_second_reading_changes_nothing(club):
    club(CHOIR, FAIR)
    before = list(Entry.objects.values())
    assert club(CHOIR, FAIR).counts["changed"] == 0
    assert club(FAIR, CHOIR).counts == {**club(CHOIR, FAIR).counts, "unchanged": 2}
    assert list(Entry.objects.values()) == before


def test_what_changes_in_the_calendar_changes_here_unless_people_wrote_it(club, kranenburg):
    club(CHOIR, FAIR)
    fair = with_everything(entry_with_everything(Event.objects.get(uid="fair").pk))
    mine = event_draft(kranenburg.village("niel"), title="Markt am Teich", when=fair.span)
    change_event(fair, draft=mine, by=INSTALLER, now=NOW)
    later = [line.replace("193000", "200000") for line in CHOIR]
    outcome = club(later, [*FAIR, "DESCRIPTION:Neu"])
    assert (outcome.changed, outcome.unchanged) == (1, 1)
    assert Event.objects.get(uid="choir").starts_time.hour == 20
    assert Event.objects.get(uid="fair").entry.title == "Markt am Teich"


def test_what_the_calendar_has_no_more_is_marked_and_may_return(club, square, at_eleven):
    club(CHOIR, FAIR)
    assert club(CHOIR).vanished == 1
    fair = Event.objects.get(uid="fair")
    assert fair.missing_since is not None
    assert "nicht mehr in seiner Quelle" in square.page(f"e/{fair.entry.code}/")
    assert club(CHOIR, FAIR).returned == 1
    assert Event.objects.get(uid="fair").missing_since is None


def test_what_is_in_the_calendar_already_does_not_come_twice(club, kranenburg):
    event(kranenburg.village("niel"), title="Probe des Chors", when=span(begins="10:00"))
    same = ["UID:x", "SUMMARY:probe des chors!", "DTSTART:20261123T100000"]
    other = ["UID:y", "SUMMARY:Yoga", "DTSTART:20261123T100000"]
    outcome = club(same, other)
    assert (outcome.added, len(outcome.rejected)) == (1, 1)


def test_the_command_reads_reports_and_tries(kranenburg, tmp_path):
    file, report = tmp_path / "v.ics", tmp_path / "r.json"
    file.write_text(calendar(CHOIR, BROKEN), "utf-8")
    asked = ("import", "ics", str(file), "--municipality", "kranenburg", "--village", "niel", "--report", str(report))
    call_command(*asked, "--dry-run")
    assert not Event.objects.exists()
    assert not Source.objects.exists()
    call_command(*asked)
    assert Event.objects.count() == 1
    assert json.loads(report.read_text())["rejected"][0]["key"] == "broken"
    file.write_text("<html>", "utf-8")
    with pytest.raises(SystemExit):
        call_command(*asked)


def test_an_address_is_read_again_by_itself_and_later_each_time_it_fails(kranenburg, at_eleven):
    address = "http://127.0.0.1:9/v.ics"
    source = source_at(kranenburg.municipality, kind="ics", address=address, village=None, organiser=None, now=NOW)
    note_failure(source, problem=Problem("Niemand da."), now=NOW)
    waits = [source.due_at - NOW]
    Source.objects.update(due_at=NOW - timedelta(hours=1))
    read_calendars.call()
    waits.append(Source.objects.get().due_at - NOW)
    assert waits == [timedelta(hours=12), timedelta(hours=24)], "an address of this machine is never called"
