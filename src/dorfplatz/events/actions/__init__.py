"""Writes to the calendar, by subject."""

from dorfplatz.events.actions.coming import forget_old_comings, say_coming, take_back_coming
from dorfplatz.events.actions.dates import call_off, change_date, end_series, put_back, put_back_date
from dorfplatz.events.actions.expansion import expand_due_events
from dorfplatz.events.actions.write import add_event, add_event_once, add_events, change_event

__all__ = [
    "add_event",
    "add_event_once",
    "add_events",
    "call_off",
    "change_date",
    "change_event",
    "end_series",
    "expand_due_events",
    "forget_old_comings",
    "put_back",
    "put_back_date",
    "say_coming",
    "take_back_coming",
]
