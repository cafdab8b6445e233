"""Reads of the launch kit."""

from dorfplatz.launch.queries.batches import Batches, batches_of
from dorfplatz.launch.queries.checklist import Progress, prepared_by, progress_of
from dorfplatz.launch.queries.stage import who_changed_stage
from dorfplatz.launch.queries.yes import Yes, measures_of, yes_of

__all__ = [
    "Batches",
    "Progress",
    "Yes",
    "batches_of",
    "measures_of",
    "prepared_by",
    "progress_of",
    "who_changed_stage",
    "yes_of",
]
