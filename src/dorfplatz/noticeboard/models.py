"""The village paper: which weeks or months there are, and what an editor has said of single items."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q

from dorfplatz.entries.models import Entry
from dorfplatz.kernel.actor import Actor
from dorfplatz.media.models import Picture
from dorfplatz.members.models import Identity
from dorfplatz.noticeboard.enums import PaperState, Period, Shape, Wish
from dorfplatz.villages.models import Area


class Paper(models.Model):
    """One issue for one area. It fills itself until it is published; from then on it says what it said at `filled_at`.

    `version` counts changes, so that each is printed anew.
    """

    area = models.ForeignKey(Area, models.CASCADE, related_name="+")
    period = models.CharField(max_length=5, choices=Period, default=Period.WEEK)
    starts_on = models.DateField()
    state = models.CharField(max_length=9, choices=PaperState, default=PaperState.DRAFT)
    greeting = models.TextField(max_length=800, blank=True)
    greeting_language = models.CharField(max_length=5, blank=True)
    picture = models.ForeignKey(Picture, models.SET_NULL, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)
    begun_by = models.ForeignKey(Identity, models.SET_NULL, null=True, blank=True, related_name="+")
    begun_at = models.DateTimeField()
    filled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["area", "period", "starts_on"], name="paper_once_for_its_days"),
            models.CheckConstraint(condition=Q(period__in=Period.values), name="paper_period_known"),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(state="published", filled_at__isnull=False),
                name="paper_published_is_filled",
            ),
        ]

    def __str__(self) -> str:
        return f"paper {self.pk}"

    @property
    def is_published(self) -> bool:
        return self.state == PaperState.PUBLISHED

    @property
    def ends_on(self) -> date:
        return last_day(self.period, self.starts_on)


def last_day(period: str, starts_on: date) -> date:
    """The last day of a week or month that begins then."""
    if period == Period.WEEK:
        return date.fromordinal(starts_on.toordinal() + 6)
    following = date(starts_on.year + starts_on.month // 12, starts_on.month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)


class PaperItem(models.Model):
    """What an editor has said of one item: wanted or not, where, in which shorter words. Else it has no row."""

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="items")
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="+")
    wish = models.CharField(max_length=3, choices=Wish, blank=True, default=Wish.AUTO)
    position = models.PositiveSmallIntegerField(null=True, blank=True)
    words = models.TextField(max_length=600, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["paper", "entry"], name="paper_item_once"),
            models.CheckConstraint(condition=Q(wish__in=Wish.values), name="paper_item_wish_known"),
        ]


class PaperSubscriptionQuerySet(models.QuerySet["PaperSubscription"]):
    def that_can_be_written_to(self, area_id: int) -> PaperSubscriptionQuerySet:
        """Of one area, by people who have an address and a login that works; a system query."""
        found = self.filter(area=area_id, identity__is_blocked=False, identity__login__is_active=True)
        return found.select_related("identity__login").order_by("pk")

    def visible_to(self, viewer: Actor) -> PaperSubscriptionQuerySet:
        """One’s own."""
        return self.filter(identity=viewer.identity_id or 0)


class PaperSubscription(models.Model):
    """Somebody who prints and hangs an area's paper gets each new one by mail, on such a sheet.

    `language` is one of the square's, or two side by side (“de+nl”).
    """

    identity = models.ForeignKey(Identity, models.CASCADE, related_name="+")
    area = models.ForeignKey(Area, models.CASCADE, related_name="+")
    form = models.CharField(max_length=10, choices=Shape, default=Shape.A4)
    language = models.CharField(max_length=11)
    asked_at = models.DateTimeField()

    objects = PaperSubscriptionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["identity", "area"], name="paper_subscription_once"),
            models.CheckConstraint(condition=Q(form__in=Shape.values), name="paper_subscription_form_known"),
        ]

    def __str__(self) -> str:
        return f"paper subscription {self.pk}"
