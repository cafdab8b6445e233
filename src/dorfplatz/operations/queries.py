"""How the backups stand; tells nothing about persons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from dorfplatz.operations.models import Backup


@dataclass(frozen=True)
class BackupState:
    """When the last backup was made, and when one was last restored on trial."""

    made_at: datetime | None
    verified_at: datetime | None


def backup_state() -> BackupState:
    """The state of the backups, for `dorfplatz check` and the page of operators."""
    found = Backup.objects.aggregate(made_at=Max("made_at"), verified_at=Max("verified_at"))
    return BackupState(**found)
