"""What comments tells."""

from dataclasses import dataclass

from dorfplatz.kernel.facts import Fact


@dataclass(frozen=True)
class CommentWritten(Fact):
    """Somebody has commented on an entry, or answered a comment (`parent_id`)."""

    comment_id: int
    entry_id: int
    parent_id: int | None


@dataclass(frozen=True)
class CommentChanged(Fact):
    """A comment says something else now."""

    comment_id: int
    entry_id: int


@dataclass(frozen=True)
class CommentWithheld(Fact):
    """A comment was hidden by those in charge, or taken away by its author."""

    comment_id: int
    entry_id: int
