"""Why somebody has to look at a thing, and who said so."""

from __future__ import annotations

import secrets

from django.db import models
from django.db.models import Q

from dorfplatz.members.models import Identity
from dorfplatz.moderation.enums import Cause, Rank
from dorfplatz.moderation.grounds import label_of
from dorfplatz.villages.models import Area, Municipality

# Of addresses that open without a login: 80 random bits, letters nobody mistakes for digits.
SECRET_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # noqa: S105  # nosec B105  an alphabet
SECRET_LENGTH = 17


def new_secret() -> str:
    return "".join(secrets.choice(SECRET_LETTERS) for _ in range(SECRET_LENGTH))


class Case(models.Model):
    """One thing that somebody has to look at, from the first reason until it is decided.

    `thing` is the journal's word for it; title and excerpt are what it said when the case was opened.
    """

    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="+")
    # Without an index of its own: a database would choose it over the list's, and sort all that waits in the area.
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", db_index=False)
    thing = models.CharField(max_length=80)
    author = models.ForeignKey(Identity, models.SET_NULL, null=True, related_name="+")
    cause = models.CharField(max_length=8, choices=Cause)
    why = models.CharField(max_length=40, blank=True, help_text="what the gate said, or the ground of the first report")
    rank = models.PositiveSmallIntegerField(choices=Rank)
    title = models.CharField(max_length=200, blank=True)
    excerpt = models.TextField(max_length=2000, blank=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["rank", "opened_at"], name="case_queue", condition=Q(closed_at__isnull=True)),
            models.Index(fields=["thing"], name="case_thing"),
            models.Index(fields=["author", "-opened_at"], name="case_author"),
            models.Index(fields=["closed_at"], name="case_closed", condition=Q(closed_at__isnull=False)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["thing"], condition=Q(closed_at__isnull=True), name="case_open_once_for_a_thing"
            ),
            models.CheckConstraint(condition=Q(cause__in=Cause.values), name="case_cause_known"),
            models.CheckConstraint(condition=Q(rank__in=Rank.values), name="case_rank_known"),
        ]

    def __str__(self) -> str:
        return f"case {self.pk}"

    @property
    def sort(self) -> str:
        return self.thing.partition(":")[0]

    @property
    def thing_id(self) -> int:
        return int(self.thing.partition(":")[2])


class Report(models.Model):
    """What somebody says is wrong. Shown to those who decide, to nobody else; never to the author.

    `code` opens the page on which the reporter sees what became of it.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="reports")
    code = models.CharField(max_length=20, unique=True, default=new_secret)
    form_key = models.CharField(max_length=40, unique=True)
    ground = models.CharField(max_length=20)
    text = models.TextField(max_length=4000, blank=True)
    reporter = models.ForeignKey(Identity, models.SET_NULL, null=True, related_name="+")
    name = models.CharField(max_length=80, blank=True)
    email = models.EmailField(max_length=254, blank=True)
    language = models.CharField(max_length=5)
    made_at = models.DateTimeField(db_index=True)

    class Meta:
        indexes = [models.Index(fields=["reporter", "made_at"], name="report_reporter")]

    def __str__(self) -> str:
        return f"report {self.pk}"

    @property
    def ground_label(self) -> str:
        return label_of(self.ground)
