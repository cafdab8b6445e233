"""A rule as people say it: “every Tuesday”, “on the second Friday of the month”. Pure, in the active language."""

from __future__ import annotations

from datetime import date

from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dorfplatz.events.recurrence import DAILY, MONTHLY, WEEKLY, YEARLY, Rule


def rule_in_words(rule: Rule | None, first: date, *, skips_holidays: bool = False) -> str:
    """What a series does; "" where there is none."""
    if rule is None:
        return ""
    words = [_how_often(rule, first)]
    if skips_holidays:
        words.append(_("not in the school holidays"))
    if rule.until:
        words.append(_("until %(day)s included") % {"day": date_format(rule.until, "DATE_FORMAT")})
    elif rule.count:
        words.append(_("%(count)d times") % {"count": rule.count})
    return ", ".join(words)


def _how_often(rule: Rule, first: date) -> str:
    plain = not rule.months and not rule.positions
    if rule.frequency == DAILY and plain and not rule.month_days:
        return _daily(rule)
    if rule.frequency == WEEKLY and plain:
        return _weekly(rule, first)
    if rule.frequency == MONTHLY and plain:
        return _monthly(rule, first)
    if rule.frequency == YEARLY and not rule.positions and not rule.month_days:
        return _yearly(rule, first)
    return _("regularly")


def _daily(rule: Rule) -> str:
    if rule.weekdays:
        return _("every %(days)s") % {"days": _days([day for _n, day in rule.weekdays])}
    return _("every day") if rule.interval == 1 else _("every %(n)d days") % {"n": rule.interval}


def _weekly(rule: Rule, first: date) -> str:
    days = _days([day for _n, day in rule.weekdays] or [first.weekday()])
    if rule.interval == 1:
        return _("every %(days)s") % {"days": days}
    return _("every %(n)d weeks on %(days)s") % {"n": rule.interval, "days": days}


def _monthly(rule: Rule, first: date) -> str:
    if rule.weekdays and not rule.month_days and all(n for n, _day in rule.weekdays):
        on = " & ".join(_nth(n, day) for n, day in rule.weekdays)
        if rule.interval == 1:
            return _("on the %(nth)s of the month") % {"nth": on}
        return _("every %(n)d months on the %(nth)s") % {"n": rule.interval, "nth": on}
    if rule.weekdays or len(rule.month_days) > 1 or any(day < 0 for day in rule.month_days):
        return _("regularly")
    number = rule.month_days[0] if rule.month_days else first.day
    if rule.interval == 1:
        return _("on day %(number)d of each month") % {"number": number}
    return _("every %(n)d months on day %(number)d") % {"n": rule.interval, "number": number}


def _yearly(rule: Rule, first: date) -> str:
    if rule.interval != 1 or len(rule.months) > 1:
        return _("regularly")
    month = rule.months[0] if rule.months else first.month
    if not rule.weekdays:
        on = first.replace(month=month, day=min(first.day, 28)) if rule.months else first
        day = date_format(on, "MONTH_DAY_FORMAT")
        return _("every year on %(day)s") % {"day": day}
    if not rule.months or not all(n for n, _day in rule.weekdays):
        return _("regularly")
    nth = " & ".join(_nth(n, day) for n, day in rule.weekdays)
    return _("every year on the %(nth)s in %(month)s") % {"nth": nth, "month": MONTHS[month]}


def _days(days: list[int]) -> str:
    names = [str(WEEKDAYS[day]) for day in sorted(set(days))]
    if len(names) == 1:
        return names[0]
    return _("%(some)s and %(last)s") % {"some": ", ".join(names[:-1]), "last": names[-1]}


def nth_name(n: int) -> str:
    names = {
        1: pgettext("weekday of the month", "first"),
        2: pgettext("weekday of the month", "second"),
        3: pgettext("weekday of the month", "third"),
        4: pgettext("weekday of the month", "fourth"),
        5: pgettext("weekday of the month", "fifth"),
        -1: pgettext("weekday of the month", "last"),
        -2: pgettext("weekday of the month", "last but one"),
    }
    return names.get(n, str(n))


def _nth(n: int, day: int) -> str:
    return f"{nth_name(n)} {WEEKDAYS[day]}"
