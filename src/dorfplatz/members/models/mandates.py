"""Who acts for somebody without internet, by whose consent, for what and until when."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from dorfplatz.members.enums import ConsentBy
from dorfplatz.members.models.identities import Identity


class Mandate(models.Model):
    """“For Mrs J., by Ben, by phone, until May, for a lift to the doctor”: the consent, in the words of who took it."""

    person = models.ForeignKey(Identity, models.CASCADE, related_name="mandates")
    helper = models.ForeignKey(Identity, models.SET_NULL, null=True, blank=True, related_name="+")
    consent_by = models.CharField(max_length=8, choices=ConsentBy)
    purpose = models.CharField(max_length=300)
    phone = models.CharField(max_length=40, blank=True, help_text="where she is rung; for the helper only")
    given_at = models.DateTimeField()
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    form_key = models.CharField(
        max_length=64, unique=True, null=True, blank=True, help_text="of the form that began it"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "helper"], condition=Q(ended_at__isnull=True), name="mandate_given_once"
            ),
            models.CheckConstraint(condition=Q(until__gt=F("given_at")), name="mandate_lasts_a_while"),
            models.CheckConstraint(condition=Q(consent_by__in=ConsentBy.values), name="mandate_consent_known"),
            models.CheckConstraint(condition=~Q(purpose=""), name="mandate_says_what_for"),
            models.CheckConstraint(
                condition=Q(helper__isnull=True) | ~Q(helper=F("person")), name="nobody_helps_herself"
            ),
        ]

    def __str__(self) -> str:
        return f"mandate {self.pk}"
