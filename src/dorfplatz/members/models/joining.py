"""How somebody came: with which card, and to what they agreed."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from dorfplatz.members.enums import WayIn
from dorfplatz.members.models.identities import Identity
from dorfplatz.villages.models import Area, LegalText


class CardBatch(models.Model):
    """Joining cards made at one time for one village; `uses` is how many people join with one card."""

    area = models.ForeignKey(Area, models.CASCADE, related_name="+")
    made_by = models.ForeignKey(Identity, models.SET_NULL, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=60, blank=True, help_text="to whom they are given: a street, a club")
    uses = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    asked_again_at = models.DateTimeField(null=True, blank=True, help_text="whom it let in is not known by it any more")

    class Meta:
        verbose_name_plural = "card batches"
        constraints = [models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="cards_work_for_a_while")]

    def __str__(self) -> str:
        return f"cards {self.pk}"


class Card(models.Model):
    """One card. Its code stands on paper only; here is a keyed hash of it, and how many may still join with it."""

    batch = models.ForeignKey(CardBatch, models.CASCADE, related_name="cards")
    code_hash = models.CharField(max_length=64, unique=True)
    left = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(left__gte=0), name="card_not_used_too_often")]

    def __str__(self) -> str:
        return f"card {self.pk}"


class Joining(models.Model):
    """How somebody came to the square by herself. `guardian` is who said yes for somebody under 16, else ""."""

    identity = models.OneToOneField(Identity, models.CASCADE, primary_key=True, related_name="joining")
    card = models.ForeignKey(Card, models.SET_NULL, null=True, blank=True, related_name="joinings")
    way = models.CharField(max_length=10, choices=WayIn, default=WayIn.CARD)
    is_minor = models.BooleanField()
    guardian = models.CharField(max_length=80, blank=True)
    joined_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(way__in=WayIn.values), name="joining_way_known"),
            models.CheckConstraint(condition=Q(is_minor=False) | ~Q(guardian=""), name="minors_have_a_guardians_word"),
            models.CheckConstraint(condition=Q(is_minor=True) | Q(guardian=""), name="adults_have_their_own_word"),
        ]

    def __str__(self) -> str:
        return f"joining of identity {self.identity_id}"


class Consent(models.Model):
    """That somebody agreed to one version of a text, in which language it was shown, and until when."""

    identity = models.ForeignKey(Identity, models.CASCADE, related_name="consents")
    text = models.ForeignKey(LegalText, models.PROTECT, related_name="+")
    language = models.CharField(max_length=5)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["identity", "text"], condition=Q(withdrawn_at__isnull=True), name="consent_given_once"
            )
        ]

    def __str__(self) -> str:
        return f"consent {self.pk}"
