"""Opening hours in OpenStreetMap's syntax: read, mended, asked. Pure; nothing here raises for a bad text.

`country` is an ISO 3166 code for the public holidays, for Germany also with the state ("DE-NW", see holiday_region).
Moments with a time zone are turned into the country's own time; naive ones are taken as local already.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from opening_hours import OpeningHours, State

LONGEST = 500
TIME_ZONES = {"DE": "Europe/Berlin", "NL": "Europe/Amsterdam", "BE": "Europe/Brussels", "AT": "Europe/Vienna"}
# A change further away than this is none: it keeps odd expressions quick.
HORIZON_DAYS = 366
# Who closes at five in the morning still means the evening before.
NIGHT_ENDS = time(6)

_STATES = ("SH", "HH", "NI", "HB", "NW", "HE", "RP", "BW", "BY", "SL", "BE", "BB", "MV", "SN", "ST", "TH")
_CORPUS_CHRISTI, _ALL_SAINTS, _REFORMATION, _EPIPHANY = "easter +60 days", "Nov 1", "Oct 31", "Jan 6"
# Public holidays of single states, besides the ones of the whole country that the library knows.
STATE_HOLIDAYS: dict[str, tuple[str, ...]] = {
    "DE-BW": (_EPIPHANY, _CORPUS_CHRISTI, _ALL_SAINTS),
    "DE-BY": (_EPIPHANY, _CORPUS_CHRISTI, "Aug 15", _ALL_SAINTS),
    "DE-BE": ("Mar 8",),
    "DE-BB": ("easter", "easter +49 days", _REFORMATION),
    "DE-HB": (_REFORMATION,),
    "DE-HH": (_REFORMATION,),
    "DE-HE": (_CORPUS_CHRISTI,),
    "DE-MV": ("Mar 8", _REFORMATION),
    "DE-NI": (_REFORMATION,),
    "DE-NW": (_CORPUS_CHRISTI, _ALL_SAINTS),
    "DE-RP": (_CORPUS_CHRISTI, _ALL_SAINTS),
    "DE-SL": (_CORPUS_CHRISTI, "Aug 15", _ALL_SAINTS),
    "DE-SN": (_REFORMATION, "Nov 16-22 We"),
    "DE-ST": (_EPIPHANY, _REFORMATION),
    "DE-SH": (_REFORMATION,),
    "DE-TH": ("Sep 20", _REFORMATION),
}


@dataclass(frozen=True)
class Read:
    """`hours` in the library's own spelling, "" when not understood; `note` keeps the text as it was in that case."""

    hours: str
    note: str = ""


@dataclass(frozen=True)
class Span:
    """Open from start to end; an end at or before the start lies on the next day. All day is 00:00 to 00:00."""

    start: time
    end: time
    note: str = ""


@dataclass(frozen=True)
class Day:
    """One row of the week's table."""

    on: date
    spans: tuple[Span, ...]
    is_holiday: bool


def holiday_region(country: str, official_key: str = "") -> str:
    """`DE-NW` for a German municipality key that begins with 05; the country alone where there is no key."""
    number = official_key[:2]
    if country != "DE" or not number.isascii() or not number.isdigit() or not 1 <= int(number) <= len(_STATES):
        return country
    return f"DE-{_STATES[int(number) - 1]}"


def read_hours(text: str) -> Read:
    """Opening hours out of any text people or machines write; what cannot be understood is kept as a note."""
    plain = " ".join(text.split())
    if not plain:
        return Read("")
    for attempt in (plain, _mended(plain)):
        parsed = _parse(attempt, "") if len(attempt) <= LONGEST else None
        if parsed is not None and len(spelled := _without_empty_promises(str(parsed))) <= LONGEST:
            return Read(spelled)
    return Read("", plain[:LONGEST])


def is_open(hours: str, at: datetime, country: str = "DE") -> bool | None:
    """Whether open at that moment; None when nobody knows."""
    parsed = _parse(hours, country)
    if parsed is None:
        return None
    state = parsed.state(local_time(at, country))[0]
    return None if state == State.UNKNOWN else bool(state == State.OPEN)


