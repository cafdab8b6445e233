"""Writes of moderation, by subject."""

from dorfplatz.moderation.actions.appeals import answer_request, appeal_of_reporter, decide_appeal, make_appeal
from dorfplatz.moderation.actions.cases import Reason, Subject, look_oneself, open_case
from dorfplatz.moderation.actions.crowds import clear_crowd, clear_portion
from dorfplatz.moderation.actions.decisions import Ruling, decide_case, second_decision, undo_decision
from dorfplatz.moderation.actions.gates import close_gone, look_afterwards, look_at_change, open_cases
from dorfplatz.moderation.actions.guards import GuardChange, add_rule, change_guard, remove_rule
from dorfplatz.moderation.actions.reports import Said, receive_report
from dorfplatz.moderation.actions.retention import forget_old_cases

__all__ = [
    "GuardChange",
    "Reason",
    "Ruling",
    "Said",
    "Subject",
    "add_rule",
    "answer_request",
    "appeal_of_reporter",
    "change_guard",
    "clear_crowd",
    "clear_portion",
    "close_gone",
    "decide_appeal",
    "decide_case",
    "forget_old_cases",
    "look_afterwards",
    "look_at_change",
    "look_oneself",
    "make_appeal",
    "open_case",
    "open_cases",
    "receive_report",
    "remove_rule",
    "second_decision",
    "undo_decision",
]
