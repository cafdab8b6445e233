"""Where imported entries come from, and what each source said about them last."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from dorfplatz.events.models import Event
from dorfplatz.imports.enums import SourceKind
from dorfplatz.imports.faults import said
from dorfplatz.places.models import Listing
from dorfplatz.square.models import Post
from dorfplatz.villages.models import Area, Municipality


class Source(models.Model):
    """One collection of data a municipality takes in again and again: its OpenStreetMap, one of its tables.

    `data_at` is when the data were taken (“Stand”), `read_at` when they were last read here. A calendar or feed at a
    web address is read again by itself: at `due_at`, later after each of its `failures`, not after `ended_at`; `area`
    is where its dates and news are set out, `fingerprint` that of the file as it was last, `etag` and `modified` what
    its server said of that state. `counts` are those of the last reading, `fault` says why it came to nothing.
    """

    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=SourceKind)
    label = models.CharField(max_length=120)
    licence = models.CharField(max_length=120, blank=True)
    attribution = models.CharField(max_length=200, blank=True)
    website = models.URLField(max_length=500, blank=True)
    address = models.CharField(max_length=500, blank=True, help_text="name of the file, or the address it came from")
    data_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField()
    area = models.ForeignKey(Area, models.SET_NULL, null=True, blank=True, related_name="+")
    organiser = models.ForeignKey(Listing, models.SET_NULL, null=True, blank=True, related_name="+")
    fingerprint = models.CharField(max_length=64, blank=True)
    etag = models.CharField(max_length=200, blank=True, default="")
    modified = models.CharField(max_length=200, blank=True, default="")
    failures = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    counts: models.JSONField[Any, Any] = models.JSONField(default=dict, blank=True)
    fault = models.CharField(max_length=300, blank=True)
    fault_values: models.JSONField[Any, Any] = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "kind", "label"], name="source_once"),
            models.CheckConstraint(condition=Q(kind__in=SourceKind.values), name="source_kind_known"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def sentence(self) -> str:
        """Why the last reading came to nothing, in the active language; "" when it did not."""
        return said(self.fault, self.fault_values) if self.fault else ""


class SourceRecord(models.Model):
    """One thing of a source and the entry it became.

    `values` is what the source said last, so that the next reading can tell people's words from the source's own.
    `also` are further keys under which the source has the same thing.
    """

    source = models.ForeignKey(Source, models.CASCADE, related_name="records")
    key = models.CharField(max_length=200)
    listing = models.OneToOneField(Listing, models.CASCADE, related_name="source_record")
    values: models.JSONField[Any, Any] = models.JSONField()
    fingerprint = models.CharField(max_length=64)
    also: models.JSONField[Any, Any] = models.JSONField(default=list, blank=True)
    vanished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "key"], name="source_record_once")]

    def __str__(self) -> str:
        return self.key


class DateRecord(models.Model):
    """One event of a calendar and the entry it became; `stated` is the fingerprint of what the calendar said last.

    `written` is that of the event as we wrote it: where it is another now, people have changed it, and theirs stays.
    """

    source = models.ForeignKey(Source, models.CASCADE, related_name="dates")
    key = models.CharField(max_length=255)
    event = models.OneToOneField(Event, models.CASCADE, related_name="date_record")
    stated = models.CharField(max_length=64)
    written = models.CharField(max_length=64)
    vanished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "key"], name="date_record_once")]

    def __str__(self) -> str:
        return self.key


class NewsRecord(models.Model):
    """One piece of news of a feed and the post it became; `stated` and `written` as in DateRecord."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="news")
    key = models.CharField(max_length=255)
    post = models.OneToOneField(Post, models.CASCADE, related_name="news_record")
    stated = models.CharField(max_length=64)
    written = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "key"], name="news_record_once")]

    def __str__(self) -> str:
        return self.key


class Reading(models.Model):
    """One reading of one file, with its counts, for the page of imports.

    `fault` is the untranslated sentence that says why nothing came of it, `fault_values` what stands in its gaps.
    """

    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="+")
    source = models.ForeignKey(Source, models.CASCADE, null=True, blank=True, related_name="readings")
    kind = models.CharField(max_length=8, choices=SourceKind)
    address = models.CharField(max_length=500)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    counts: models.JSONField[Any, Any] = models.JSONField(default=dict, blank=True)
    rejected: models.JSONField[Any, Any] = models.JSONField(default=list, blank=True)
    fault = models.CharField(max_length=300, blank=True)
    fault_values: models.JSONField[Any, Any] = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["-began_at", "-pk"]
        indexes = [models.Index(fields=["municipality", "-began_at"], name="reading_latest")]
        constraints = [models.CheckConstraint(condition=Q(kind__in=SourceKind.values), name="reading_kind_known")]

    def __str__(self) -> str:
        return f"{self.kind} {self.began_at:%Y-%m-%d}"

    @property
    def sentence(self) -> str:
        """Why nothing came of it, in the active language; "" when something did."""
        return said(self.fault, self.fault_values) if self.fault else ""