def next_change(hours: str, at: datetime, country: str = "DE") -> datetime | None:
    """When it next opens or closes, in the time zone of `at`; None when it does not within a year."""
    parsed = _parse(hours, country)
    change = parsed.next_change(local_time(at, country)) if parsed else None
    if change is None or at.tzinfo is None:
        return change
    return change.replace(tzinfo=_zone(country)).astimezone(at.tzinfo)


@lru_cache(maxsize=8192)
def changes_between(hours: str, start: datetime, end: datetime, country: str = "DE") -> tuple[datetime, ...]:
    """Every moment from `start` to `end` at which it opens, closes or is no longer known, in the zone of `start`."""
    parsed = _parse(hours, country)
    if parsed is None:
        return ()
    first = local_time(start, country)
    last = first + (end - start)  # counted on the clock, which may be put back meanwhile
    # Looked at from a minute before, so that what changes at the very start is found too.
    found = parsed.intervals(first - timedelta(minutes=1), last + timedelta(minutes=1))
    edges = {edge for since, until, _state, _note in found for edge in (since, until) if first <= edge <= last}
    moments = (edge.replace(tzinfo=_zone(country), fold=fold) for edge in edges for fold in (0, 1))
    return tuple(sorted({moment.astimezone(start.tzinfo) for moment in moments}))


def spans_on(hours: str, on: date, country: str = "DE") -> tuple[Span, ...] | None:
    """When open on that day, in order; an evening that lasts into the night belongs to its day. None: unknown."""
    days = week_rows(hours, on, country, days=1)
    return days[0].spans if days else None


def is_open_on(hours: str, on: date, country: str = "DE") -> bool | None:
    """Whether open at any time of that day; None when nobody knows."""
    spans = spans_on(hours, on, country)
    return None if spans is None else bool(spans)


def week_rows(hours: str, first: date, country: str = "DE", *, days: int = 7) -> list[Day] | None:
    """The table of the week from `first` on, with its holidays; None for hours that are not understood."""
    parsed = _parse(hours, country)
    if parsed is None:
        return None
    found: dict[date, list[Span]] = {first + timedelta(days=n): [] for n in range(days)}
    # Begun a day earlier, to know what of the first night belongs to the day before.
    start = datetime.combine(first, time()) - timedelta(days=1)
    for on, span in _by_day(parsed, start, start + timedelta(days=days + 2)):
        if on in found:
            found[on].append(span)
    return [Day(on, tuple(spans), is_holiday(on, country)) for on, spans in found.items()]


@lru_cache(maxsize=1024)
def is_holiday(on: date, country: str = "DE") -> bool:
    """Whether a public holiday of the country or state."""
    rules = ["PH", *STATE_HOLIDAYS.get(country, ())]
    noon = datetime.combine(on, time(12))
    parsed = (_library(rule, country[:2]) for rule in rules)
    return any(rule.is_open(noon) for rule in parsed if rule is not None)


def rules_of(hours: str) -> list[tuple[str, str]]:
    """The rules of hours in the library's spelling, each with what joins it to the one before: "", ";", "," or "||"."""
    parts = re.split(r'(; |, | \|\| )(?=(?:[^"]*"[^"]*")*[^"]*$)', hours)
    joints = ["", *(joint.strip() for joint in parts[1::2])]
    return list(zip(joints, parts[::2], strict=True))


def _without_empty_promises(hours: str) -> str:
    """A mere remark (“by appointment”) does not say open all day, as the library has it, but that nobody knows."""
    return re.sub(r'(^|; |\|\| )24/7 "', r'\g<1>24/7 unknown "', hours)


def _by_day(parsed: OpeningHours, start: datetime, end: datetime) -> Iterator[tuple[date, Span]]:
    for since, until, state, note in parsed.intervals(start, end):
        if state != State.OPEN:
            continue
        begin = since
        while begin < until:
            midnight = datetime.combine(begin.date() + timedelta(days=1), time())
            into_the_night = until < datetime.combine(midnight.date(), NIGHT_ENDS) and begin.time() >= NIGHT_ENDS
            stop = until if into_the_night else min(until, midnight)
            yield begin.date(), Span(begin.time(), stop.time(), note)
            begin = stop


