"""Printings: what was ordered, how far it is, and where the file lies."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from typing import Any

from django.db import models
from django.db.models import Q

from dorfplatz.press.enums import UNDER_WAY, PrintingState


def new_token() -> str:
    """128 random bits: the name of the file."""
    return secrets.token_urlsafe(16)


def key_of(sheet: str, subject: Mapping[str, Any]) -> str:
    """The same for the same order."""
    return hashlib.sha256(json.dumps([sheet, subject], sort_keys=True).encode()).hexdigest()


class Printing(models.Model):
    """One sheet of one subject. `key` tells it from others: the same order is the same printing.

    `digest` is that of the content: where it has not changed, the file stays. `told` is what whoever ordered it wants
    to know: what did not fit.
    """

    token = models.CharField(max_length=22, unique=True, default=new_token)
    key = models.CharField(max_length=64, unique=True)
    sheet = models.CharField(max_length=20)
    subject = models.JSONField[dict[str, Any]](default=dict)
    state = models.CharField(max_length=10, choices=PrintingState, default=PrintingState.WAITING)
    digest = models.CharField(max_length=64, blank=True)
    page_count = models.PositiveIntegerField(default=0)
    size = models.PositiveIntegerField(default=0, help_text="bytes")
    told = models.JSONField[dict[str, Any]](default=dict)
    ordered_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=PrintingState.values), name="printing_state_known"),
            models.CheckConstraint(
                condition=~Q(state="ready") | Q(made_at__isnull=False, page_count__gt=0),
                name="printing_ready_has_pages",
            ),
        ]
        indexes = [models.Index(fields=["ordered_at"], name="printing_ordered")]

    def __str__(self) -> str:
        return f"printing {self.pk}"

    @property
    def is_ready(self) -> bool:
        return self.state == PrintingState.READY

    @property
    def is_under_way(self) -> bool:
        return self.state in UNDER_WAY

    @property
    def path(self) -> str:
        """Where the storage keeps the file."""
        return f"press/{self.token[:2]}/{self.token}.pdf"


class PrintedThing(models.Model):
    """What stands on a printing, in the journal's words: “entry:12”."""

    printing = models.ForeignKey(Printing, models.CASCADE, related_name="things")
    thing = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["thing", "printing"], name="printed_thing_once")]
