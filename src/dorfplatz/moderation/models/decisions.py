"""What was decided, and what was said against it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from dorfplatz.members.models import Identity
from dorfplatz.moderation.enums import FOR_A_WHILE, Force, Outcome, Step
from dorfplatz.moderation.grounds import label_of
from dorfplatz.moderation.models.cases import Case, Report, new_secret


class Decision(models.Model):
    """What somebody decided about a thing, with facts, reason and ground (Art. 17 DSA).

    `code` opens the page with the reasons. A suspension is proposed by one and confirmed by another; until then only
    the thing is taken away.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="decisions")
    code = models.CharField(max_length=20, unique=True, default=new_secret)
    step = models.CharField(max_length=10, choices=Step)
    ground = models.CharField(max_length=20, blank=True)
    reason = models.TextField(max_length=4000, blank=True)
    force = models.CharField(max_length=10, choices=Force, default=Force.IN_FORCE)
    by = models.ForeignKey(Identity, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True, help_text="of a restriction")
    second = models.ForeignKey(Identity, models.SET_NULL, null=True, related_name="+")
    second_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["decided_at"], name="decision_proposed", condition=Q(force="proposed"))]
        constraints = [
            models.CheckConstraint(condition=Q(step__in=Step.values), name="decision_step_known"),
            models.CheckConstraint(condition=Q(force__in=Force.values), name="decision_force_known"),
            models.CheckConstraint(
                condition=Q(step=Step.LEAVE) | (~Q(reason="") & ~Q(ground="")), name="decision_has_reason_and_ground"
            ),
            models.CheckConstraint(
                condition=~Q(step__in=list(FOR_A_WHILE)) | Q(until__isnull=False), name="decision_restricts_for_a_while"
            ),
            models.CheckConstraint(
                condition=Q(second__isnull=True) | ~Q(second=models.F("by")), name="decision_by_four_eyes"
            ),
        ]

    def __str__(self) -> str:
        return f"decision {self.pk}"

    @property
    def ground_label(self) -> str:
        return label_of(self.ground)


class Appeal(models.Model):
    """What the author, or who reported, says against a decision. Decided by somebody else than who decided first."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="appeals")
    report = models.ForeignKey(Report, models.CASCADE, null=True, blank=True, related_name="+")
    text = models.TextField(max_length=4000)
    made_at = models.DateTimeField()
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True)
    reason = models.TextField(max_length=4000, blank=True)
    by = models.ForeignKey(Identity, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["made_at"], name="appeal_open", condition=Q(decided_at__isnull=True))]
        constraints = [
            models.UniqueConstraint(
                fields=["decision"], condition=Q(report__isnull=True), name="appeal_of_the_author_once"
            ),
            models.UniqueConstraint(
                fields=["decision", "report"], condition=Q(report__isnull=False), name="appeal_of_a_reporter_once"
            ),
            models.CheckConstraint(condition=Q(outcome__in=["", *Outcome.values]), name="appeal_outcome_known"),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True) | (~Q(outcome="") & ~Q(reason="")),
                name="appeal_decided_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"appeal {self.pk}"
