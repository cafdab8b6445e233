import time as clock
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dorfplatz.places.hours import (
    Span,
    changes_between,
    holiday_region,
    is_holiday,
    is_open,
    is_open_on,
    next_change,
    read_hours,
    spans_on,
    week_rows,
)
from dorfplatz.places.hours_weekly import Week, from_week, to_week
from dorfplatz.places.hours_words import SAID_AHEAD, hours_in_words, now_in_words

SHOP = "Mo-Fr 08:00-12:30,14:00-18:00; Sa 08:00-13:00; PH off"
MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (datetime(2026, 11, 23, 9, 0, tzinfo=UTC), True),  # 10 o'clock there
        (datetime(2026, 11, 23, 12, 0, tzinfo=UTC), False),  # 13 o'clock there
        (datetime(2026, 7, 6, 6, 30, tzinfo=UTC), True),  # summer time: 8.30
        (datetime(2026, 11, 23, 13, 0), False),  # noqa: DTZ001  naive is local
        (datetime(2026, 12, 25, 9, 0, tzinfo=UTC), False),
    ],
)
def test_open_now_is_asked_by_the_clock_on_the_spot(at: datetime, expected: bool) -> None:
    assert is_open(SHOP, at, "DE") is expected


def test_the_kings_birthday_is_a_holiday_in_the_netherlands_only() -> None:
    at = datetime(2026, 4, 27, 9, tzinfo=UTC)
    assert is_open(SHOP, at, "DE") is True
    assert is_open(SHOP, at, "NL") is False


def test_corpus_christi_and_all_saints_are_holidays_in_north_rhine_westphalia() -> None:
    region = holiday_region("DE", "05154040")
    for on in (date(2026, 6, 4), date(2027, 11, 1)):
        assert is_holiday(on, region)
        assert is_open_on("Mo-Su 10:00-12:00; PH off", on, region) is False
        assert is_open_on("Mo-Su 10:00-12:00; PH off", on, "DE-BE") is True


def test_sunday_hours_that_hold_on_holidays_hold_on_those_of_the_state_too() -> None:
    assert spans_on("Su,PH 10:00-12:00", date(2026, 6, 4), "DE-NW") == (Span(time(10), time(12)),)


@pytest.mark.parametrize(("country", "key", "expected"), [("NL", "0501", "NL"), ("DE", "", "DE"), ("DE", "99", "DE")])
def test_without_a_german_key_the_country_is_the_region(country: str, key: str, expected: str) -> None:
    assert holiday_region(country, key) == expected


def test_the_next_change_comes_in_the_askers_time_zone() -> None:
    assert next_change(SHOP, datetime(2026, 11, 23, 9, tzinfo=UTC)) == datetime(2026, 11, 23, 11, 30, tzinfo=UTC)
    assert next_change("24/7", datetime(2026, 11, 23, 9, tzinfo=UTC)) is None


def test_the_week_has_a_row_for_each_day_and_says_which_are_holidays() -> None:
    rows = week_rows(SHOP, date(2026, 12, 21), "DE")
    assert rows is not None
    assert [len(row.spans) for row in rows] == [2, 2, 2, 2, 0, 0, 0]
    assert [row.is_holiday for row in rows] == [False, False, False, False, True, True, False]


def test_an_evening_that_lasts_into_the_night_belongs_to_its_own_day() -> None:
    rows = week_rows("Fr-Sa 18:00-03:00", MONDAY)
    assert rows is not None
    assert [row.spans for row in rows[3:]] == [(), (Span(time(18), time(3)),), (Span(time(18), time(3)),), ()]
    assert spans_on("Fr-Sa 18:00-03:00", date(2026, 11, 29)) == ()


def test_day_and_night_is_the_whole_of_every_day() -> None:
    rows = week_rows("24/7", MONDAY)
    assert rows is not None
    assert {row.spans for row in rows} == {(Span(time(), time()),)}


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("Mo-Fr 8:00-18:00", "Mo-Fr 08:00-18:00"),
        ("Mo–Fr 8–18 Uhr, Sa 8.30–13 Uhr", "Mo-Fr 08:00-18:00; Sa 08:30-13:00"),
        ("ma t/m vr 9.00-17.00 uur; za gesloten", "Mo-Fr 09:00-17:00; Sa closed"),
        ("Montag bis Freitag von 8 bis 18 Uhr", "Mo-Fr 08:00-18:00"),
        ("Di, Do 8-12 Uhr und 14-17 Uhr", "Tu,Th 08:00-12:00,14:00-17:00"),
        ("  24/7 ", "24/7"),
        ("", ""),
    ],
)
def test_hours_are_understood_as_machines_and_people_write_them(text: str, hours: str) -> None:
    assert read_hours(text).hours == hours
    assert read_hours(text).note == ""


