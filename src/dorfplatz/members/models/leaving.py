"""Going away, and who has looked."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from dorfplatz.members.enums import LookedAt, WhyLeaving
from dorfplatz.members.models.identities import Identity


class Leaving(models.Model):
    """That somebody goes: everything about her is erased at `due_at`, unless she says before that she stays."""

    identity = models.OneToOneField(Identity, models.CASCADE, primary_key=True, related_name="leaving")
    why = models.CharField(max_length=8, choices=WhyLeaving)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(due_at__gt=F("asked_at")), name="leaving_takes_a_while"),
            models.CheckConstraint(condition=Q(why__in=WhyLeaving.values), name="leaving_why_known"),
        ]

    def __str__(self) -> str:
        return f"leaving of identity {self.identity_id}"


class Look(models.Model):
    """That somebody with a role looked at what is not for everybody: once for each page and day."""

    identity = models.ForeignKey(Identity, models.CASCADE, related_name="looks")
    by = models.ForeignKey(Identity, models.SET_NULL, null=True, related_name="+")
    page = models.CharField(max_length=10, choices=LookedAt)
    on = models.DateField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["identity", "by", "page", "on"], name="look_noted_once_a_day"),
            models.CheckConstraint(condition=Q(page__in=LookedAt.values), name="look_page_known"),
        ]

    def __str__(self) -> str:
        return f"look at identity {self.identity_id}"
