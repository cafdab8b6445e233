"""Writes to the spine, by subject. A kind's own actions call these inside their transaction."""

from dorfplatz.entries.actions.later import note_sent_form, publish_due_entries, schedule_entry
from dorfplatz.entries.actions.pictures import (
    MOST_PICTURES,
    arrange_pictures,
    choose_picture,
    describe_pictures,
    forget_chosen,
    hang_chosen,
    take_chosen,
    take_picture_away,
)
from dorfplatz.entries.actions.sprouts import note_sprout
from dorfplatz.entries.actions.withhold import (
    REMOVED_KEPT,
    erase_entries,
    erase_removed_entries,
    hide_entry,
    remove_entries,
    remove_entry,
    restore_entry,
    restore_version,
    undo_removal,
    unhide_entry,
)
from dorfplatz.entries.actions.write import (
    BATCH,
    Draft,
    create_entries,
    note_change,
    publish_entries,
    rewrite_entry,
)
from dorfplatz.journal.actions import Line

__all__ = [
    "BATCH",
    "MOST_PICTURES",
    "REMOVED_KEPT",
    "Draft",
    "Line",
    "arrange_pictures",
    "choose_picture",
    "create_entries",
    "describe_pictures",
    "erase_entries",
    "erase_removed_entries",
    "forget_chosen",
    "hang_chosen",
    "hide_entry",
    "note_change",
    "note_sent_form",
    "note_sprout",
    "publish_due_entries",
    "publish_entries",
    "remove_entries",
    "remove_entry",
    "restore_entry",
    "restore_version",
    "rewrite_entry",
    "schedule_entry",
    "take_chosen",
    "take_picture_away",
    "undo_removal",
    "unhide_entry",
]
