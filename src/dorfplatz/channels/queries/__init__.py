"""Reads of what people want to hear of, and of what they were told."""

from dorfplatz.channels.queries.letters import days_of, entry_line, entry_lines, issue_for, recent_lines, taste_of
from dorfplatz.channels.queries.notes import (
    Told,
    has_unread,
    note_address,
    own_notes,
    page_of_notes,
    told,
    unread_count,
)
from dorfplatz.channels.queries.wishes import (
    Reader,
    own_preferences,
    own_watches,
    preferences_of,
    reader_of,
    readers,
    square_for,
    watchers_of,
    way_for,
)

__all__ = [
    "Reader",
    "Told",
    "days_of",
    "entry_line",
    "entry_lines",
    "has_unread",
    "issue_for",
    "note_address",
    "own_notes",
    "own_preferences",
    "own_watches",
    "page_of_notes",
    "preferences_of",
    "reader_of",
    "readers",
    "recent_lines",
    "square_for",
    "taste_of",
    "told",
    "unread_count",
    "watchers_of",
    "way_for",
]
