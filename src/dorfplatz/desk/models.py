"""The desk: what connectors have put off, handed on, noted and done. What waits itself is in the rooms' own tables.

An item is named by its key, “ask:12”: the duty, and the id its room knows it by.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from dorfplatz.desk.enums import USE_DESK
from dorfplatz.kernel.actor import Actor
from dorfplatz.members.models import Identity
from dorfplatz.places.models import Category
from dorfplatz.villages.models import Area

KEY_LENGTH = 60
VISIT_LENGTH = 160


class Snooze(models.Model):
    """One connector wants to see an item again from that moment on; her colleagues still see it."""

    identity = models.ForeignKey(Identity, models.CASCADE, related_name="+")
    key = models.CharField(max_length=KEY_LENGTH)
    until = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["identity", "key"], name="snooze_once")]

    def __str__(self) -> str:
        return f"snooze {self.pk}"


class HandedOn(models.Model):
    """An item that one connector gave another of the same village: on her desk alone, until she hands it on."""

    key = models.CharField(max_length=KEY_LENGTH, unique=True)
    area = models.ForeignKey(Area, models.CASCADE, related_name="+")
    by = models.ForeignKey(Identity, models.SET_NULL, null=True, blank=True, related_name="+")
    to = models.ForeignKey(Identity, models.CASCADE, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"handed on {self.pk}"


class NoteQuerySet(models.QuerySet["Note"]):
    def visible_to(self, viewer: Actor) -> NoteQuerySet:
        """The only door: notes of the villages whose desk the viewer has. Who acts for another reads none."""
        near = Q(pk__in=[])
        if viewer.hand_id is None:
            for path in viewer.paths_with(USE_DESK):
                near |= Q(area__path__startswith=path)
        return self.filter(near)


class Note(models.Model):
    """What a connector wants to remember of an item. It is erased on the day she was told when writing it."""

    area = models.ForeignKey(Area, models.CASCADE, related_name="+")
    key = models.CharField(max_length=KEY_LENGTH)
    text = models.TextField(max_length=500)
    by = models.ForeignKey(Identity, models.SET_NULL, null=True, blank=True, related_name="+")
    written_at = models.DateTimeField()
    erase_on = models.DateField()
    is_for_successor = models.BooleanField(default=False, help_text="whether it may be handed over when she leaves")

    objects = NoteQuerySet.as_manager()

    class Meta:
        ordering = ["written_at", "pk"]
        indexes = [
            models.Index(fields=["key"], name="desk_note_of_item"),
            models.Index(fields=["erase_on"], name="desk_note_clock"),
        ]

    def __str__(self) -> str:
        return f"note {self.pk}"


class Done(models.Model):
    """That something was done about an item: it is left in peace for a while, and counts for the week."""

    key = models.CharField(max_length=KEY_LENGTH)
    area = models.ForeignKey(Area, models.CASCADE, related_name="+")
    by = models.ForeignKey(Identity, models.SET_NULL, null=True, blank=True, related_name="+")
    done_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["key", "done_at"], name="desk_done_of_item"),
            models.Index(fields=["by", "done_at"], name="desk_done_by"),
            models.Index(fields=["area", "done_at"], name="desk_done_area"),
        ]

    def __str__(self) -> str:
        return f"done {self.pk}"


class Tally(models.Model):
    """How many things waited on somebody's desk when they were last counted: for the menu, at the price of one row."""

    identity = models.OneToOneField(Identity, models.CASCADE, primary_key=True, related_name="+")
    count = models.PositiveIntegerField()
    counted_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "tallies"

    def __str__(self) -> str:
        return f"tally of identity {self.identity_id}"


class Freshness(models.Model):
    """How much of what stands in an area, by category of the first level, was confirmed on a day. About nobody."""

    area = models.ForeignKey(Area, models.CASCADE, related_name="+")
    category = models.ForeignKey(Category, models.CASCADE, related_name="+")
    on = models.DateField()
    total = models.PositiveIntegerField()
    fresh = models.PositiveIntegerField()

    class Meta:
        verbose_name_plural = "freshness"
        constraints = [models.UniqueConstraint(fields=["area", "on", "category"], name="freshness_once_a_day")]

    def __str__(self) -> str:
        return f"freshness {self.pk}"


class Visit(models.Model):
    """The day on which the team was last at a place: in a street, at a club, once round the village.

    Of nobody's home, and by nobody's name: it is the village that has been visited.
    """

    area = models.ForeignKey(Area, models.CASCADE, related_name="+")
    place = models.CharField(max_length=VISIT_LENGTH, help_text="as “Place.key” of the visit list")
    on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "place"], name="visit_once")]

    def __str__(self) -> str:
        return f"visit {self.pk}"
