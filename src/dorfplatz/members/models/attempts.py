"""How often something was tried."""

from __future__ import annotations

from django.db import models


class AttemptCount(models.Model):
    """How often something was tried in a window of time and in the one before. `key` is a keyed hash, never a name.

    Written by `limits.count_attempt` only, in one statement.
    """

    key = models.CharField(max_length=64, primary_key=True)
    window = models.BigIntegerField(help_text="number of the window since 1970")
    count = models.PositiveIntegerField()
    before = models.PositiveIntegerField(default=0, help_text="count of the window before")
    forget_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.count} in window {self.window}"
