"""What clubs' programs write: read, or refused one by one with the reason; and what nobody should have written."""

from __future__ import annotations

from datetime import date, time, timedelta
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dorfplatz.events.civil import Span
from dorfplatz.events.ical import reading
from dorfplatz.events.ical.outlook import zone_of
from dorfplatz.events.ical.reading import NoCalendar, read_calendar

BERLIN = "Europe/Berlin"
SOUND = "BEGIN:VEVENT\r\nUID:sound\r\nSUMMARY:Probe\r\nDTSTART:20261201T190000\r\nEND:VEVENT\r\n"


def calendar(*events):
    return ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + "".join(events) + "END:VCALENDAR\r\n").encode()


def vevent(*lines, uid="a", title="Fest"):
    said = [f"UID:{uid}", f"SUMMARY:{title}", *lines]
    return "BEGIN:VEVENT\r\n" + "".join(f"{line}\r\n" for line in said) + "END:VEVENT\r\n"


def read(*lines, **more):
    found = read_calendar(calendar(vevent(*lines, **more)), BERLIN)
    assert not found.rejected, found.rejected
    return found.events[0]


def span(begins, ends, day=date(2026, 12, 1), days=0, zone=BERLIN):
    last = time.fromisoformat(ends) if ends else None
    return Span(day, time.fromisoformat(begins) if begins else None, day + timedelta(days=days), last, zone)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["DTSTART;TZID=Europe/Berlin:20261201T190000", "DTEND:20261201T200000Z"], span("19:00", "21:00")),
        (["DTSTART;TZID=W. Europe Standard Time:20261201T190000", "DURATION:PT2H"], span("19:00", "21:00")),
        (['DTSTART;TZID="(UTC+01:00) Amsterdam, Berlin, Bern, Rom":20261201T190000'], span("19:00", "")),
        (["DTSTART;TZID=/mozilla.org/20050126_1/Europe/Berlin:20261201T190000"], span("19:00", "")),
        (["DTSTART;TZID=Customized Time Zone:20261201T190000"], span("19:00", "")),
        (["DTSTART:20261201T180000Z", "DTEND:20261201T200000Z"], span("19:00", "21:00")),
        (["DTSTART:20261201T190000"], span("19:00", "")),
        (["DTSTART;VALUE=DATE:20261201"], span("", "")),
        (["DTSTART;VALUE=DATE:20261201", "DTEND;VALUE=DATE:20261204"], span("", "", days=2)),
        (["DTSTART;VALUE=DATE:20261201", "DTEND;VALUE=DATE:20261201"], span("", "")),
        (["DTSTART:20261201T220000", "DTEND:20261202T020000"], span("22:00", "02:00", days=1)),
        (["DTSTART:20261201", "DURATION:P2D"], span("", "", days=1)),
    ],
)  # fmt: skip
def test_when_an_event_is(lines, expected):
    assert read(*lines).span == expected


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ([], reading.NO_START),
        (["DTSTART:bald"], reading.BAD_START),
        (["DTSTART:20261301T190000"], reading.BAD_START),
        (["DTSTART:19000101"], reading.TOO_FAR),
        (["DTSTART:20261201T190000", "DTEND:20261201T180000"], reading.BACKWARDS),
        (["DTSTART:20261201T190000", "DURATION:-PT2H"], reading.BACKWARDS),
        (["DTSTART:20261201", "DTEND:20281201"], reading.TOO_LONG),
        (["DTSTART:20261201T190000", "RRULE:FREQ=SECONDLY"], reading.TOO_OFTEN),
        (["DTSTART:20261201T190000", "RRULE:FREQ=HOURLY;COUNT=9"], reading.TOO_OFTEN),
        (["DTSTART:20261201T190000", "RRULE:FREQ=DAILY", "RRULE:FREQ=WEEKLY"], reading.BAD_RULE),
        (["DTSTART:20261201T190000", "RDATE:" + ",".join(["20261202T190000"] * 54_000)], reading.TOO_MANY_SINGLES),
    ],
)
def test_what_cannot_be_taken_over_says_why_and_spoils_no_other(lines, reason):
    found = read_calendar(calendar(vevent(*lines, uid="bad"), SOUND), BERLIN)
    assert found.rejected == [("bad", reason)]
    assert [event.uid for event in found.events] == ["sound"]


