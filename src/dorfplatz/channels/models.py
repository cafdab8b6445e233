"""What somebody wants to hear of and how, and what she was told."""

from __future__ import annotations

import hashlib
from datetime import datetime, time
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q

from dorfplatz.channels.enums import Rhythm, Way
from dorfplatz.entries.models import Entry
from dorfplatz.kernel.actor import Actor
from dorfplatz.members.models import Identity
from dorfplatz.villages.models import Area, Municipality


class Preferences(models.Model):
    """What one person has chosen; without a row, what is usual counts.

    `areas` are ids of the letter's villages, none for the home village. `left_out` are keys of sections, `ways` is by
    the key of a sort. In quiet hours, meant in the civil time of the municipality, nothing is sent.
    """

    identity = models.OneToOneField(Identity, models.CASCADE, primary_key=True, related_name="preferences")
    rhythm = models.CharField(max_length=8, choices=Rhythm, default=Rhythm.WEEKLY)
    areas: models.JSONField[Any, Any] = models.JSONField(default=list, blank=True)
    with_neighbours = models.BooleanField(default=True)
    left_out: models.JSONField[Any, Any] = models.JSONField(default=list, blank=True)
    ways: models.JSONField[Any, Any] = models.JSONField(default=dict, blank=True)
    quiet_from = models.TimeField(null=True, blank=True, default=time(21))
    quiet_until = models.TimeField(null=True, blank=True, default=time(7))
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "preferences"
        constraints = [
            models.CheckConstraint(condition=Q(rhythm__in=Rhythm.values), name="rhythm_known"),
            models.CheckConstraint(
                condition=Q(quiet_from__isnull=True, quiet_until__isnull=True)
                | Q(quiet_from__isnull=False, quiet_until__isnull=False),
                name="quiet_hours_have_both_ends",
            ),
        ]

    def __str__(self) -> str:
        return f"preferences of identity {self.identity_id}"


class Watch(models.Model):
    """Somebody wants to hear of what is new in an area: of one section or all, with certain words or any."""

    identity = models.ForeignKey(Identity, models.CASCADE, related_name="watches")
    area = models.ForeignKey(Area, models.CASCADE, related_name="+")
    section = models.CharField(max_length=20, blank=True)
    words = models.CharField(max_length=100, blank=True)
    way = models.CharField(max_length=8, choices=Way)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "watches"
        indexes = [models.Index(fields=["area", "section"], name="watch_area")]
        constraints = [
            models.UniqueConstraint(fields=["identity", "area", "section", "words"], name="watch_once"),
            models.CheckConstraint(condition=Q(way__in=[Way.AT_ONCE, Way.LETTER, Way.LIST]), name="watch_way_known"),
        ]

    def __str__(self) -> str:
        return f"watch {self.pk}"


class NoteQuerySet(models.QuerySet["Note"]):
    def visible_to(self, viewer: Actor, *, now: datetime) -> NoteQuerySet:
        """The only door: one's own notes, of what one may see at this moment, from whom one is not apart."""
        if viewer.identity_id is None:
            return self.none()
        seen = Entry.objects.filter(pk=OuterRef("entry_id")).visible_to(viewer, now=now)
        found = self.filter(Q(entry__isnull=True) | Exists(seen), identity_id=viewer.identity_id)
        if viewer.apart_from:
            found = found.filter(Q(told_by__isnull=True) | ~Q(told_by_id__in=viewer.apart_from))
        return found


class Note(models.Model):
    """Somebody was told of something: ids only, the words are made when it is read.

    `key` names what it is about: the same is told to the same person once. `about` holds ids and days.
    """

    identity = models.ForeignKey(Identity, models.CASCADE, related_name="notes")
    sort = models.CharField(max_length=20)
    key = models.CharField(max_length=100)
    entry = models.ForeignKey(Entry, models.CASCADE, null=True, blank=True, related_name="+")
    told_by = models.ForeignKey(Identity, models.SET_NULL, null=True, blank=True, related_name="+")
    about: models.JSONField[Any, Any] = models.JSONField(default=dict, blank=True)
    way = models.CharField(max_length=8, choices=Way)
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    carried_at = models.DateTimeField(null=True, blank=True, help_text="put into a mail or a letter")

    objects = NoteQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["identity", "-id"], name="note_list"),
            models.Index(fields=["identity"], name="note_unread", condition=Q(read_at__isnull=True)),
            models.Index(fields=["made_at"], name="note_age"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["identity", "key"], name="note_told_once"),
            models.CheckConstraint(condition=Q(way__in=[Way.AT_ONCE, Way.LETTER, Way.LIST]), name="note_way_known"),
        ]

    def __str__(self) -> str:
        return f"note {self.pk}"


class LetterRun(models.Model):
    """That the letters of one morning were begun in a municipality; `slot` is “weekly-2026-11-26”."""

    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="+")
    slot = models.CharField(max_length=20)
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["municipality", "slot"], name="letters_begun_once")]

    def __str__(self) -> str:
        return self.slot


class Letter(models.Model):
    """That somebody has the letter of a morning, or that there was nothing to say: each person once."""

    identity = models.ForeignKey(Identity, models.CASCADE, related_name="letters")
    slot = models.CharField(max_length=20)
    is_sent = models.BooleanField()
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["made_at"], name="letter_age")]
        constraints = [models.UniqueConstraint(fields=["identity", "slot"], name="letter_once")]

    def __str__(self) -> str:
        return f"letter {self.pk}"


def hash_of_endpoint(endpoint: str) -> str:
    return hashlib.sha256(endpoint.encode()).hexdigest()


class PushSubscription(models.Model):
    """A browser on which somebody wants notes to show: where its push service takes them, and its keys."""

    identity = models.ForeignKey(Identity, models.CASCADE, related_name="devices")
    endpoint = models.CharField(max_length=1000)
    endpoint_hash = models.CharField(max_length=64, unique=True)
    p256dh = models.CharField(max_length=100)
    auth = models.CharField(max_length=40)
    failed_count = models.PositiveSmallIntegerField(default=0, help_text="in a row")
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"device {self.pk}"
