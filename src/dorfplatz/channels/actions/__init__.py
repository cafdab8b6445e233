"""Writes of the channels."""

from dorfplatz.channels.actions.letters import begin_letters, write_letters
from dorfplatz.channels.actions.notes import (
    Telling,
    carry_note,
    forget_old_notes,
    read_note,
    read_notes,
    read_told,
    tell_of_outside_translation,
    tell_people,
    tell_translators,
    tell_watchers,
)
from dorfplatz.channels.actions.pushes import push_note, subscribe_device, unsubscribe_device
from dorfplatz.channels.actions.wishes import Wishes, add_watch, change_preferences, remove_watch, stop_channel

__all__ = [
    "Telling",
    "Wishes",
    "add_watch",
    "begin_letters",
    "carry_note",
    "change_preferences",
    "forget_old_notes",
    "push_note",
    "read_note",
    "read_notes",
    "read_told",
    "remove_watch",
    "stop_channel",
    "subscribe_device",
    "tell_of_outside_translation",
    "tell_people",
    "tell_translators",
    "tell_watchers",
    "unsubscribe_device",
    "write_letters",
]
