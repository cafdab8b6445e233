"""Writes of imports, by subject."""

from dorfplatz.imports.actions.intake import SourceFacts, import_things
from dorfplatz.imports.actions.readings import close_reading, open_reading

__all__ = ["SourceFacts", "close_reading", "import_things", "open_reading"]
