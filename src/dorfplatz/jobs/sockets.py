"""What jobs offers: a place for what recurs."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from dorfplatz.kernel.registry import Registry

_EPOCH = datetime(2020, 1, 6, tzinfo=UTC)  # a Monday, so that weekly slots begin on one


@dataclass(frozen=True)
class Periodic:
    """A task that recurs: `task` is the dotted name of a task, `kwargs` its arguments.

    Each slot of length `every`, beginning `offset` into it (UTC), is enqueued once, however many workers run.
    Slots that passed while nothing ran are left out. The task must do no harm when it runs twice.
    """

    task: str
    every: timedelta
    offset: timedelta = timedelta(0)
    kwargs: dict[str, Any] = field(default_factory=dict)

    def slot_at(self, now: datetime) -> datetime:
        """The beginning of the slot that `now` lies in."""
        return now - (now - _EPOCH - self.offset) % self.every


periodic: Registry[Periodic] = Registry("periodic jobs")