@pytest.mark.parametrize("text", ["nach Vereinbarung", "Mo-Fr 25:00-26:00 Uhr!", "x" * 100_000, "Mo\x00Fr", "؂؂"])
def test_what_is_not_understood_is_kept_as_a_note(text: str) -> None:
    read = read_hours(text)
    assert read.hours == ""
    assert read.note == " ".join(text.split())[:500]
    assert is_open(text, datetime(2026, 11, 23, 9, tzinfo=UTC)) is None


def test_by_appointment_is_not_open_all_day() -> None:
    hours = read_hours('"nach Vereinbarung"').hours
    assert is_open(hours, datetime(2026, 11, 23, 3, tzinfo=UTC)) is None
    assert hours_in_words(hours, "de") == "nach Vereinbarung"


@pytest.mark.parametrize(
    ("hours", "german", "dutch", "english"),
    [
        (
            "Mo-Fr 08:00-18:00; Sa 08:00-13:00; PH off",
            "Mo–Fr 8–18 Uhr, Sa 8–13 Uhr; Feiertage geschlossen",
            "ma–vr 8.00–18.00 uur, za 8.00–13.00 uur; feestdagen gesloten",
            "Mon–Fri 8:00–18:00, Sat 8:00–13:00; public holidays closed",
        ),
        ("24/7", "rund um die Uhr", "dag en nacht open", "day and night"),
        (
            "Mo 08:30-12:00,14:00-18:00",
            "Mo 8:30–12 und 14–18 Uhr",
            "ma 8.30–12.00 en 14.00–18.00 uur",
            "Mon 8:30–12:00 and 14:00–18:00",
        ),
        (
            "Th[1] 19:00+",
            "1. Donnerstag im Monat ab 19 Uhr",
            "1e donderdag van de maand vanaf 19.00 uur",
            "1st Thursday of the month from 19:00",
        ),
        (
            "We[2,4] 19:00-21:00",
            "2. und 4. Mittwoch im Monat 19–21 Uhr",
            "2e en 4e woensdag van de maand 19.00–21.00 uur",
            "2nd and 4th Wednesday of the month 19:00–21:00",
        ),
        (
            "week 1-53/2 We 10:00-12:00",
            "ungerade Wochen Mi 10–12 Uhr",
            "oneven weken wo 10.00–12.00 uur",
            "odd weeks Wed 10:00–12:00",
        ),
        (
            "Apr-Oct 10:00-18:00; 2026 Dec 24 off",
            "April–Oktober 10–18 Uhr; 24. Dezember 2026 geschlossen",
            "april–oktober 10.00–18.00 uur; 24 december 2026 gesloten",
            "April–October 10:00–18:00; 24 December 2026 closed",
        ),
        (
            'Mo-Fr 08:00-12:00 || "Termin"',
            "Mo–Fr 8–12 Uhr; sonst Termin",
            "ma–vr 8.00–12.00 uur; anders Termin",
            "Mon–Fri 8:00–12:00; otherwise Termin",
        ),
    ],
)
def test_hours_are_said_as_people_say_them(hours: str, german: str, dutch: str, english: str) -> None:
    canonical = read_hours(hours).hours
    assert [hours_in_words(canonical, code) for code in ("de", "nl", "en")] == [german, dutch, english]


def test_hours_too_odd_for_words_are_shown_as_they_are() -> None:
    assert hours_in_words("sunrise-(sunset+01:00)", "de") == "sunrise-(sunset+01:00)"


@pytest.mark.parametrize(
    ("at", "german"),
    [
        (datetime(2026, 11, 23, 15, tzinfo=UTC), "geöffnet bis 18 Uhr"),
        (datetime(2026, 11, 23, 12, tzinfo=UTC), "öffnet heute um 14 Uhr"),
        (datetime(2026, 11, 23, 20, tzinfo=UTC), "öffnet morgen um 8 Uhr"),
        (datetime(2026, 11, 28, 15, tzinfo=UTC), "öffnet Montag um 8 Uhr"),
    ],
)
def test_the_present_moment_is_said_in_words(at: datetime, german: str) -> None:
    assert now_in_words(SHOP, at, "DE", "de") == german


def test_the_present_moment_is_not_guessed() -> None:
    assert now_in_words("", datetime(2026, 11, 23, 9, tzinfo=UTC), "DE", "de") == ""
    assert now_in_words("off", datetime(2026, 11, 23, 9, tzinfo=UTC), "DE", "nl") == "gesloten"


