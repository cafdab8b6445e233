"""What ask and offer tells."""

from dataclasses import dataclass

from dorfplatz.kernel.facts import Fact


@dataclass(frozen=True)
class AskUnanswered(Fact):
    """Nobody has answered an ask for so many hours. Told once for 24 and once for 72."""

    entry_id: int
    hours: int


@dataclass(frozen=True)
class AnswerGiven(Fact):
    """Somebody has answered; what was said stays between the two."""

    entry_id: int
    answer_id: int


@dataclass(frozen=True)
class ExchangeSolved(Fact):
    """What was asked for is done, or what was offered is taken."""

    entry_id: int
