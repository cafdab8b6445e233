"""Writes of imports, by subject."""

from dorfplatz.imports.actions.intake import SourceFacts, import_things
from dorfplatz.imports.actions.readings import close_reading, open_reading
from dorfplatz.imports.actions.subscribing import (
    Subscription,
    add_subscription,
    ask_to_read,
    change_subscription,
    end_subscription,
)

__all__ = [
    "SourceFacts",
    "Subscription",
    "add_subscription",
    "ask_to_read",
    "change_subscription",
    "close_reading",
    "end_subscription",
    "import_things",
    "open_reading",
]
