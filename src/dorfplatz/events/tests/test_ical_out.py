"""What we give out is what other programs read: three readers of iCalendar, over two years and changes of clock."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dorfplatz.events.civil import Span
from dorfplatz.events.enums import Change
from dorfplatz.events.ical.lines import folded, text
from dorfplatz.events.ical.reading import read_calendar
from dorfplatz.events.ical.writing import Written, write_calendar
from dorfplatz.events.ical.zones import timezone_lines
from dorfplatz.events.recurrence import dates_of, first_on_or_after, read_rule
from dorfplatz.events.series import Single, happenings
from dorfplatz.events.tests import libical
from dorfplatz.events.tests.factories import event, span
from dorfplatz.events.tests.test_recurrence import rules
from tests.fixtures.kranenburg import NOW, Square

BERLIN, AMSTERDAM = "Europe/Berlin", "Europe/Amsterdam"
SINCE, UNTIL = date(2026, 9, 1), date(2028, 9, 1)
ICAL_JS = Path(__file__).parents[4] / "node_modules" / "ical.js"
LAST, A_YEAR = date(2099, 6, 30), timedelta(days=366)
DAYS = st.dates(date(1970, 1, 1), LAST)
HOURS = st.builds(time, st.integers(0, 23), st.integers(0, 59))
GONE = (Change.CANCELLED, Change.OMITTED)
RULES = (
    "", "FREQ=WEEKLY;BYDAY=TU", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", "FREQ=MONTHLY;BYDAY=-1SU", "FREQ=MONTHLY;BYDAY=2FR",
    "FREQ=MONTHLY;BYMONTHDAY=15", "FREQ=MONTHLY;BYMONTHDAY=31", "FREQ=YEARLY", "FREQ=DAILY;COUNT=40",
    "FREQ=WEEKLY;BYDAY=MO,TH;UNTIL=20270331", "FREQ=MONTHLY;INTERVAL=3;BYDAY=1SA",
)  # fmt: skip


def written(when, rule="", singles=(), **more):
    said = {
        "uid": "a@dorfplatz", "span": when, "rule": read_rule(rule) if rule else None, "singles": singles,
        "skipped": (), "title": "Chor", "body": "", "place": "", "url": "https://k.example/e/abc",
        "theme": "", "organiser": "",
        "is_cancelled": False, "sequence": 0, "created_at": NOW, "changed_at": NOW, **more,
    }  # fmt: skip
    return Written(**said)


def document(*events):
    return write_calendar(events, name="Termine", language="de", zone=BERLIN)


def own(one):
    found = happenings(one.span, one.rule, one.singles, since=SINCE, until=UNTIL)
    on = [h for h in found if h.change != Change.CANCELLED and h.on not in one.skipped]
    return sorted((h.span.starts_at, h.span.ends_at) for h in on)


def by_icalendar(source):
    calendar = icalendar.Calendar.from_ical(source)
    found = recurring_ical_events.of(calendar).between(SINCE, UNTIL + timedelta(days=1))
    return sorted((_utc(e["DTSTART"].dt), _utc(e["DTEND"].dt if "DTEND" in e else e["DTSTART"].dt)) for e in found)


def _utc(moment):
    if isinstance(moment, datetime):
        return moment.astimezone(UTC)
    return datetime.combine(moment, time(), UTC)


def spans():
    for zone in (BERLIN, AMSTERDAM):
        yield Span(date(2026, 9, 1), time(19, 30), date(2026, 9, 1), time(21), zone)
        yield Span(date(2026, 9, 4), time(22), date(2026, 9, 5), time(4, 30), zone)


CASES = [(when, rule) for when in spans() for rule in RULES]


def started(when, rule):
    return when.moved_to(first_on_or_after(read_rule(rule), when.starts_on)) if rule else when


@pytest.mark.parametrize(("when", "rule"), CASES)
def test_icalendar_reads_the_same_dates(when, rule):
    one = written(started(when, rule), rule)
    assert by_icalendar(document(one)) == own(one)


def exceptions():
    first = span(date(2026, 9, 1), "19:30", "21:00")
    singles = [
        Single(date(2026, 9, 8), Change.CANCELLED),
        Single(date(2026, 10, 27), Change.MOVED, span(date(2026, 10, 28), "20:00", "22:15"), "Halle belegt"),
        Single(date(2026, 12, 24), Change.ADDED, span(date(2026, 12, 24), "16:00", "17:00")),
    ]
    return written(first, "FREQ=WEEKLY;BYDAY=TU", singles, skipped=[date(2026, 10, 20)])


def test_icalendar_reads_cancelled_moved_added_and_skipped_dates():
    one = exceptions()
    assert by_icalendar(document(one)) == own(one)


IN_NODE = """
import ICAL from "ical.js";
import { readFileSync } from "node:fs";
const until = ICAL.Time.fromDateTimeString("2028-09-02T00:00:00Z");
const all = JSON.parse(readFileSync(0, "utf8")).map((source) => {
  const root = new ICAL.Component(ICAL.parse(source));
  for (const zone of root.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
  const parts = root.getAllSubcomponents("vevent");
  const event = new ICAL.Event(parts.find((p) => !p.hasProperty("recurrence-id")));
  for (const part of parts) if (part.hasProperty("recurrence-id")) event.relateException(part);
  const found = [], dates = event.iterator();
  for (let next = dates.next(); next && next.compare(until) < 0 && found.length < 1000; next = dates.next()) {
    const said = event.getOccurrenceDetails(next);
    found.push([said.startDate.toUnixTime(), said.endDate.toUnixTime()]);
  }
  return found;
});
process.stdout.write(JSON.stringify(all));
"""


@pytest.mark.skipif(not ICAL_JS.exists() or not shutil.which("node"), reason="ical.js is not installed")
def test_ical_js_reads_the_same_dates():
    events = [*(written(started(when, rule), rule) for when, rule in CASES), exceptions()]
    asked = json.dumps([document(one) for one in events])
    root = ICAL_JS.parents[1]
    said = subprocess.run(
        ["node", "--input-type=module", "-e", IN_NODE],
        input=asked,
        capture_output=True,
        text=True,
        cwd=root,
        check=True,
    )
    for one, found in zip(events, json.loads(said.stdout), strict=True):
        read = sorted((datetime.fromtimestamp(a, UTC), datetime.fromtimestamp(b, UTC)) for a, b in found)
        assert [pair for pair in read if pair[0].date() <= UNTIL] == own(one), one


@pytest.mark.skipif(not libical.is_there(), reason="libical is not installed")
def test_libical_reads_the_same_dates():
    begin, end = (datetime.combine(day, time(), UTC) for day in (SINCE, UNTIL + timedelta(days=2)))
    for one in [*(written(started(when, rule), rule) for when, rule in CASES), exceptions()]:
        read = libical.read_dates(document(one), since=begin, until=end)
        assert [pair for pair in read if pair[0].date() <= UNTIL] == own(one), one


@pytest.mark.parametrize("one", [exceptions(), written(span(date(2026, 9, 1), "", days=2), "FREQ=YEARLY")])
def test_we_read_ourselves(one):
    (read,) = read_calendar(document(one).encode(), BERLIN).events
    singles = [Single(s.on, Change(s.change), s.span) for s in read.singles]
    again = written(read.span, str(read.rule) if read.rule else "", singles)
    assert own(again) == own(one)
    assert (read.title, read.url) == (one.title, one.url)


@st.composite
def series(draw):
    """Hours in any season of 130 years, those that the clocks leave out or repeat among them, and single changes."""
    rule, zone = draw(st.none() | rules()), draw(st.sampled_from([BERLIN, AMSTERDAM]))
    first = draw(DAYS)
    first = first_on_or_after(rule, first) if rule else first
    assume(first <= LAST)
    begins, last = draw(st.none() | HOURS), first + timedelta(days=draw(st.integers(0, 2)))
    ends = draw(st.none() | HOURS) if begins else None
    if ends is not None and last == first:
        ends = max(begins, ends)
    when = Span(first, begins, last, ends, zone)
    singles = {}
    for on in draw(st.lists(st.sampled_from(dates_of(rule, first, since=first, until=first + A_YEAR)[:20] or [first]))):
        moved = when.moved_to(on + timedelta(days=draw(st.integers(1, 3))))
        change = draw(st.sampled_from([Change.CANCELLED, Change.MOVED]))
        singles[on] = Single(on, change, moved if change == Change.MOVED else None)
    return written(when, str(rule) if rule else "", list(singles.values()) if rule else ())


@settings(deadline=None, max_examples=int(os.environ.get("EVENT_TIMES", "80")))
@given(series())
def test_whatever_the_hours_we_read_what_we_have_written(one):
    (read,) = read_calendar(document(one).encode(), one.span.zone).events
    singles = [Single(s.on, Change(s.change), s.span) for s in read.singles]
    until = one.span.starts_on + A_YEAR

    def dates(span, rule, some):
        found = happenings(span, rule, some, since=span.starts_on, until=until)
        return sorted((h.span.starts_at, h.span.ends_at) for h in found if h.change not in GONE)

    assert dates(read.span, read.rule, singles) == dates(one.span, one.rule, one.singles)


@settings(deadline=None)
@given(st.text(max_size=300))
def test_whatever_stands_in_a_title_comes_out_as_it_was(words):
    source = document(written(span(), title=words or "x", body=words))
    event = icalendar.Calendar.from_ical(source).walk("VEVENT")[0]
    kept = re.sub(r"\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]", "\n", words or "x")
    kept = "".join(
        c
        for c in kept
        if c in "\n\t" or (ord(c) >= 32 and not 0x7F <= ord(c) <= 0x9F and not 0xD800 <= ord(c) <= 0xDFFF)
    )
    assert str(event["SUMMARY"]) == kept
    assert all(len(line.encode()) <= 75 for line in source.split("\r\n"))


def test_no_line_can_be_slipped_in():
    source = document(written(span(), title="x\r\nBEGIN:VALARM\r\nDESCRIPTION:y"))
    assert "\r\nBEGIN:VALARM" not in source


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\r\n"), max_size=400))
def test_a_folded_line_unfolds_to_itself(line):
    assert folded(line).replace("\r\n ", "") == line
    assert text("a;b,c\\d\ne") == "a\\;b\\,c\\\\d\\ne"


def test_zones_of_the_union_and_others_are_what_python_knows():
    for name in ("Europe/Berlin", "Europe/Amsterdam", "Europe/London", "America/New_York"):
        zone = icalendar.Calendar.from_ical("\r\n".join(["BEGIN:VCALENDAR", *timezone_lines(name), "END:VCALENDAR"]))
        made = zone.walk("VTIMEZONE")[0].to_tz()
        for month in range(1, 13):
            at = datetime(2027, month, 15, 12, tzinfo=made)
            assert at.utcoffset() == at.replace(tzinfo=ZoneInfo(name)).utcoffset(), (name, month)


def test_the_calendar_of_a_village_and_of_one_date(kranenburg, at_eleven):
    niel = event(kranenburg.village("niel"), title="Chorprobe", rule="FREQ=WEEKLY", texts={"nl": ("Koor", "")})
    event(kranenburg.village("zyfflich"), title="Storchengang")
    square = Square()
    answer = square.get("/calendar.ics?village=niel")
    assert answer["Content-Type"].startswith("text/calendar")
    assert "Chorprobe" in answer.content.decode()
    assert "Storchengang" not in answer.content.decode()
    assert "RRULE:FREQ=WEEKLY" in answer.content.decode()
    assert square.get("/calendar.ics?village=niel", headers={"if-none-match": answer["ETag"]}).status_code == 304
    assert "SUMMARY:Koor" in square.get("/calendar.ics?lang=nl").content.decode()
    one = square.get(f"/calendar/{niel.entry.code}.ics")
    assert f"UID:{niel.uid}" in one.content.decode()
    assert square.get("/calendar/zzzzzzz.ics").status_code == 404
