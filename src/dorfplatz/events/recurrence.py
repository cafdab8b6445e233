"""When something recurs: rules after RFC 5545, section 3.3.10, for what happens on days. Pure, and in civil dates.

More often than daily is refused. Whatever is asked is answered within the days asked for: no rule can make it search
for ever.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

DAILY, WEEKLY, MONTHLY, YEARLY = "DAILY", "WEEKLY", "MONTHLY", "YEARLY"
FREQUENCIES = (DAILY, WEEKLY, MONTHLY, YEARLY)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
KNOWN = {"FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST", "UNTIL", "COUNT"}
MOST_DATES = 1_000
MOST_TIMES = 10_000
DAY, WEEK = timedelta(days=1), timedelta(days=7)


class NotUnderstood(ValueError):
    """A rule that is none, or one for more than a date a day."""


@dataclass(frozen=True)
class Rule:
    """`weekdays` are pairs (n, weekday from Monday = 0): n is 0 for every one, 2 for the second, -1 for the last.

    `until` is the last day that counts. A day that is not there (31 April) is left out, as the standard says.
    """

    frequency: str
    interval: int = 1
    weekdays: tuple[tuple[int, int], ...] = ()
    month_days: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    positions: tuple[int, ...] = ()
    week_start: int = 0
    until: date | None = None
    count: int | None = None

    def __str__(self) -> str:
        """As RRULE, with a plain date for UNTIL."""
        parts = [f"FREQ={self.frequency}"]
        parts += [f"INTERVAL={self.interval}"] if self.interval != 1 else []
        for name, values in (("BYMONTH", self.months), ("BYMONTHDAY", self.month_days)):
            parts += [f"{name}={','.join(map(str, values))}"] if values else []
        days = ",".join(f"{n or ''}{WEEKDAYS[day]}" for n, day in self.weekdays)
        parts += [f"BYDAY={days}"] if days else []
        parts += [f"BYSETPOS={','.join(map(str, self.positions))}"] if self.positions else []
        parts += [f"WKST={WEEKDAYS[self.week_start]}"] if self.week_start else []
        parts += [f"COUNT={self.count}"] if self.count else []
        return ";".join([*parts, *([f"UNTIL={self.until.year:04}{self.until:%m%d}"] if self.until else [])])


def read_rule(text: str) -> Rule:
    """The rule an RRULE states. Raises NotUnderstood; UNTIL counts with its date."""
    try:
        pairs = dict(part.split("=", 1) for part in text.strip().upper().split(";") if part)
        rule = _rule(pairs)
    except (ValueError, IndexError, OverflowError) as error:
        raise NotUnderstood(text[:80]) from error
    _check(rule, pairs)
    return rule


def _rule(pairs: dict[str, str]) -> Rule:
    def numbers(name: str) -> tuple[int, ...]:
        return tuple(sorted({int(part) for part in pairs.get(name, "").split(",") if part}))

    until = pairs.get("UNTIL", "")
    return Rule(
        frequency=pairs.get("FREQ", ""),
        interval=int(pairs.get("INTERVAL", "1")),
        weekdays=tuple(sorted({_weekday(part) for part in pairs.get("BYDAY", "").split(",") if part})),
        month_days=numbers("BYMONTHDAY"),
        months=numbers("BYMONTH"),
        positions=numbers("BYSETPOS"),
        week_start=WEEKDAYS.index(pairs.get("WKST", "MO")),
        until=date(int(until[:4]), int(until[4:6]), int(until[6:8])) if until else None,
        count=int(pairs["COUNT"]) if "COUNT" in pairs else None,
    )


def _weekday(part: str) -> tuple[int, int]:
    return int(part[:-2] or 0), WEEKDAYS.index(part[-2:])


def _check(rule: Rule, pairs: dict[str, str]) -> None:
    has_nth = any(n for n, _ in rule.weekdays)
    sound = (
        set(pairs) <= KNOWN
        and rule.frequency in FREQUENCIES
        and 1 <= rule.interval <= MOST_TIMES
        and (rule.count is None or 1 <= rule.count <= MOST_TIMES)
        and all(1 <= abs(day) <= 31 for day in rule.month_days)
        and all(1 <= month <= 12 for month in rule.months)
        and all(1 <= abs(place) <= 366 for place in rule.positions)
        and all(abs(n) <= 53 for n, _ in rule.weekdays)
        and not (has_nth and rule.frequency in (DAILY, WEEKLY))
        and not (rule.month_days and rule.frequency == WEEKLY)
    )
    if not sound:
        raise NotUnderstood(str(rule)[:80])


def dates_of(rule: Rule | None, first: date, *, since: date, until: date, most: int = MOST_DATES) -> list[date]:
    """The dates of a series that begins on `first`, within these days, in order; at most the first `most` of them.

    `first` is always one of them, and counts, as the standard says of DTSTART.
    """
    if rule is None:
        return [first] if since <= first <= until else []
    last = min(until, rule.until) if rule.until else until
    found: list[date] = []
    for number, day in enumerate(_from(rule, first, since, last)):
        if day > last or (rule.count is not None and number >= rule.count) or len(found) >= most:
            break
        if day >= since:
            found.append(day)
    if since <= first <= until and first not in found[:1]:
        found = [first, *found][:most]
    return found


def first_on_or_after(rule: Rule, day: date) -> date:
    """The first day the rule names from that day on; the day itself where it names none for ten years."""
    plain = Rule(**{**rule.__dict__, "count": None, "until": None, "interval": 1})
    horizon = _plus_years(day, 10)
    return next((found for found in _from(plain, day, day, horizon) if found <= horizon), day)


def _from(rule: Rule, first: date, since: date, last: date) -> Iterator[date]:
    """All days the rule names from `first` on; without a count it begins near `since`."""
    skip = 0 if rule.count is not None else _periods_before(rule, first, since)
    number = skip
    while True:
        begins = _period(rule, first, number)
        if begins is None or begins > last:
            return
        days = sorted(set(_days_in(rule, first, begins)))
        for day in _picked(days, rule.positions):
            if day >= first:
                yield day
        number += 1


def _periods_before(rule: Rule, first: date, since: date) -> int:
    """A number of periods that certainly lie before `since`, as a multiple of the interval is counted by the caller."""
    if since <= first:
        return 0
    length = {DAILY: 1, WEEKLY: 7, MONTHLY: 31, YEARLY: 366}[rule.frequency] * rule.interval
    return max((since - first).days // length - 1, 0)


def _period(rule: Rule, first: date, number: int) -> date | None:
    """The first day of the period with that number; None beyond the calendar."""
    steps = number * rule.interval
    try:
        if rule.frequency == DAILY:
            return first + DAY * steps
        if rule.frequency == WEEKLY:
            return first - DAY * ((first.weekday() - rule.week_start) % 7) + WEEK * steps
        if rule.frequency == MONTHLY:
            months = first.year * 12 + first.month - 1 + steps
            return date(months // 12, months % 12 + 1, 1)
        return date(first.year + steps, 1, 1)
    except (OverflowError, ValueError):
        return None


def _days_in(rule: Rule, first: date, begins: date) -> Iterator[date]:
    if rule.frequency == DAILY:
        wanted = {day for _, day in rule.weekdays}
        if (not wanted or begins.weekday() in wanted) and _is_in_month_days(rule, begins):
            yield from _in_months(rule, [begins])
    elif rule.frequency == WEEKLY:
        wanted = {day for _, day in rule.weekdays} or {first.weekday()}
        week = [begins + DAY * n for n in range(7) if begins <= date.max - DAY * 7]
        yield from _in_months(rule, [day for day in week if day.weekday() in wanted])
    elif rule.frequency == MONTHLY:
        if not rule.months or begins.month in rule.months:
            yield from _days_of_month(rule, begins, first.day)
    else:
        yield from _days_of_year(rule, begins, first)


def _in_months(rule: Rule, days: list[date]) -> Iterator[date]:
    return (day for day in days if not rule.months or day.month in rule.months)


def _is_in_month_days(rule: Rule, day: date) -> bool:
    length = monthrange(day.year, day.month)[1]
    return not rule.month_days or bool({day.day, day.day - length - 1} & set(rule.month_days))


def _days_of_month(rule: Rule, begins: date, usual: int) -> Iterator[date]:
    length = monthrange(begins.year, begins.month)[1]
    days = [begins.replace(day=number) for number in range(1, length + 1)]
    if not rule.weekdays and not rule.month_days:
        yield from (day for day in days if day.day == usual)
        return
    yield from (day for day in days if _is_in_month_days(rule, day) and _is_weekday(rule, day, days))


def _days_of_year(rule: Rule, begins: date, first: date) -> Iterator[date]:
    if rule.weekdays and not rule.months:
        days = [begins + DAY * n for n in range(366) if begins.year < date.max.year]
        days = [day for day in days if day.year == begins.year]
        yield from (day for day in days if _is_in_month_days(rule, day) and _is_weekday(rule, day, days))
        return
    usual = (first.month,) if not rule.month_days else tuple(range(1, 13))
    for month in rule.months or usual:
        yield from _days_of_month(rule, begins.replace(month=month), first.day)


def _is_weekday(rule: Rule, day: date, days: list[date]) -> bool:
    """Whether it is one of the rule's weekdays, counted among these days from the front or from the end."""
    if not rule.weekdays:
        return True
    nth, nth_last = (day - days[0]).days // 7 + 1, -((days[-1] - day).days // 7 + 1)
    return any(day.weekday() == weekday and n in (0, nth, nth_last) for n, weekday in rule.weekdays)


def _picked(days: list[date], positions: tuple[int, ...]) -> list[date]:
    if not positions:
        return days
    places = {place - 1 if place > 0 else len(days) + place for place in positions}
    return [days[place] for place in sorted(places) if 0 <= place < len(days)]


def _plus_years(day: date, years: int) -> date:
    return date(min(day.year + years, date.max.year), day.month, min(day.day, 28))
