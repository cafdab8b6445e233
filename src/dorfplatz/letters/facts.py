"""What letters tells: that there is one, never what it says."""

from dataclasses import dataclass

from dorfplatz.kernel.facts import Fact


@dataclass(frozen=True)
class LetterSent(Fact):
    """Somebody has written to these people. `from_id` is nobody where an organisation writes."""

    letter_id: int
    thread_id: int
    to_ids: tuple[int, ...]
    from_id: int | None


@dataclass(frozen=True)
class ThreadRead(Fact):
    """Somebody has looked at her letters, or thrown them away."""

    thread_id: int
    identity_id: int
