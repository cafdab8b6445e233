"""What came of reading a source. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dorfplatz.imports.drafts import Rejected


@dataclass(frozen=True)
class Outcome:
    """Counts of entries, and each record not taken over. `joined`: records that are another one again, with its key."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    vanished: int = 0
    returned: int = 0
    joined: Sequence[tuple[str, str]] = ()
    rejected: Sequence[Rejected] = ()
    data_at: datetime | None = None

    @property
    def counts(self) -> dict[str, int]:
        return {
            "added": self.added,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "vanished": self.vanished,
            "returned": self.returned,
            "joined": len(self.joined),
            "rejected": len(self.rejected),
        }

    def report(self) -> dict[str, Any]:
        """As JSON: the counts, when the data were taken, every joined record, every rejected one with its reason."""
        return {
            "counts": self.counts,
            "data_at": self.data_at.isoformat() if self.data_at else None,
            "joined": [{"key": key, "into": lead} for key, lead in self.joined],
            "rejected": [{"key": record.key, "reason": record.reason} for record in self.rejected],
        }
