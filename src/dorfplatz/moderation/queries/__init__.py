"""Reads of moderation, by subject."""

from dorfplatz.moderation.queries.areas import deciding_areas
from dorfplatz.moderation.queries.cases import (
    case_for,
    cases_in,
    decision_of_code,
    held_entries,
    open_case_of,
    own_appeal,
    queue,
    report_of_code,
    standing_decision,
    waiting_count,
)
from dorfplatz.moderation.queries.crowds import CROWDS, Crowd, batches_of, crowd_of
from dorfplatz.moderation.queries.numbers import FIRST_YEAR, lines_of, numbers_of
from dorfplatz.moderation.queries.people import Standing, decisions_of, reports_of, standing_of
from dorfplatz.moderation.queries.second_looks import any_second_look, open_appeals, proposals

__all__ = [
    "CROWDS",
    "FIRST_YEAR",
    "Crowd",
    "Standing",
    "any_second_look",
    "batches_of",
    "case_for",
    "cases_in",
    "crowd_of",
    "deciding_areas",
    "decision_of_code",
    "decisions_of",
    "held_entries",
    "lines_of",
    "numbers_of",
    "open_appeals",
    "open_case_of",
    "own_appeal",
    "proposals",
    "queue",
    "report_of_code",
    "reports_of",
    "standing_decision",
    "standing_of",
    "waiting_count",
]
