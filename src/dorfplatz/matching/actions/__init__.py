"""What is done about introductions, by subject."""

from dorfplatz.matching.actions.clocks import end_waiting, erase_long_over, withdraw_people
from dorfplatz.matching.actions.introduce import (
    answer_question,
    call_off_introduction,
    pass_suggestion,
    propose_introduction,
    say_outcome,
    say_thanks,
)
from dorfplatz.matching.actions.standing import count_standing

__all__ = [
    "answer_question",
    "call_off_introduction",
    "count_standing",
    "end_waiting",
    "erase_long_over",
    "pass_suggestion",
    "propose_introduction",
    "say_outcome",
    "say_thanks",
    "withdraw_people",
]
