"""What stands between two people."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.crypto import salted_hmac

from dorfplatz.members.models.identities import Identity


def mail_hash(email: str) -> str:
    """What is kept of an address so that a block holds for whoever comes back with it: nobody reads it from this."""
    address = email.strip().casefold()
    return salted_hmac("dorfplatz.members.block", address, algorithm="sha256").hexdigest() if address else ""


class Block(models.Model):
    """That `who` wants nothing to do with `whom`: neither sees the other. `whom` is empty while that person is gone."""

    who = models.ForeignKey(Identity, models.CASCADE, related_name="+")
    whom = models.ForeignKey(Identity, models.SET_NULL, null=True, blank=True, related_name="+")
    mail_hash = models.CharField(max_length=64, blank=True)
    since = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["mail_hash"], name="block_mail_hash", condition=~Q(mail_hash=""))]
        constraints = [
            models.UniqueConstraint(fields=["who", "whom"], condition=Q(whom__isnull=False), name="blocked_once"),
            models.CheckConstraint(condition=Q(whom__isnull=True) | ~Q(whom=F("who")), name="nobody_blocks_herself"),
            models.CheckConstraint(condition=Q(whom__isnull=False) | ~Q(mail_hash=""), name="block_finds_somebody"),
        ]

    def __str__(self) -> str:
        return f"block {self.pk}"
