"""How the backups stand; tells nothing about persons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Max, Min

from dorfplatz.operations.models import Backup

SEE = "operations.see"


@dataclass(frozen=True)
class BackupState:
    """When the last backup was made, when one was last restored on trial, and since when the square stands."""

    since: datetime
    made_at: datetime | None
    verified_at: datetime | None


def backup_state(now: datetime) -> BackupState:
    """The state of the backups, for `dorfplatz check` and the page of operators."""
    found = Backup.objects.aggregate(made_at=Max("made_at"), verified_at=Max("verified_at"))
    since = MigrationRecorder.Migration.objects.aggregate(since=Min("applied"))["since"]
    return BackupState(since=since or now, **found)
