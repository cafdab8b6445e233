"""What jobs tells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dorfplatz.kernel.facts import Fact


@dataclass(frozen=True)
class JobParked(Fact):
    """A job has failed too often and waits for a person. `task` is its dotted name, `job_id` its UUID."""

    job_id: str
    task: str
    at: datetime
