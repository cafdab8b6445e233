"""Moments, days and distances as people say them, in German, Dutch and English."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache

from django.utils import timezone, translation
from django.utils.formats import date_format, number_format

_RELATIVE = {
    "de": {-1: "gestern", 0: "heute", 1: "morgen"},
    "nl": {-1: "gisteren", 0: "vandaag", 1: "morgen"},
    "en": {-1: "yesterday", 0: "today", 1: "tomorrow"},
}
DAYS_KEPT = 4096
_DAY = {"de": ("l, j. F", "l, j. F Y"), "nl": ("l j F", "l j F Y"), "en": ("l j F", "l j F Y")}


@lru_cache(DAYS_KEPT)
def said_day(day: date, *, today: date, language: str) -> str:
    """“heute”, “morgen”, “Sonntag, 6. Dezember”; with the year where it is not this one."""
    relative = _RELATIVE.get(language, _RELATIVE["en"]).get((day - today).days)
    if relative:
        return relative
    same_year, other_year = _DAY.get(language, _DAY["en"])
    with translation.override(language):
        return date_format(day, same_year if day.year == today.year else other_year)


def said_clock(moment: datetime, language: str) -> str:
    """“19 Uhr”, “9.30 Uhr”; “19.00 uur”; “7 pm”, “9.30 am”. The moment must be in local time."""
    hour, minute = moment.hour, moment.minute
    if language == "de":
        return f"{hour}.{minute:02} Uhr" if minute else f"{hour} Uhr"
    if language == "nl":
        return f"{hour}.{minute:02} uur"
    half = "am" if hour < 12 else "pm"
    return f"{hour % 12 or 12}.{minute:02} {half}" if minute else f"{hour % 12 or 12} {half}"


def _said_today_nl(moment: datetime) -> str:
    parts = ((6, "vannacht"), (12, "vanochtend"), (18, "vanmiddag"), (24, "vanavond"))
    return next(word for until, word in parts if moment.hour < until)


def said_moment(moment: datetime, *, now: datetime, language: str) -> str:
    """“heute, 19 Uhr”, “vanavond 19.00 uur”, “Sonntag, 6. Dezember, 10 Uhr”, in the current time zone."""
    local, today = timezone.localtime(moment), timezone.localtime(now).date()
    clock = said_clock(local, language)
    if language == "nl":
        day = _said_today_nl(local) if local.date() == today else said_day(local.date(), today=today, language="nl")
        return f"{day} {clock}"
    return f"{said_day(local.date(), today=today, language=language)}, {clock}"


def said_span(start: datetime, end: datetime | None, *, now: datetime, language: str) -> str:
    """“heute, 19 bis 21 Uhr”; over several days both ends are said in full."""
    first = said_moment(start, now=now, language=language)
    if end is None or end <= start:
        return first
    until = {"de": "bis", "nl": "tot", "en": "to"}.get(language, "to")
    local_end = timezone.localtime(end)
    same_day = timezone.localtime(start).date() == local_end.date()
    if not same_day and end - start > timedelta(hours=12):
        return f"{first} {until} {said_moment(end, now=now, language=language)}"
    unit = {"de": " Uhr", "nl": " uur"}.get(language, "")
    return f"{first.removesuffix(unit)} {until} {said_clock(local_end, language)}"


def said_distance(metres: float, language: str) -> str:
    """“200 m”, “3,2 km”, “12 km”: rounded to what a walker cares about."""
    with translation.override(language):
        if metres < 950:
            return f"{max(50, round(metres / 50) * 50)} m"
        kilometres = round(metres / 1000, 1 if metres < 9950 else 0)
        whole = int(kilometres) if kilometres == int(kilometres) else kilometres
        return f"{number_format(whole, use_l10n=True)} km"
