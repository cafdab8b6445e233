"""What is kept of a village on its way to opening: numbers, and its own points. Nothing about persons."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from dorfplatz.kernel.actor import Actor
from dorfplatz.villages.enums import PREPARE
from dorfplatz.villages.models import Area, Municipality

LONGEST_POINT = 120


class Kit(models.Model):
    """A village's own number of neighbours wanted; and that its connectors were told that so many have said yes."""

    area = models.OneToOneField(Area, models.CASCADE, primary_key=True, related_name="launch_kit")
    wanted = models.PositiveSmallIntegerField(null=True, blank=True, help_text="none: by the number of inhabitants")
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(wanted=None) | Q(wanted__gte=1), name="launch_wants_somebody")
        ]

    def __str__(self) -> str:
        return f"kit of area {self.area_id}"


class OwnPointQuerySet(models.QuerySet["OwnPoint"]):
    def visible_to(self, viewer: Actor) -> OwnPointQuerySet:
        """The only door: for those who prepare the village."""
        if viewer.is_system:
            return self
        near = Q(pk__in=[])
        for path in viewer.paths_with(PREPARE):
            near |= Q(area__path__startswith=path)
        return self.filter(near)


class OwnPoint(models.Model):
    """What else a village wants to have done before it opens: “spoken with the fire brigade”."""

    area = models.ForeignKey(Area, models.CASCADE, related_name="+")
    text = models.CharField(max_length=LONGEST_POINT)
    done_at = models.DateTimeField(null=True, blank=True)

    objects = OwnPointQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="own_point_says_something"),
            models.UniqueConstraint(fields=["area", "text"], name="own_point_once"),
        ]

    def __str__(self) -> str:
        return self.text


class OwnMeasure(models.Model):
    """How much of something a municipality wants its villages to have, other than `points.STANDARD` says."""

    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="+")
    point = models.SlugField(max_length=20)
    least = models.PositiveSmallIntegerField()
    per = models.PositiveIntegerField(default=0, help_text="one for every so many inhabitants; 0: always `least`")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["municipality", "point"], name="own_measure_once")]

    def __str__(self) -> str:
        return f"{self.point}: {self.least}, one for {self.per}"
