"""Posts: what neighbours tell each other."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from dorfplatz.entries.models import Entry
from dorfplatz.square.enums import Sort


class Post(models.Model):
    """What the spine does not say of a post. `tips` are lines of what helps now; `settled_at`: found, or over."""

    entry = models.OneToOneField(Entry, models.CASCADE, primary_key=True, related_name="post")
    sort = models.CharField(max_length=12, choices=Sort)
    tips = models.TextField(max_length=2_000, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["sort", "entry"], name="post_sort")]
        constraints = [models.CheckConstraint(condition=Q(sort__in=Sort.values), name="post_sort_known")]

    def __str__(self) -> str:
        return f"{self.sort} {self.pk}"
