"""The plain week of opening hours that a form can hold, to and from OpenStreetMap's syntax. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time

from dorfplatz.places.hours import read_hours, rules_of

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_DAY = "|".join(DAYS)
_RULE = re.compile(
    rf"(?P<days>(?:{_DAY}|PH)(?:-(?:{_DAY}))?(?:,(?:{_DAY}|PH)(?:-(?:{_DAY}))?)*)?"
    r" ?(?P<times>\d\d:\d\d-\d\d:\d\d(?:,\d\d:\d\d-\d\d:\d\d)*|closed)?"
)


@dataclass(frozen=True)
class Week:
    """Spans as (weekday from 0 for Monday, from, to), in order. `holidays_off`: closed on public holidays."""

    spans: tuple[tuple[int, time, time], ...]
    holidays_off: bool = False


def from_week(week: Week) -> str:
    """The week in OpenStreetMap's syntax, days with the same hours together; "" for a week without hours."""
    by_day: dict[int, list[str]] = {}
    for day, start, end in sorted(set(week.spans)):
        last = "24:00" if end == time() else f"{end:%H:%M}"
        by_day.setdefault(day, []).append(f"{start:%H:%M}-{last}")
    groups: dict[str, list[int]] = {}
    for day, texts in by_day.items():
        groups.setdefault(",".join(texts), []).append(day)
    rules = [f"{_day_list(days)} {times}" for times, days in sorted(groups.items(), key=lambda g: g[1])]
    if rules and week.holidays_off:
        rules.append("PH off")
    return read_hours("; ".join(rules)).hours


def to_week(hours: str) -> Week | None:
    """The plain week these hours are; None when they say more than a week can hold."""
    by_day: dict[int, list[tuple[time, time]]] = {}
    holidays_off = False
    if hours in {"", "24/7"}:
        return Week(tuple((d, time(), time()) for d in range(7)) if hours else ())
    for joint, rule in rules_of(hours):
        match = _RULE.fullmatch(rule)
        if match is None or joint == "||" or not rule.strip():
            return None
        days, holidays = _days_of(match["days"] or "Mo-Su")
        times = _times_of(match["times"] or "00:00-24:00")
        if times is None or (holidays and times):
            return None
        holidays_off = holidays_off or holidays
        for day in days:
            by_day[day] = [*by_day.get(day, []), *times] if joint == "," else list(times)
    spans = sorted({(day, start, end) for day, found in by_day.items() for start, end in found})
    return Week(tuple(spans), holidays_off)


def _day_list(days: Iterable[int]) -> str:
    """0, 1, 2, 5 as Mo-We,Sa."""
    runs: list[list[int]] = []
    for day in sorted(days):
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ",".join(_run(run) for run in runs)


def _run(run: list[int]) -> str:
    if len(run) < 3:
        return ",".join(DAYS[day] for day in run)
    return f"{DAYS[run[0]]}-{DAYS[run[-1]]}"


def _days_of(text: str) -> tuple[set[int], bool]:
    days: set[int] = set()
    for part in text.split(","):
        if part == "PH":
            continue
        first, _, last = part.partition("-")
        start, end = DAYS.index(first), DAYS.index(last or first)
        days.update(day % 7 for day in range(start, end + (8 if end < start else 1)))
    return days, "PH" in text.split(",")


def _times_of(text: str) -> list[tuple[time, time]] | None:
    """Spans; none for closed; None for hours past midnight written as 26:00."""
    if text == "closed":
        return []
    found = []
    for part in text.split(","):
        start, _, end = part.partition("-")
        if int(start[:2]) > 23 or int(end[:2]) > 24:
            return None
        found.append((time.fromisoformat(start), time() if end == "24:00" else time.fromisoformat(end)))
    return found
