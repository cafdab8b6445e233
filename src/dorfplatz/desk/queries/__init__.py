"""Reads of the desk, by subject."""

from dorfplatz.desk.queries.coverage import Coverage, coverage_of, freshness_counts
from dorfplatz.desk.queries.items import (
    Desk,
    Item,
    areas_of_desk,
    beat_of,
    connectors_to_count,
    desk_of,
    done_since,
    note_by_id,
    notes_seen,
    square_of,
    tally_of,
    team_of,
)
from dorfplatz.desk.queries.visits import VisitList, visit_lists
from dorfplatz.desk.queries.week import Week, week_of

__all__ = [
    "Coverage",
    "Desk",
    "Item",
    "VisitList",
    "Week",
    "areas_of_desk",
    "beat_of",
    "connectors_to_count",
    "coverage_of",
    "desk_of",
    "done_since",
    "freshness_counts",
    "note_by_id",
    "notes_seen",
    "square_of",
    "tally_of",
    "team_of",
    "visit_lists",
    "week_of",
]
