"""Rules against the reference implementation of dateutil, over 130 years, in summer and winter."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from dorfplatz.events.civil import Span, moment
from dorfplatz.events.enums import Change
from dorfplatz.events.recurrence import WEEKDAYS, NotUnderstood, Rule, dates_of, first_on_or_after, read_rule
from dorfplatz.events.school_holidays import holidays_of
from dorfplatz.events.series import Single, happenings

DAYS = st.dates(date(1970, 1, 1), date(2100, 12, 31))
MONTH_DAYS = st.lists(st.integers(-31, 31).filter(bool), max_size=3, unique=True)
NTH = st.tuples(st.sampled_from([-2, -1, 0, 1, 2, 3, 4, 5]), st.integers(0, 6))
POSITIONS = st.sampled_from([(), (), (1,), (-1,), (-1, 1)])
PLAIN = st.tuples(st.just(0), st.integers(0, 6))


@st.composite
def rules(draw):
    frequency = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    is_long = frequency in ("MONTHLY", "YEARLY")
    days = tuple(sorted(set(draw(st.lists(NTH if is_long else PLAIN, max_size=3)))))
    month_days = () if frequency == "WEEKLY" else tuple(sorted(draw(MONTH_DAYS)))
    months = tuple(sorted(draw(st.lists(st.integers(1, 12), max_size=3, unique=True))))
    if any(n for n, _ in days):
        days = tuple(day for day in days if day[0])  # “each Thursday and the fourth” means both to dateutil at once
        month_days = ()  # dateutil counts the weekday among these days, the standard among the month’s
    return Rule(
        frequency, draw(st.integers(1, 5)), weekdays=days, month_days=month_days, months=months,
        positions=draw(POSITIONS) if is_long and (days or month_days) else (),
        week_start=draw(st.sampled_from([0, 6])), count=draw(st.sampled_from([None, None, 3, 40])),
    )  # fmt: skip


def _days(rule: Rule, first: date) -> set[date]:
    """Without the first day, which is always one of a series."""
    return set(dates_of(rule, first, since=first + timedelta(days=1), until=first + timedelta(days=1500)))


@settings(deadline=None, max_examples=60)
@given(
    st.tuples(st.sampled_from(["MONTHLY", "YEARLY"]), st.integers(1, 5)),
    st.sets(PLAIN, min_size=1, max_size=2),
    st.sets(NTH.filter(lambda day: day[0]), min_size=1, max_size=2),
    st.sets(st.integers(1, 12), max_size=3),
    DAYS,
)
def test_each_thursday_and_the_second_friday_are_the_days_of_both(pace, plain, numbered, months, day):
    """RFC 5545, 3.3.10: each value of BYDAY names days of its own; dateutil reads a mixture as what both name."""

    def of(days):
        ordered = tuple(sorted(days))
        return _days(Rule(*pace, weekdays=ordered, months=tuple(sorted(months))), day)

    assert of(plain | numbered) == of(plain) | of(numbered)


@settings(deadline=None, max_examples=60)
@given(
    st.integers(1, 5),
    st.sets(st.integers(-31, 31).filter(bool), min_size=1, max_size=3),
    st.sets(NTH, min_size=1, max_size=3),
    DAYS,
)
def test_days_of_the_month_leave_of_the_weekdays_those_that_fall_on_them(interval, month_days, weekdays, day):
    """RFC 5545, 3.3.10, first note: beside BYMONTHDAY, BYDAY limits; which Friday it is counts the whole month."""

    def of(**parts):
        return _days(Rule("MONTHLY", interval, **{name: tuple(sorted(value)) for name, value in parts.items()}), day)

    both = of(month_days=month_days, weekdays=weekdays)
    assert both == of(month_days=month_days) & of(weekdays=weekdays)


@settings(deadline=None, max_examples=60)
@given(rules(), DAYS)
def test_a_rule_names_the_days_that_dateutil_names(rule, day):
    """Where the two differ on what the standard leaves open, DTSTART is on the rule’s first day."""
    first = first_on_or_after(rule, day)
    until = first + timedelta(days=1500)
    plain = Rule(**{**rule.__dict__, "until": until})
    text = f"{plain};UNTIL={until:%Y%m%d}" if rule.count is None else str(Rule(**rule.__dict__))
    text = str(plain) if rule.count is None else text
    wanted = takewhile(lambda found: found.date() <= until, rrulestr(text, dtstart=datetime.combine(first, time())))
    own = dates_of(rule, first, since=first, until=until)
    if first in (found := [moment.date() for moment in _some(wanted)]):
        assert own == found
    else:
        assert own == [first]


def _some(found):
    return [moment for _number, moment in zip(range(1000), found, strict=False)]


@given(rules(), DAYS, st.integers(0, 2000), st.integers(0, 400))
def test_a_window_shows_what_the_whole_shows_there(rule, day, skip, length):
    first = first_on_or_after(rule, day)
    since = first + timedelta(days=skip)
    until = since + timedelta(days=length)
    whole = dates_of(rule, first, since=first, until=until, most=10_000)
    assert dates_of(rule, first, since=since, until=until, most=10_000) == [on for on in whole if on >= since]


@given(rules())
def test_a_rule_written_down_is_read_as_the_same(rule):
    assert read_rule(str(rule)) == rule


@pytest.mark.parametrize(
    "text",
    [
        *("FREQ=SECONDLY", "FREQ=MINUTELY;INTERVAL=5", "FREQ=HOURLY", "", "Dienstag", "FREQ=DAILY;INTERVAL=0", "RRULE"),
        *("FREQ=WEEKLY;BYDAY=XX", "FREQ=DAILY;BYHOUR=9,15", "FREQ=YEARLY;BYWEEKNO=20", "FREQ=WEEKLY;BYDAY=2TU"),
        *("FREQ=MONTHLY;BYMONTHDAY=32", "FREQ=DAILY;COUNT=99999999999", "FREQ=DAILY;UNTIL=20261399"),
        *("FREQ=WEEKLY;WKST=ZZ", "FREQ=DAILY;COUNT=-1"),
    ],
)  # fmt: skip
def test_what_is_no_rule_for_days_is_refused(text):
    with pytest.raises(NotUnderstood):
        read_rule(text)


@given(st.text(alphabet="FREQ=DAILYWKMONTHU;BSP0123456789-,SEC", max_size=60))
def test_whatever_stands_there_is_a_rule_or_refused(text):
    try:
        rule = read_rule(text)
    except NotUnderstood:
        return
    assert len(dates_of(rule, date(2026, 1, 1), since=date(2026, 1, 1), until=date(2028, 1, 1))) <= 1000


def test_a_rule_that_never_comes_true_ends_all_the_same():
    rule = read_rule("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30")
    assert dates_of(rule, date(2026, 3, 1), since=date(2026, 3, 1), until=date(2100, 1, 1)) == [date(2026, 3, 1)]


@given(DAYS, st.times(), st.sampled_from(["Europe/Berlin", "Europe/Amsterdam"]))
def test_an_hour_is_the_same_hour_summer_and_winter(day, at, zone):
    """Unless the clocks leave it out: then it is as much later as it lies behind the hour before."""
    at = at.replace(microsecond=0, fold=0)
    found = moment(day, at, zone).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    gap = found - datetime.combine(day, at)
    assert gap in (timedelta(0), timedelta(hours=1)), "no clock here has ever jumped farther"


@given(DAYS, st.times(), st.times(), st.integers(0, 3), st.sampled_from(["Europe/Berlin", "Europe/Amsterdam"]))
def test_nothing_ends_before_it_begins(day, begins, ends, days, zone):
    span = Span(day, begins, day + timedelta(days=days), ends, zone)
    assert span.starts_at <= span.ends_at
    assert span.days[0] == day


def test_choir_on_tuesdays_keeps_its_hour_through_both_changes_of_the_clock():
    span = Span(date(2026, 10, 20), time(20), date(2026, 10, 20), time(22), "Europe/Berlin")
    found = happenings(span, read_rule("FREQ=WEEKLY;BYDAY=TU"), [], since=span.starts_on, until=date(2027, 4, 6))
    hours = {one.span.starts_at.astimezone(ZoneInfo("Europe/Berlin")).hour for one in found}
    assert hours == {20}
    assert {one.span.starts_at.hour for one in found} == {18, 19}, "in UTC it moves"


def test_holidays_cancelled_and_moved_dates_are_what_a_series_is_without():
    span = Span(date(2026, 10, 6), time(17), date(2026, 10, 6), time(18), "Europe/Berlin")
    moved = Span(date(2026, 11, 5), time(18), date(2026, 11, 5), time(19), "Europe/Berlin")
    singles = [
        Single(date(2026, 11, 3), Change.MOVED, moved, "Halle belegt"),
        Single(date(2026, 11, 10), Change.CANCELLED),
    ]
    found = happenings(
        span, read_rule("FREQ=WEEKLY"), singles, since=span.starts_on, until=date(2026, 11, 17),
        is_holiday=holidays_of("DE-NW"),
    )  # fmt: skip
    days = [one.span.starts_on.isoformat() for one in found]
    assert days == ["2026-10-06", "2026-10-13", "2026-11-05", "2026-11-10", "2026-11-17"], (
        "autumn holidays are left out"
    )
    assert [one.change for one in found] == [None, None, "moved", "cancelled", None]


def test_weekdays_have_the_names_of_the_standard():
    assert WEEKDAYS == ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def test_a_rule_that_ended_before_the_year_1000_is_said_in_figures_all_the_same():
    rule = read_rule("FREQ=WEEKLY;UNTIL=00270629")
    assert rule.until == date(27, 6, 29)
    assert read_rule(str(rule)) == rule
