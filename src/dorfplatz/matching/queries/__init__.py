"""Reads of matching, by subject."""

from dorfplatz.matching.queries.introductions import (
    Party,
    Question,
    Running,
    counts_in,
    ended_in,
    going,
    introduction_by_id,
    is_hindered,
    long_over,
    own_questions,
    passed_long_ago,
    question_by_id,
    question_of_link,
    running_in,
    waiting_too_long,
    without_a_word,
)
from dorfplatz.matching.queries.suggestions import (
    Proposal,
    areas_to_introduce_in,
    suggestions_for,
    things_again,
)

__all__ = [
    "Party",
    "Proposal",
    "Question",
    "Running",
    "areas_to_introduce_in",
    "counts_in",
    "ended_in",
    "going",
    "introduction_by_id",
    "is_hindered",
    "long_over",
    "own_questions",
    "passed_long_ago",
    "question_by_id",
    "question_of_link",
    "running_in",
    "suggestions_for",
    "things_again",
    "waiting_too_long",
    "without_a_word",
]
