"""Reads of the calendar, by subject."""

from dorfplatz.events.queries.calendar import (
    Agenda,
    AgendaDay,
    agenda,
    areas_of_events_at,
    lines_between,
    moments_of_dates,
)
from dorfplatz.events.queries.home import HomeDates, home_dates, next_dates_at
from dorfplatz.events.queries.lines import DateLine
from dorfplatz.events.queries.page import EventPage, event_of, event_page, voices_of

__all__ = [
    "Agenda",
    "AgendaDay",
    "DateLine",
    "EventPage",
    "HomeDates",
    "agenda",
    "areas_of_events_at",
    "event_of",
    "event_page",
    "home_dates",
    "lines_between",
    "moments_of_dates",
    "next_dates_at",
    "voices_of",
]
