"""What a municipality looks at before or after it appears."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from dorfplatz.moderation.enums import When, Whom
from dorfplatz.villages.models import Area, Municipality


class Guard(models.Model):
    """What a municipality has decided about newcomers in a crowd, and the words that make an entry wait."""

    municipality = models.OneToOneField(Municipality, models.CASCADE, primary_key=True, related_name="guard")
    crowd = models.PositiveSmallIntegerField(
        default=5, help_text="so many entries a day of new members who came with the same cards appear at once"
    )
    slow_until = models.DateTimeField(null=True, blank=True, help_text="until then every member’s entry waits")
    words = models.TextField(max_length=20_000, blank=True)
    version = models.PositiveIntegerField(default=0, help_text="counts changes; a form opened before one is stale")

    def __str__(self) -> str:
        return f"guard of {self.municipality_id}"


class GateRule(models.Model):
    """Look first, or afterwards, at these people's entries of this kind in this area. No area is all, "" all kinds."""

    guard = models.ForeignKey(Guard, models.CASCADE, related_name="rules")
    area = models.ForeignKey(Area, models.CASCADE, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=20, blank=True)
    whom = models.CharField(max_length=8, choices=Whom)
    when = models.CharField(max_length=6, choices=When)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["guard", "area", "kind", "whom", "when"], name="gate_rule_once"),
            models.UniqueConstraint(
                fields=["guard", "kind", "whom", "when"],
                condition=Q(area__isnull=True),
                name="gate_rule_everywhere_once",
            ),
            models.CheckConstraint(condition=Q(whom__in=Whom.values), name="gate_rule_whom_known"),
            models.CheckConstraint(condition=Q(when__in=When.values), name="gate_rule_when_known"),
        ]

    def __str__(self) -> str:
        return f"rule {self.pk}"
