"""Opening hours as people say them, in German, Dutch and English. Pure.

“Mo–Fr 8–18 Uhr, Sa 8–13 Uhr; Feiertage geschlossen”. What has no words yet is shown in OpenStreetMap's syntax, as is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from dorfplatz.places.hours import is_open, local_time, next_change, rules_of
from dorfplatz.places.hours_weekly import DAYS

# Who closes later than this is said to be open day and night.
SAID_AHEAD = timedelta(hours=20)
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True)
class Words:
    days: tuple[str, ...]
    long_days: tuple[str, ...]
    months: tuple[str, ...]
    holidays: str
    school_holidays: str
    closed: str
    always: str
    unknown: str
    daily: str
    and_: str
    otherwise: str
    from_: str
    after_time: str
    odd_weeks: str
    even_weeks: str
    week: str
    nth: str
    last: str
    until: str
    opens: str
    today: str
    tomorrow: str
    date: str
    events: tuple[str, str, str, str]


WORDS = {
    "de": Words(
        days=("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"),
        long_days=("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"),
        months=("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober",
                "November", "Dezember"),
        holidays="Feiertage", school_holidays="Schulferien", closed="geschlossen", always="rund um die Uhr",
        unknown="nicht sicher", daily="täglich", and_="und", otherwise="sonst", from_="ab {}", after_time=" Uhr",
        odd_weeks="ungerade Wochen", even_weeks="gerade Wochen", week="Woche {}", nth="{n}. {day} im Monat",
        last="letzter {day} im Monat", until="geöffnet bis {time}", opens="öffnet {when} um {time}", today="heute",
        tomorrow="morgen", date="{day}. {month}",
        events=("Sonnenaufgang", "Sonnenuntergang", "Morgendämmerung", "Abenddämmerung"),
    ),
    "nl": Words(
        days=("ma", "di", "wo", "do", "vr", "za", "zo"),
        long_days=("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"),
        months=("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
                "november", "december"),
        holidays="feestdagen", school_holidays="schoolvakanties", closed="gesloten", always="dag en nacht open",
        unknown="niet zeker", daily="dagelijks", and_="en", otherwise="anders", from_="vanaf {}", after_time=" uur",
        odd_weeks="oneven weken", even_weeks="even weken", week="week {}", nth="{n}e {day} van de maand",
        last="laatste {day} van de maand", until="open tot {time}", opens="gaat {when} om {time} open", today="vandaag",
        tomorrow="morgen", date="{day} {month}",
        events=("zonsopgang", "zonsondergang", "ochtendschemering", "avondschemering"),
    ),
    "en": Words(
        days=("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
        long_days=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
        months=("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
                "November", "December"),
        holidays="public holidays", school_holidays="school holidays", closed="closed", always="day and night",
        unknown="not certain", daily="daily", and_="and", otherwise="otherwise", from_="from {}", after_time="",
        odd_weeks="odd weeks", even_weeks="even weeks", week="week {}", nth="{n} {day} of the month",
        last="last {day} of the month", until="open until {time}", opens="opens {when} at {time}", today="today",
        tomorrow="tomorrow", date="{day} {month}", events=("sunrise", "sunset", "dawn", "dusk"),
    ),
}  # fmt: skip


class _NoWords(Exception):
    """A part of the syntax that is said so rarely that it has no words here."""


_DAY = "|".join(DAYS)
_MONTH = "|".join(MONTHS)
_MOMENT = rf"(?:\d{{4}} )?(?:{_MONTH})(?: \d{{1,2}})?"
_DATE = rf"(?:{_MOMENT}(?:-(?:{_MOMENT}|\d{{1,2}}))?)"
_CLOCK = r"(?:\d\d:\d\d|sunrise|sunset|dawn|dusk)"
_DAYS = rf"(?:(?:{_DAY})(?:-(?:{_DAY})|\[(?:-?\d|\d(?:,\d)+)\])?|PH|SH)"
_RULE = re.compile(
    rf"(?P<dates>{_DATE}(?:,{_DATE})*)? ?"
    r"(?:week ?(?P<weeks>\d\d?(?:-\d\d?(?:/2)?)?))? ?"
    rf"(?P<days>{_DAYS}(?:,{_DAYS})*)? ?"
    rf"(?P<times>24/7|{_CLOCK}(?:-{_CLOCK})?\+?(?:,{_CLOCK}(?:-{_CLOCK})?\+?)*)? ?"
    r'(?P<state>closed|unknown)? ?(?P<note>"[^"]*")?'
)


def hours_in_words(hours: str, language: str) -> str:
    """The hours as people say them; hours that have no words here come back as they are."""
    words = WORDS.get(language, WORDS["en"])
    said = ""
    try:
        for joint, rule in rules_of(hours):
            text, is_closed = _rule_in_words(rule, words, language)
            if joint == "||":
                said += f"; {words.otherwise} {text}"
            else:
                said += ("; " if is_closed else ", ") + text if said else text
    except _NoWords:
        return hours
    return said


def now_in_words(hours: str, at: datetime, country: str, language: str) -> str:
    """“geöffnet bis 18 Uhr”, “öffnet morgen um 8 Uhr”, “geschlossen”; "" when unknown. `at` is local or aware."""
    words = WORDS.get(language, WORDS["en"])
    at = local_time(at, country)
    opened = is_open(hours, at, country)
    if opened is None:
        return ""
    change = next_change(hours, at, country)
    if change is None:
        return words.always if opened else words.closed
    clock = _clock(f"{change:%H:%M}", language) + words.after_time
    days = (change.date() - at.date()).days
    if opened:
        return words.until.format(time=clock) if change - at < SAID_AHEAD else words.always
    if is_open(hours, change, country) is not True:
        return words.closed
    if days > 6:
        when = words.date.format(day=change.day, month=words.months[change.month - 1])
    else:
        when = [words.today, words.tomorrow][days] if days < 2 else words.long_days[change.weekday()]
    return words.opens.format(when=when, time=clock)


def _rule_in_words(rule: str, words: Words, language: str) -> tuple[str, bool]:
    match = _RULE.fullmatch(rule.strip())
    if match is None or not rule.strip():
        raise _NoWords
    note = (match["note"] or "").strip('"')
    times, state = match["times"] or "", match["state"] or ""
    when = [
        ", ".join(_dates(part, words) for part in match["dates"].split(",")) if match["dates"] else "",
        _weeks(match["weeks"], words) if match["weeks"] else "",
        _days(match["days"], words, language) if match["days"] else "",
    ]
    if times == "24/7":
        # A mere remark (“by appointment”) is said by itself.
        said = "" if note or state else words.always
    elif times:
        said = _times(times, words, language)
    else:
        said = "" if state or note else words.always
    if said and times not in {"", "24/7"} and not any(when):
        when = [words.daily]
    parts = [
        *when,
        said,
        {"closed": words.closed, "unknown": words.unknown}.get(state, ""),
        f"({note})" if note else "",
    ]
    found = [part for part in parts if part]
    only_a_remark = note and found in ([f"({note})"], [words.unknown, f"({note})"])
    text = note if only_a_remark else " ".join(found)
    return text, state == "closed"


def _dates(text: str, words: Words) -> str:
    first, _, last = text.partition("-")
    if last.isdigit():
        last = f"{first.rpartition(' ')[0]} {last}"
    return "–".join(_date(part, words) for part in (first, last) if part)


def _date(text: str, words: Words) -> str:
    parts = text.split()
    year = parts.pop(0) if parts[0].isdigit() else ""
    name = words.months[MONTHS.index(parts[0])]
    said = words.date.format(day=int(parts[1]), month=name) if len(parts) > 1 else name
    return f"{said} {year}".strip()


def _weeks(text: str, words: Words) -> str:
    span, _, step = text.partition("/")
    if step:
        first, last = (int(part) for part in span.split("-"))
        if last < 52:
            raise _NoWords
        return words.odd_weeks if first % 2 else words.even_weeks
    return words.week.format("–".join(str(int(part)) for part in span.split("-")))


def _days(text: str, words: Words, language: str) -> str:
    # Within brackets a comma stands between the weeks of a month.
    parts = re.sub(r"\[[^\]]*\]", lambda found: found[0].replace(",", "/"), text).split(",")
    return ", ".join(_day(part, words, language) for part in parts)


def _day(text: str, words: Words, language: str) -> str:
    if text in {"PH", "SH"}:
        return words.holidays if text == "PH" else words.school_holidays
    if "[" in text:
        return _nth(text, words, language)
    first, _, last = text.partition("-")
    start = words.days[DAYS.index(first)]
    return f"{start}–{words.days[DAYS.index(last)]}" if last else start


def _nth(text: str, words: Words, language: str) -> str:
    """“2. Mittwoch im Monat”, “2. und 4. Mittwoch im Monat”."""
    day = words.long_days[DAYS.index(text[:2])]
    numbers = [int(part) for part in text[3:-1].split("/")]
    if numbers == [-1]:
        return words.last.format(day=day)
    if not all(1 <= number <= 5 for number in numbers):
        raise _NoWords
    english = language not in {"de", "nl"}
    said = [("1st", "2nd", "3rd", "4th", "5th")[number - 1] if english else str(number) for number in numbers]
    dot = {"de": ".", "nl": "e"}.get(language, "")
    before = f"{', '.join(f'{one}{dot}' for one in said[:-1])} {words.and_} " if len(said) > 1 else ""
    return before + words.nth.format(n=said[-1], day=day)


def _times(text: str, words: Words, language: str) -> str:
    spans = [_span(part, words, language) for part in text.split(",")]
    listed = spans[0] if len(spans) == 1 else f"{', '.join(spans[:-1])} {words.and_} {spans[-1]}"
    return listed + (words.after_time if listed[-1].isdigit() else "")


def _span(text: str, words: Words, language: str) -> str:
    open_ended = text.endswith("+")
    first, _, last = text.removesuffix("+").partition("-")
    start = _point(first, words, language)
    if open_ended:
        return words.from_.format(start)
    if not last:
        return start
    return f"{start}–{_point(last, words, language)}"


def _point(text: str, words: Words, language: str) -> str:
    events = ("sunrise", "sunset", "dawn", "dusk")
    return words.events[events.index(text)] if text in events else _clock(text, language)


def _clock(text: str, language: str) -> str:
    """08:00 as 8 in German, 8.00 in Dutch, 8:00 in English. Hours past midnight (26:00) become 2."""
    hour, minute = text.split(":")
    number = int(hour) if int(hour) <= 24 else int(hour) - 24
    if language == "nl":
        return f"{number}.{minute}"
    return str(number) if language == "de" and minute == "00" else f"{number}:{minute}"
