"""The calendar: what happens when, in civil time, once or in a series; and each date of it as a row of its own.

`Event` says it as people do. `Occurrence` and `OccurrenceDay` are worked out from it for a rolling window, so that a
list is a plain question to an index, however many dates there are.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q

from dorfplatz.entries.models import Entry
from dorfplatz.events.civil import Span
from dorfplatz.events.enums import Change, Status
from dorfplatz.events.recurrence import Rule, read_rule
from dorfplatz.events.series import Single
from dorfplatz.members.models import Identity
from dorfplatz.places.enums import StepFree
from dorfplatz.places.models import Category, Listing
from dorfplatz.villages.models import Area


class Event(models.Model):
    """What happens, beside the words of its entry. The span is that of the first date; `rule` is an RRULE or “”.

    `zone` is the IANA name of the time zone in which the hours are meant. `holiday_region` names the school holidays
    during which a series pauses. `uid` is the event's name in other calendars, for ever.
    """

    entry = models.OneToOneField(Entry, models.CASCADE, primary_key=True, related_name="event")
    starts_on = models.DateField()
    starts_time = models.TimeField(null=True, blank=True)
    ends_on = models.DateField()
    ends_time = models.TimeField(null=True, blank=True)
    zone = models.CharField(max_length=40)
    rule = models.CharField(max_length=400, blank=True)
    holiday_region = models.CharField(max_length=12, blank=True)
    place = models.ForeignKey(Listing, models.SET_NULL, null=True, blank=True, related_name="events_here")
    place_words = models.CharField(max_length=200, blank=True)
    organiser = models.ForeignKey(Listing, models.SET_NULL, null=True, blank=True, related_name="events_of")
    theme = models.ForeignKey(Category, models.PROTECT, null=True, blank=True, related_name="+")
    generations = models.PositiveSmallIntegerField(default=0, help_text="bits of places.enums.Generation, 0 for all")
    is_free = models.BooleanField(null=True, blank=True)
    cost_note = models.CharField(max_length=200, blank=True)
    step_free = models.CharField(max_length=8, choices=StepFree, default=StepFree.UNKNOWN)
    spoken_languages: models.JSONField[Any, Any] = models.JSONField(default=list, blank=True)
    registration = models.CharField(max_length=300, blank=True)
    takes_names = models.BooleanField(default=True, help_text="whether one can say “I’m coming”")
    capacity = models.PositiveIntegerField(null=True, blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.PLANNED)
    status_word = models.CharField(max_length=300, blank=True)
    uid = models.CharField(max_length=255, unique=True)
    sequence = models.PositiveIntegerField(default=0)
    form_key = models.CharField(max_length=40, unique=True, null=True, blank=True)
    expanded_until = models.DateField(null=True, blank=True)
    missing_since = models.DateTimeField(null=True, blank=True, help_text="vanished from its source")

    class Meta:
        indexes = [models.Index(fields=["expanded_until"], name="event_expanded", condition=~Q(rule=""))]
        constraints = [
            models.CheckConstraint(condition=Q(starts_on__lte=F("ends_on")), name="event_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(starts_time__isnull=False) | Q(ends_time__isnull=True), name="event_all_day_has_no_hours"
            ),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="event_status_known"),
            models.CheckConstraint(condition=Q(step_free__in=StepFree.values), name="event_step_free_known"),
            models.CheckConstraint(condition=Q(generations__lt=32), name="event_generations_known"),
            models.CheckConstraint(condition=Q(capacity__isnull=True) | Q(capacity__gte=1), name="event_capacity"),
        ]

    def __str__(self) -> str:
        return f"event {self.pk}"

    @property
    def span(self) -> Span:
        return Span(self.starts_on, self.starts_time, self.ends_on, self.ends_time, self.zone)

    @property
    def series_rule(self) -> Rule | None:
        return read_rule(self.rule) if self.rule else None


class SingleDate(models.Model):
    """What differs on one date of an event; the hours are those of a moved or an added one."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="single_dates")
    on = models.DateField(help_text="the day it would have been; of an added date its own")
    change = models.CharField(max_length=10, choices=Change)
    starts_on = models.DateField(null=True, blank=True)
    starts_time = models.TimeField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    ends_time = models.TimeField(null=True, blank=True)
    word = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["on"]
        constraints = [
            models.UniqueConstraint(fields=["event", "on"], name="single_date_once"),
            models.CheckConstraint(condition=Q(change__in=Change.values), name="single_date_change_known"),
            models.CheckConstraint(
                condition=Q(change__in=[Change.CANCELLED, Change.OMITTED])
                | Q(starts_on__isnull=False, ends_on__isnull=False),
                name="single_date_has_its_days",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.change} {self.on}"

    def as_single(self, zone: str) -> Single:
        span = None
        if self.starts_on is not None and self.ends_on is not None:
            span = Span(self.starts_on, self.starts_time, self.ends_on, self.ends_time, zone)
        return Single(self.on, Change(self.change), span, self.word)


class Occurrence(models.Model):
    """One date of an event, as lists show it. `on` names it within its event, wherever it was moved."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="occurrences")
    on = models.DateField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    first_on = models.DateField()
    last_on = models.DateField()
    change = models.CharField(max_length=10, choices=Change, blank=True)
    word = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["event", "ends_at"], name="occurrence_next"),
            models.Index(fields=["ends_at"], name="occurrence_over"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["event", "on"], name="occurrence_once"),
            models.CheckConstraint(condition=Q(starts_at__lte=F("ends_at")), name="occurrence_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} {self.on}"


class OccurrenceDay(models.Model):
    """A day on which an occurrence stands in an area's calendar."""

    occurrence = models.ForeignKey(Occurrence, models.CASCADE, related_name="days")
    area = models.ForeignKey(Area, models.CASCADE, related_name="+")
    day = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["area", "day", "occurrence"], name="occurrence_day_calendar")]
        constraints = [models.UniqueConstraint(fields=["occurrence", "area", "day"], name="occurrence_day_once")]

    def __str__(self) -> str:
        return f"{self.area_id} {self.day}"


class Coming(models.Model):
    """Somebody comes on that date of an event, `persons` with herself. Seen by the organiser, and by those who come
    where she chose so."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="comings")
    on = models.DateField()
    identity = models.ForeignKey(Identity, models.CASCADE, related_name="+")
    persons = models.PositiveSmallIntegerField(default=1)
    shows_name = models.BooleanField(default=False)
    said_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "on", "identity"], name="coming_once"),
            models.CheckConstraint(condition=Q(persons__range=(1, 20)), name="coming_persons"),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} {self.on}"
