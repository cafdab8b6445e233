"""Wishes: what a village lacks or likes, who joins in, what is said to it, what belongs together."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from dorfplatz.entries.models import Entry
from dorfplatz.media.models import Picture
from dorfplatz.members.models import Identity
from dorfplatz.villages.models import Area, Municipality
from dorfplatz.wishes.enums import Mood, Status


class Theme(models.Model):
    """What several wishes are about, named by connectors: `name` by language."""

    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="+")
    name = models.JSONField(default=dict)
    named_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"theme {self.pk}"


class FlipChart(models.Model):
    """A sheet on which neighbours wrote at the market stand: where and when it hung. Its photos may show names."""

    area = models.ForeignKey(Area, models.CASCADE, related_name="+")
    place = models.CharField(max_length=80)
    held_on = models.DateField()
    shows_photos = models.BooleanField(default=False, help_text="whether others than connectors see the photos")
    typed_by = models.ForeignKey(Identity, models.SET_NULL, null=True, blank=True, related_name="+")
    typed_at = models.DateTimeField()
    form_key = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return f"flip chart {self.pk}"


class ChartPhoto(models.Model):
    chart = models.ForeignKey(FlipChart, models.CASCADE, related_name="photos")
    picture = models.OneToOneField(Picture, models.CASCADE, related_name="+")

    class Meta:
        ordering = ["pk"]


class Wish(models.Model):
    """What the spine does not say of a wish.

    `on_paper` is how many ticked “me too” on paper. `set_out_by` is the connector who wrote it for somebody without
    internet, the entry's author then being that person; of a `chart`, who typed it off is the author.
    """

    entry = models.OneToOneField(Entry, models.CASCADE, primary_key=True, related_name="wish")
    mood = models.CharField(max_length=8, choices=Mood)
    status = models.CharField(max_length=12, choices=Status, default=Status.OPEN)
    answered_at = models.DateTimeField(null=True, blank=True)
    theme = models.ForeignKey(Theme, models.SET_NULL, null=True, blank=True, related_name="wishes")
    chart = models.ForeignKey(FlipChart, models.SET_NULL, null=True, blank=True, related_name="wishes")
    on_paper = models.PositiveSmallIntegerField(default=0)
    set_out_by = models.ForeignKey(Identity, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["status", "entry"], name="wish_status")]
        constraints = [
            models.CheckConstraint(condition=Q(mood__in=Mood.values), name="wish_mood_known"),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="wish_status_known"),
            models.CheckConstraint(
                condition=Q(status=Status.OPEN) | Q(answered_at__isnull=False), name="wish_step_has_an_answer"
            ),
        ]

    def __str__(self) -> str:
        return f"wish {self.pk}"

    @property
    def is_for_another(self) -> bool:
        """Whether a connector set it out for somebody."""
        return self.set_out_by_id is not None and self.set_out_by_id != self.entry.author_id


class MeToo(models.Model):
    """“Me too”: somebody joins in a wish. Others see how many, connectors who."""

    wish = models.ForeignKey(Wish, models.CASCADE, related_name="me_toos")
    identity = models.ForeignKey(Identity, models.CASCADE, related_name="+")
    said_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["wish", "identity"], name="me_too_once")]


class Reply(models.Model):
    """What a connector says to a wish, and how far it is with it. `form_key`: a form sent twice says it once."""

    wish = models.ForeignKey(Wish, models.CASCADE, related_name="replies")
    status = models.CharField(max_length=12, choices=Status)
    words = models.TextField(max_length=1000)
    language = models.CharField(max_length=5)
    said_by = models.ForeignKey(Identity, models.SET_NULL, null=True, blank=True, related_name="+")
    said_at = models.DateTimeField()
    form_key = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["said_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=Status.values) & ~Q(status=Status.OPEN), name="reply_status_known"
            ),
        ]

    def __str__(self) -> str:
        return f"reply {self.pk}"
