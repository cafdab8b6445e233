"""What is remembered of backups; the archives themselves are files."""

from __future__ import annotations

from django.db import models

from dorfplatz.operations.enums import BackupKind


class Backup(models.Model):
    """A backup that was written, and whether it was restored on trial since. `file` is empty when it went to a pipe."""

    kind = models.CharField(max_length=8, choices=BackupKind.choices)
    made_at = models.DateTimeField()
    file = models.CharField(max_length=500, blank=True)
    size = models.PositiveBigIntegerField()
    rows = models.PositiveBigIntegerField()
    verified_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["made_at"], name="operations_backup_made_at")]

    def __str__(self) -> str:
        return f"backup {self.pk}"