def _zone(country: str) -> ZoneInfo:
    return ZoneInfo(TIME_ZONES.get(country[:2], "Europe/Berlin"))


def local_time(at: datetime, country: str) -> datetime:
    """The clock on the wall there, without a time zone."""
    return at if at.tzinfo is None else at.astimezone(_zone(country)).replace(tzinfo=None)


@lru_cache(maxsize=4096)
def _parse(hours: str, country: str) -> OpeningHours | None:
    if not hours or len(hours) > LONGEST:
        return None
    parsed = _library(hours, country[:2])
    extra = STATE_HOLIDAYS.get(country, ())
    if parsed is None or not extra or "PH" not in hours:
        return parsed
    return _library(_with_state_holidays(str(parsed), extra), country[:2]) or parsed


def _with_state_holidays(hours: str, dates: tuple[str, ...]) -> str:
    """Say again for each of the dates what is said for public holidays."""
    said = []
    for joint, rule in rules_of(hours):
        said.append(f"{joint} {rule}")
        selector, _, rest = rule.partition(" ")
        if "PH" in selector.split(","):
            said += [f"{joint or ';'} {on} {rest}" for on in dates]
    return "".join(said).strip()


def _library(hours: str, country: str) -> OpeningHours | None:
    try:
        return OpeningHours(
            hours, country=country or None, auto_country=False, auto_timezone=False, max_interval_days=HORIZON_DAYS
        )
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # the parser is native: should it ever panic, that is no Exception
        return _library(hours, "") if country not in {"", "DE", "NL"} else None


_DAYS = {
    "mo": "Mo", "montag": "Mo", "montags": "Mo", "ma": "Mo", "maandag": "Mo", "mon": "Mo", "monday": "Mo",
    "di": "Tu", "dienstag": "Tu", "dienstags": "Tu", "dinsdag": "Tu", "tue": "Tu", "tuesday": "Tu",
    "mi": "We", "mittwoch": "We", "mittwochs": "We", "wo": "We", "woensdag": "We", "wed": "We", "wednesday": "We",
    "do": "Th", "donnerstag": "Th", "donnerstags": "Th", "donderdag": "Th", "thu": "Th", "thursday": "Th",
    "fr": "Fr", "freitag": "Fr", "freitags": "Fr", "vr": "Fr", "vrijdag": "Fr", "fri": "Fr", "friday": "Fr",
    "sa": "Sa", "samstag": "Sa", "samstags": "Sa", "za": "Sa", "zaterdag": "Sa", "sat": "Sa", "saturday": "Sa",
    "so": "Su", "sonntag": "Su", "sonntags": "Su", "zo": "Su", "zondag": "Su", "sun": "Su", "sunday": "Su",
    "feiertags": "PH", "feiertage": "PH", "feestdagen": "PH",
    "geschlossen": "off", "gesloten": "off", "closed": "off", "und": ",", "en": ",", "and": ",", "bis": "-", "tot": "-",
    "uhr": "", "uur": "", "von": "", "van": "", "täglich": "Mo-Su", "dagelijks": "Mo-Su", "h": "", "u": "",
}  # fmt: skip


def _mended(text: str) -> str:
    """How people write it, brought nearer to the syntax: dashes, dots, German and Dutch words, full hours."""
    plain = text[: LONGEST * 2].replace("–", "-").replace("—", "-").replace("t/m", "-")
    plain = re.sub(r"[^\W\d_]+\.?", lambda m: _DAYS.get(m[0].lower().rstrip("."), m[0]), plain)
    plain = re.sub(r"\b(\d{1,2})[.h](\d{2})\b", r"\1:\2", plain)
    plain = re.sub(r"(?<![\d:])(\d{1,2})(?![\d:])", r"\1:00", plain)
    plain = re.sub(r"\s*-\s*", "-", plain)
    plain = re.sub(r"\s*,\s*", ",", plain)
    plain = re.sub(r"(?<=[a-z]):\s*", " ", plain)
    # A comma before a day begins a new rule, unless the days before it have no time yet.
    plain = re.sub(r"(?<=\d\d),(?=[A-Z][a-z])", "; ", plain)
    return " ".join(plain.split()).strip(" ;,")