@pytest.mark.parametrize(
    "hours", ["Th[1] 19:00-21:00", "Apr-Oct 10:00-18:00", "Mo 18:00+", "PH 10:00-12:00", "gibberish"]
)
def test_more_than_a_week_can_hold_is_no_week(hours: str) -> None:
    assert to_week(read_hours(hours).hours or hours) is None


TIMES = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 45]))


@st.composite
def weeks(draw: st.DrawFn) -> Week:
    spans = []
    for day in draw(st.sets(st.integers(0, 6), min_size=1)):
        stops = sorted(draw(st.sets(TIMES, min_size=2, max_size=4)))
        spans += [(day, a, b) for a, b in zip(stops[::2], stops[1::2], strict=False)]
    return Week(tuple(sorted(spans)), draw(st.booleans()))


@given(weeks())
@settings(max_examples=100, deadline=None)
def test_a_week_survives_the_way_there_and_back(week: Week) -> None:
    assert to_week(from_week(week)) == week


PIECES = st.sampled_from(
    ["Mo", "Tu-Fr", "PH", "SH", "off", "24/7", "08:00-12:00", "22:00-05:00", ",", ";", " ", "||", '"x"', "Jan", "2026",
     "Feb 30", "week 53", "[5]", "[-1]", "/2", "+", "easter", "-", "sunset", "(sunrise-10:00)", "unknown", "26:00", "9"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=12).map(" ".join) | st.lists(PIECES, max_size=12).map("".join) | st.text(max_size=60))
@settings(max_examples=300, deadline=None)
def test_no_text_whatever_breaks_the_hours(text: str) -> None:
    hours = read_hours(text).hours
    at = datetime(2026, 11, 23, 9, tzinfo=UTC)
    for country in ("DE-NW", "NL"):
        is_open(hours, at, country)
        next_change(hours, at, country)
        week_rows(hours, MONDAY, country)
        now_in_words(hours, at, country, "de")
    hours_in_words(hours, "nl")
    to_week(hours)
    assert read_hours(hours).hours == hours


def test_two_thousand_questions_are_answered_quickly() -> None:
    texts = [f"Mo-Fr 08:{n % 60:02d}-18:00; Sa 08:00-1{n % 8}:00; PH off" for n in range(2000)]
    at = datetime(2026, 11, 23, 9, tzinfo=UTC)
    for text in texts:
        is_open(text, at, "DE-NW")
    begun = clock.process_time()
    for text in texts:
        is_open(text, at, "DE-NW")
    assert clock.process_time() - begun < 0.04


@pytest.mark.parametrize(
    ("text", "begins", "expected"),
    [
        ("Mo-Fr 09:00-12:10,12:40-18:00", "2026-11-23T11:00+00:00", ["11:10", "11:40"]),
        ("Mo-Fr 09:00-12:00", "2026-11-23T11:00+00:00", ["11:00"]),
        ("Mo-Fr 09:00-12:00", "2026-11-22T11:00+00:00", []),
        ("24/7", "2026-11-23T11:00+00:00", []),
        ("was wir nicht lesen können", "2026-11-23T11:00+00:00", []),
        # The night in which the clock shows the hour from two to three twice: it opens twice.
        ("Su 02:30-12:00", "2026-10-25T00:00+00:00", ["00:30"]),
        ("Su 02:30-12:00", "2026-10-25T01:00+00:00", ["01:30"]),
    ],
)
def test_every_change_within_an_hour_is_found_at_its_minute(text, begins, expected):
    start = datetime.fromisoformat(begins)
    found = changes_between(text, start, start + timedelta(hours=1), "DE")
    assert [f"{at:%H:%M}" for at in found if start <= at <= start + timedelta(hours=1)] == expected


def test_between_changes_nothing_is_said_otherwise():
    """Minute by minute, the end of summer time included: each new word falls on a moment that was named."""
    texts = ["Mo-Fr 08:20-12:05,13:00-17:45; Sa 22:00-02:30; PH off", "Su 02:10-02:50,14:00+", "sunrise-sunset"]
    start = datetime(2026, 10, 24, tzinfo=UTC)
    for text in texts:
        named, before = set(), ""
        for hour in range(3 * 24):
            begins = start + timedelta(hours=hour)
            ahead = SAID_AHEAD
            named |= {begins, *changes_between(text, begins, begins + timedelta(hours=1))}
            later = changes_between(text, begins + ahead, begins + ahead + timedelta(hours=1))
            named |= {at - ahead for at in later}
            for minute in range(60):
                at = begins + timedelta(minutes=minute)
                said = now_in_words(text, at, "DE", "de")
                assert said == before or at in named, (text, at, before, said)
                before = said
