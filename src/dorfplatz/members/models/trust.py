"""By whose word neighbours know somebody, and in which villages she is at home besides."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from dorfplatz.members.enums import WordAs
from dorfplatz.members.models.identities import Identity
from dorfplatz.villages.models import Area, Municipality


class Vouch(models.Model):
    """Somebody's word that she knows a newcomer. `backer` names the organisation in whose name it is, or is ""."""

    newcomer = models.ForeignKey(Identity, models.CASCADE, related_name="words")
    by = models.ForeignKey(Identity, models.SET_NULL, null=True, blank=True, related_name="words_given")
    given_as = models.CharField(max_length=12, choices=WordAs)
    backer = models.CharField(max_length=200, blank=True)
    said_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "vouches"
        constraints = [
            models.UniqueConstraint(
                fields=["newcomer", "by"], condition=Q(withdrawn_at__isnull=True), name="word_given_once"
            ),
            models.CheckConstraint(condition=Q(given_as__in=WordAs.values), name="word_given_as_known"),
            models.CheckConstraint(condition=Q(by__isnull=True) | ~Q(by=F("newcomer")), name="nobodys_own_word"),
            models.CheckConstraint(
                condition=Q(given_as=WordAs.ORGANIZATION) ^ Q(backer=""), name="organizations_word_has_a_name"
            ),
        ]

    def __str__(self) -> str:
        return f"word for identity {self.newcomer_id}"


class HomeBesides(models.Model):
    """A village in which somebody is at home besides her own, also across the border."""

    identity = models.ForeignKey(Identity, models.CASCADE, related_name="homes_besides")
    area = models.ForeignKey(Area, models.CASCADE, related_name="+")
    since = models.DateTimeField()

    class Meta:
        verbose_name_plural = "homes besides"
        constraints = [models.UniqueConstraint(fields=["identity", "area"], name="at_home_besides_once")]

    def __str__(self) -> str:
        return f"area {self.area_id} of identity {self.identity_id}"


class JoiningRule(models.Model):
    """Whether one joins this municipality's square with an e-mail address alone. Without a row: no."""

    municipality = models.OneToOneField(Municipality, models.CASCADE, primary_key=True, related_name="+")
    by_mail = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"joining of municipality {self.municipality_id}"
