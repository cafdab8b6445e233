"""What operating writes down."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import DatabaseError, transaction

from dorfplatz.operations.enums import BackupKind
from dorfplatz.operations.models import Backup

REMEMBERED = timedelta(days=400)


def note_backup(kind: BackupKind, *, file: str, size: int, rows: int, now: datetime) -> Backup | None:
    """Remember that a backup was made.

    None when the tables are too old to remember it in, before an update: the backup is good all the same.
    """
    try:
        with transaction.atomic():
            Backup.objects.filter(made_at__lt=now - REMEMBERED).delete()
            return Backup.objects.create(kind=kind, made_at=now, file=file[:500], size=size, rows=rows)
    except DatabaseError:
        return None


@transaction.atomic
def note_verified(backup: Backup, *, now: datetime) -> None:
    """Remember that a backup was restored on trial and came out equal."""
    Backup.objects.filter(pk=backup.pk).update(verified_at=now)
