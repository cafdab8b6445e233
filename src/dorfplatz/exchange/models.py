"""Asks and offers, and the answers to them, which only the two concerned can read."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from dorfplatz.entries.models import Entry
from dorfplatz.exchange.enums import AnswerState, Sort, Step
from dorfplatz.kernel.actor import Actor
from dorfplatz.members.enums import ACT_FOR
from dorfplatz.members.models import Identity


class Exchange(models.Model):
    """An ask or an offer; which of the two, the entry's kind says.

    `set_out_by` is the connector who wrote it for somebody without internet, the entry's author then being that
    person. `round` counts what makes earlier links in mails worthless: changes and renewals. `told_hours` is the last
    of the hours after which it was told that nobody has answered.
    """

    entry = models.OneToOneField(Entry, models.CASCADE, primary_key=True, related_name="exchange")
    sort = models.CharField(max_length=10, choices=Sort)
    step = models.CharField(max_length=8, choices=Step, default=Step.OPEN)
    is_regular = models.BooleanField(default=False)
    needed_on = models.DateField(null=True, blank=True)
    when_words = models.CharField(max_length=120, blank=True)
    for_whom = models.CharField(max_length=120, blank=True)
    from_words = models.CharField(max_length=80, blank=True)
    to_words = models.CharField(max_length=80, blank=True)
    seats = models.PositiveSmallIntegerField(null=True, blank=True)
    set_out_by = models.ForeignKey(Identity, models.SET_NULL, null=True, blank=True, related_name="+")
    round = models.PositiveIntegerField(default=1)
    told_hours = models.PositiveSmallIntegerField(default=0)
    solved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(sort__in=Sort.values), name="exchange_sort_known"),
            models.CheckConstraint(condition=Q(step__in=Step.values), name="exchange_step_known"),
            models.CheckConstraint(condition=Q(told_hours__in=[0, 24, 72]), name="exchange_told_hours_known"),
        ]
        indexes = [models.Index(fields=["step", "entry"], name="exchange_step")]

    def __str__(self) -> str:
        return f"exchange {self.pk}"

    @property
    def is_for_another(self) -> bool:
        """Whether a connector set it out for somebody."""
        return self.set_out_by_id is not None and self.set_out_by_id != self.entry.author_id


class AnswerQuerySet(models.QuerySet["Answer"]):
    def visible_to(self, viewer: Actor) -> AnswerQuerySet:
        """The only door: what policies.can_read_answer allows."""
        if viewer.identity_id is None:
            return self.none()
        me, apart = viewer.identity_id, list(viewer.apart_from)
        as_author = Q(exchange__entry__author_id=me)
        near = Q(pk__in=[])
        for path in viewer.paths_with(ACT_FOR):
            near |= Q(exchange__entry__author__home_area__path__startswith=path)
        for_another = Q(near, exchange__set_out_by_id=me, exchange__entry__author__login__isnull=True)
        as_helper = Q(helper_id=me) & ~Q(exchange__entry__author_id__in=apart)
        return self.filter(as_helper | ((as_author | for_another) & ~Q(helper_id__in=apart)))


class Answer(models.Model):
    """“I can help”: a row between the helper and whoever asks. `thanks` is shown to all once the helper agrees."""

    exchange = models.ForeignKey(Exchange, models.CASCADE, related_name="answers")
    helper = models.ForeignKey(Identity, models.CASCADE, related_name="+")
    text = models.TextField(max_length=2000)
    state = models.CharField(max_length=9, choices=AnswerState, default=AnswerState.OPEN)
    said_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    thanks = models.TextField(max_length=1000, blank=True)
    thanked_at = models.DateTimeField(null=True, blank=True)
    shows_thanks = models.BooleanField(default=False)
    form_key = models.CharField(max_length=40, unique=True, help_text="idempotency key of the form")

    objects = AnswerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=AnswerState.values), name="answer_state_known"),
            models.UniqueConstraint(
                fields=["exchange", "helper"],
                condition=Q(state__in=[AnswerState.OPEN, AnswerState.ACCEPTED]),
                name="answer_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(shows_thanks=False) | ~Q(thanks=""), name="answer_shows_thanks_that_are_there"
            ),
        ]

    def __str__(self) -> str:
        return f"answer {self.pk}"


class SentForm(models.Model):
    """A form that set something out: sent twice, by a double tap or a lost answer, it still sets out one."""

    key = models.CharField(max_length=40, unique=True)
    exchange = models.ForeignKey(Exchange, models.CASCADE, related_name="+")
    sent_at = models.DateTimeField()
