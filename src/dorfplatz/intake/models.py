"""What somebody without internet was told. What there is to tell her itself is in the rooms' own tables."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from dorfplatz.kernel.actor import Actor
from dorfplatz.members.models import Identity
from dorfplatz.members.queries import looked_after

KEY_LENGTH = 60
LONGEST_NOTE = 500


class ToldQuerySet(models.QuerySet["Told"]):
    def visible_to(self, viewer: Actor, *, now: datetime) -> ToldQuerySet:
        """The only door: of those for whom the viewer acts by their consent. Who acts for another reads none."""
        people = [mandate.person_id for mandate in looked_after(viewer, now=now)]
        return self.filter(person__in=people)


class Told(models.Model):
    """That somebody was told one thing, and what she said to it. `told_at` is empty where that was taken back.

    A thing is named by its source's key, “answer:12”. It goes with the person, and after a while by itself.
    """

    person = models.ForeignKey(Identity, models.CASCADE, related_name="+")
    key = models.CharField(max_length=KEY_LENGTH)
    told_at = models.DateTimeField(null=True, blank=True)
    said = models.TextField(max_length=LONGEST_NOTE, blank=True)
    by = models.ForeignKey(Identity, models.SET_NULL, null=True, blank=True, related_name="+")
    noted_at = models.DateTimeField()

    objects = ToldQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "told"
        constraints = [
            models.UniqueConstraint(fields=["person", "key"], name="told_once"),
            models.CheckConstraint(condition=~Q(key=""), name="told_what"),
        ]
        indexes = [models.Index(fields=["noted_at"], name="told_clock")]

    def __str__(self) -> str:
        return f"told {self.pk}"