def test_a_series_with_all_that_can_be_different():
    found = read_calendar(
        calendar(
            vevent(
                "DTSTART;TZID=Europe/Berlin:20261201T190000", "DTEND;TZID=Europe/Berlin:20261201T210000",
                "RRULE:FREQ=WEEKLY;BYDAY=TU;UNTIL=20270105T180000Z", "EXDATE;TZID=Europe/Berlin:20261208T190000",
                "RDATE;TZID=Europe/Berlin:20261224T160000",
            ),
            vevent("RECURRENCE-ID:20261215T180000Z", "DTSTART:20261216T190000Z", "DTEND:20261216T203000Z"),
            vevent("RECURRENCE-ID;TZID=Europe/Berlin:20261222T190000", "DTSTART:20261222T190000", "STATUS:CANCELLED"),
        ),
        BERLIN,
    )  # fmt: skip
    (event,) = found.events
    assert str(event.rule) == "FREQ=WEEKLY;BYDAY=TU;UNTIL=20270105"
    assert [(s.on.day, s.change) for s in event.singles] == [
        (8, "omitted"),
        (15, "moved"),
        (22, "cancelled"),
        (24, "added"),
    ]
    assert event.singles[1].span == span("20:00", "21:30", date(2026, 12, 16))
    assert event.singles[3].span == span("16:00", "", date(2026, 12, 24))


def test_broken_folding_alarms_and_old_encodings_do_no_harm():
    broken = "BEGIN:VEVENT\nUID:b\nSUMMARY:Gro\n ßer Ball\nDTSTART:20261201\n"
    broken += "DESCRIPTION:Erste Zeile\nzweite ohne Leerzeichen\n"
    alarm = "BEGIN:VALARM\nSUMMARY:nicht das\nDTSTART:19700101\nEND:VALARM\nEND:VEVENT\n"
    found = read_calendar(("BEGIN:VCALENDAR\n" + broken + alarm).encode("cp1252"), BERLIN)
    assert found.events[0].title == "Großer Ball"
    assert found.events[0].body == "Erste Zeile\nzweite ohne Leerzeichen"


def test_the_same_event_twice_is_one_and_the_later_version_counts():
    first = vevent("DTSTART:20261201", "SEQUENCE:1", title="Alt")
    found = read_calendar(calendar(first, vevent("DTSTART:20261202", "SEQUENCE:2", title="Neu")), BERLIN)
    assert [event.title for event in found.events] == ["Neu"]
    assert found.rejected == [("a", reading.TWICE)]


@pytest.mark.parametrize(
    "data", [b"", b"<html>", b"BEGIN:VEVENT\r\nEND:VEVENT", b"\xff\xfe\x00", b"x" * (reading.MOST_BYTES + 1)]
)
def test_what_is_no_calendar_is_refused(data):
    with pytest.raises(NoCalendar):
        read_calendar(data, BERLIN)


def test_ten_thousand_events_are_read_in_a_moment():
    many = calendar(*(vevent("DTSTART:20261201T190000", "RRULE:FREQ=WEEKLY", uid=str(n)) for n in range(10_000)))
    began = perf_counter()
    assert len(read_calendar(many, BERLIN).events) == 10_000
    assert perf_counter() - began < 10
    with pytest.raises(NoCalendar):
        read_calendar(calendar(*["BEGIN:VEVENT\r\nEND:VEVENT\r\n"] * 10_001), BERLIN)


LINES = st.sampled_from([
    "BEGIN:VEVENT", "END:VEVENT", "BEGIN:VCALENDAR", "END:VCALENDAR", "UID:a", "SUMMARY:x", "DTSTART:20261201T190000",
    "DTSTART;VALUE=DATE:20261201", "DTEND:20261201T190000Z", "RRULE:FREQ=DAILY", "RECURRENCE-ID:20261202T190000",
    "EXDATE:20261203T190000", "RDATE;VALUE=PERIOD:20261204T190000/PT1H", "BEGIN:VALARM",
    "END:VALARM", " gefaltet",
    "DURATION:P9999W",
    "DTSTART;TZID=Nirgends:99991231T235959", "SEQUENCE:99999999999999999999",
    "RRULE:FREQ=YEARLY;UNTIL=99991231T235959Z",
])  # fmt: skip


@settings(deadline=None)
@given(st.lists(LINES | st.text(max_size=60), max_size=40))
def test_whatever_stands_in_a_calendar_is_read_or_refused(lines):
    try:
        found = read_calendar("\r\n".join(["BEGIN:VCALENDAR", *lines]).encode(errors="surrogatepass"), BERLIN)
    except NoCalendar:
        return
    for event in found.events:
        assert event.title
        assert event.span.starts_at <= event.span.ends_at


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_whatever_bytes_there_are_are_read_or_refused(data):
    try:
        read_calendar(b"BEGIN:VCALENDAR\n" + data, BERLIN)
    except NoCalendar:
        return


def test_zones_nobody_knows_are_the_usual_one():
    assert zone_of("Mordor/Barad-dur", BERLIN) == BERLIN
    assert zone_of("", "Europe/Amsterdam") == "Europe/Amsterdam"
    assert zone_of("Romance Standard Time", BERLIN) == "Europe/Paris"
