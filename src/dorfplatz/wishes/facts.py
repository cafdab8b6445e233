"""What wishes tells."""

from dataclasses import dataclass

from dorfplatz.kernel.facts import Fact


@dataclass(frozen=True)
class WishAnswered(Fact):
    """A connector has said something to a wish, and how far it is now."""

    entry_id: int
    reply_id: int
