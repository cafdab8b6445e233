"""Introductions: which two are asked, what each has said, how it went. No words of anybody are kept here.

A thing is named by its key, “ask:12”: its sort, and the id its room knows it by.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, OuterRef, Q

from dorfplatz.entries.models import Entry
from dorfplatz.gifts.models import Gift
from dorfplatz.kernel.actor import Actor
from dorfplatz.matching.enums import GOING, INTRODUCE, OPEN, State
from dorfplatz.members.models import Identity
from dorfplatz.villages.models import Area

KEY_LENGTH, PAIR_LENGTH = 40, 81


class IntroductionQuerySet(models.QuerySet["Introduction"]):
    def visible_to(self, viewer: Actor) -> IntroductionQuerySet:
        """The only door: what policies.can_run_introduction allows. Not of people a block keeps from the viewer."""
        near = Q(pk__in=[])
        if viewer.is_system:
            return self
        if viewer.is_member and viewer.hand_id is None:
            for path in viewer.paths_with(INTRODUCE):
                near |= Q(area__path__startswith=path)
        apart = AskedPerson.objects.filter(introduction=OuterRef("pk"), identity__in=list(viewer.apart_from))
        return self.filter(near).exclude(Exists(apart)) if viewer.apart_from else self.filter(near)


class Introduction(models.Model):
    """A connector brings two people together. Each is asked; only when both have said yes each hears who it is.

    `theme` is the word of our own list that both are about, where what both have said is public; else “”. It rests on
    what the two have said: with that, everything about it is erased in the same transaction.
    """

    area = models.ForeignKey(Area, models.CASCADE, related_name="+")
    connector = models.ForeignKey(Identity, models.SET_NULL, null=True, blank=True, related_name="+")
    pair = models.CharField(max_length=PAIR_LENGTH, help_text="keys of what one needs and the other has")
    needs = models.ForeignKey(Entry, models.CASCADE, related_name="+")
    has = models.ForeignKey(Entry, models.CASCADE, null=True, blank=True, related_name="+")
    gift = models.ForeignKey(Gift, models.CASCADE, null=True, blank=True, related_name="+")
    theme = models.CharField(max_length=KEY_LENGTH, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    proposed_at = models.DateTimeField()
    introduced_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = IntroductionQuerySet.as_manager()

    class Meta:
        ordering = ["-proposed_at", "-pk"]
        indexes = [
            models.Index(fields=["area", "state"], name="introduction_of_area"),
            models.Index(fields=["ended_at"], name="introduction_clock", condition=Q(ended_at__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="introduction_state_known"),
            models.UniqueConstraint(fields=["pair"], condition=Q(state__in=GOING), name="introduction_going_once"),
            models.CheckConstraint(
                condition=Q(state__in=GOING, ended_at__isnull=True) | (~Q(state__in=GOING) & Q(ended_at__isnull=False)),
                name="introduction_ends_once",
            ),
            models.CheckConstraint(
                condition=Q(has__isnull=False, gift__isnull=True) | Q(has__isnull=True, gift__isnull=False),
                name="introduction_rests_on_one_thing",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=OPEN) | Q(introduced_at__isnull=True), name="introduction_open_is_not_introduced"
            ),
        ]

    def __str__(self) -> str:
        return f"introduction {self.pk}"


class AskedPersonQuerySet(models.QuerySet["AskedPerson"]):
    def visible_to(self, viewer: Actor) -> AskedPersonQuerySet:
        """The only door: what somebody is asked herself. Not of people a block keeps from her."""
        if not viewer.is_member or viewer.hand_id is not None:
            return self.none()
        others = AskedPerson.objects.filter(introduction=OuterRef("introduction"), identity__in=list(viewer.apart_from))
        mine = self.filter(identity=viewer.identity_id)
        return mine.exclude(Exists(others)) if viewer.apart_from else mine


class AskedPerson(models.Model):
    """One of the two. `said_yes_to` is the connector who heard the yes on the phone; a no is not kept.

    Without an identity it is somebody whose conversation a connector has written down: her name stands there alone.
    """

    introduction = models.ForeignKey(Introduction, models.CASCADE, related_name="people")
    thing = models.CharField(max_length=KEY_LENGTH)
    identity = models.ForeignKey(Identity, models.CASCADE, null=True, blank=True, related_name="+")
    said_yes_at = models.DateTimeField(null=True, blank=True)
    said_yes_to = models.ForeignKey(Identity, models.SET_NULL, null=True, blank=True, related_name="+")
    thanked_at = models.DateTimeField(null=True, blank=True)

    objects = AskedPersonQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "asked people"
        indexes = [models.Index(fields=["thing"], name="asked_about_thing")]
        constraints = [models.UniqueConstraint(fields=["introduction", "identity"], name="asked_once")]

    def __str__(self) -> str:
        return f"asked person {self.pk}"


class Passed(models.Model):
    """That a connector found that two things do not fit: they are not suggested in that village for half a year."""

    area = models.ForeignKey(Area, models.CASCADE, related_name="+")
    pair = models.CharField(max_length=PAIR_LENGTH)
    by = models.ForeignKey(Identity, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "passed"
        constraints = [models.UniqueConstraint(fields=["area", "pair"], name="passed_once")]

    def __str__(self) -> str:
        return f"passed {self.pk}"


class StandingQuerySet(models.QuerySet["Standing"]):
    def visible_to(self, viewer: Actor) -> StandingQuerySet:
        """The connector it was counted for, as long as she is one there. What may be shown of it: `standing_for`."""
        near = Q(pk__in=[])
        if viewer.is_member and viewer.hand_id is None:
            for path in viewer.paths_with(INTRODUCE):
                near |= Q(area__path__startswith=path)
        return self.filter(near, connector=viewer.identity_id or 0)


class Standing(models.Model):
    """That two things might fit, as counted for one connector of late: ids and codes of reasons, no words of anybody.

    Whether it may be shown is asked anew each time. It is gone with either thing, in the same transaction.
    """

    connector = models.ForeignKey(Identity, models.CASCADE, related_name="+")
    area = models.ForeignKey(Area, models.CASCADE, related_name="+")
    pair = models.CharField(max_length=PAIR_LENGTH, help_text="keys of what one needs and the other has")
    needs = models.ForeignKey(Entry, models.CASCADE, related_name="+")
    has = models.ForeignKey(Entry, models.CASCADE, null=True, blank=True, related_name="+")
    gift = models.ForeignKey(Gift, models.CASCADE, null=True, blank=True, related_name="+")
    score = models.FloatField()
    reasons = models.JSONField(default=list)
    since = models.DateTimeField()

    objects = StandingQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "standing"
        constraints = [
            models.UniqueConstraint(fields=["connector", "pair"], name="stands_once"),
            models.CheckConstraint(
                condition=Q(has__isnull=False, gift__isnull=True) | Q(has__isnull=True, gift__isnull=False),
                name="standing_rests_on_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"standing {self.pk}"


class MonthCount(models.Model):
    """How many introductions began, came about and worked out in a village in a month. About nobody."""

    area = models.ForeignKey(Area, models.CASCADE, related_name="+")
    month = models.DateField(help_text="its first day")
    proposed = models.PositiveIntegerField(default=0)
    introduced = models.PositiveIntegerField(default=0)
    worked = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "month"], name="introductions_counted_once_a_month")]

    def __str__(self) -> str:
        return f"introductions of area {self.area_id} in {self.month}"
