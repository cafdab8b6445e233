"""When something is, as people say it below a day’s heading, beside a title, and on its own page."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from dorfplatz.events.models import Event, Occurrence
from dorfplatz.ui.said import said_clock, said_day, said_span


def hours_in_words(occurrence: Occurrence, event: Event, language: str) -> str:
    """“19 Uhr”, “19 bis 21 Uhr”, “all day”; for what lasts several days, until when."""
    until = _("until %(day)s included")
    if occurrence.last_on > occurrence.first_on:
        day = said_day(occurrence.last_on, today=occurrence.first_on, language=language)
        last = until % {"day": day}
        return last if event.starts_time is None else f"{_clock(occurrence.starts_at, event, language)}, {last}"
    if event.starts_time is None:
        return _("all day")
    begins = _clock(occurrence.starts_at, event, language)
    if occurrence.ends_at <= occurrence.starts_at:
        return begins
    unit = {"de": " Uhr", "nl": " uur"}.get(language, "")
    to = {"de": "bis", "nl": "tot", "en": "to"}.get(language, "to")
    return f"{begins.removesuffix(unit)} {to} {_clock(occurrence.ends_at, event, language)}"


def when_in_words(occurrence: Occurrence, event: Event, *, now: datetime, language: str) -> str:
    """“heute, 19 bis 21 Uhr”; all day only the days."""
    if event.starts_time is not None:
        ends = occurrence.ends_at if occurrence.ends_at > occurrence.starts_at else None
        return said_span(occurrence.starts_at, ends, now=now, language=language)
    today = now.astimezone(ZoneInfo(event.zone)).date()
    first = said_day(occurrence.first_on, today=today, language=language)
    if occurrence.last_on == occurrence.first_on:
        return first
    last = said_day(occurrence.last_on, today=today, language=language)
    return _("%(first)s until %(last)s") % {"first": first, "last": last}


def _clock(moment: datetime, event: Event, language: str) -> str:
    return said_clock(moment.astimezone(ZoneInfo(event.zone)), language)
