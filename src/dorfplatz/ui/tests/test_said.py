from datetime import UTC, date, datetime, timedelta

import pytest

from dorfplatz.ui import said

# Monday, 23 November 2026, 10 o'clock in Kranenburg.
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "german", "dutch", "english"),
    [
        (datetime(2026, 11, 23, 18, 0, tzinfo=UTC), "heute, 19 Uhr", "vanavond 19.00 uur", "today, 7 pm"),
        (datetime(2026, 11, 23, 13, 15, tzinfo=UTC), "heute, 14.15 Uhr", "vanmiddag 14.15 uur", "today, 2.15 pm"),
        (datetime(2026, 11, 23, 10, 0, tzinfo=UTC), "heute, 11 Uhr", "vanochtend 11.00 uur", "today, 11 am"),
        (datetime(2026, 11, 24, 8, 30, tzinfo=UTC), "morgen, 9.30 Uhr", "morgen 9.30 uur", "tomorrow, 9.30 am"),
        (datetime(2026, 11, 22, 11, 0, tzinfo=UTC), "gestern, 12 Uhr", "gisteren 12.00 uur", "yesterday, 12 pm"),
        (
            datetime(2026, 12, 6, 9, 0, tzinfo=UTC),
            "Sonntag, 6. Dezember, 10 Uhr",
            "zondag 6 december 10.00 uur",
            "Sunday 6 December, 10 am",
        ),
    ],
)
def test_moments_are_said_as_people_say_them(moment, german, dutch, english):
    assert said.said_moment(moment, now=NOW, language="de") == german
    assert said.said_moment(moment, now=NOW, language="nl") == dutch
    assert said.said_moment(moment, now=NOW, language="en") == english


def test_shortly_before_midnight_in_the_village_it_is_still_today():
    late = datetime(2026, 11, 23, 22, 30, tzinfo=UTC)

    assert said.said_moment(late, now=NOW, language="de") == "heute, 23.30 Uhr"
    assert said.said_moment(late + timedelta(hours=1), now=NOW, language="de") == "morgen, 0.30 Uhr"


def test_a_day_of_another_year_is_said_with_its_year():
    assert said.said_day(date(2027, 1, 3), today=date(2026, 11, 23), language="de") == "Sonntag, 3. Januar 2027"
    assert said.said_day(date(2027, 1, 3), today=date(2026, 11, 23), language="nl") == "zondag 3 januari 2027"


@pytest.mark.parametrize(
    ("metres", "words"),
    [(10, "50 m"), (180, "200 m"), (949, "950 m"), (960, "1 km"), (3240, "3,2 km"), (9940, "9,9 km"), (12400, "12 km")],
)
def test_distances_are_rounded_to_what_a_walker_cares_about(metres, words):
    assert said.said_distance(metres, "de") == words


def test_english_distances_have_a_decimal_point():
    assert said.said_distance(3240, "en") == "3.2 km"


def test_an_evening_is_said_with_its_end():
    start, end = datetime(2026, 11, 23, 18, 0, tzinfo=UTC), datetime(2026, 11, 23, 20, 0, tzinfo=UTC)

    assert said.said_span(start, end, now=NOW, language="de") == "heute, 19 bis 21 Uhr"
    assert said.said_span(start, end, now=NOW, language="nl") == "vanavond 19.00 tot 21.00 uur"
    assert said.said_span(start, None, now=NOW, language="de") == "heute, 19 Uhr"


def test_several_days_are_said_with_both_ends():
    start, end = datetime(2026, 12, 5, 9, 0, tzinfo=UTC), datetime(2026, 12, 6, 16, 0, tzinfo=UTC)

    expected = "Samstag, 5. Dezember, 10 Uhr bis Sonntag, 6. Dezember, 17 Uhr"
    assert said.said_span(start, end, now=NOW, language="de") == expected
