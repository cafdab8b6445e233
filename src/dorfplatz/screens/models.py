"""Screens: which hang where, and since when each was heard of."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from dorfplatz.places.models import Listing
from dorfplatz.villages.models import Area


class Screen(models.Model):
    """One browser in a window, at a wall, in a hall. Whoever has its address sees what strangers may read anyway.

    `languages` take turns; the first is that of its address. At night, from hour to hour of the villages' clock, it is
    dark. `seen_at` is the hour in which it last asked for news; nothing else is noted of it.
    """

    area = models.ForeignKey(Area, models.CASCADE, related_name="+")
    organization = models.ForeignKey(Listing, models.SET_NULL, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=60)
    languages: models.JSONField[Any, Any] = models.JSONField(default=list)
    touch = models.BooleanField(default=False)
    night_from = models.PositiveSmallIntegerField(null=True, blank=True)
    night_until = models.PositiveSmallIntegerField(null=True, blank=True)
    set_up_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(night_from=None, night_until=None) | Q(night_from__lt=24, night_until__lt=24),
                name="screen_night_has_both_ends",
            ),
        ]

    def __str__(self) -> str:
        return f"screen {self.pk}"
