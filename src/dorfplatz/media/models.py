"""Pictures: what was uploaded, and the clean copies made of it."""

from __future__ import annotations

import secrets
from typing import TypedDict

from django.db import models
from django.db.models import Q

from dorfplatz.media.enums import PictureState, Refusal


def new_token() -> str:
    """128 random bits, the only way to a picture's files."""
    return secrets.token_urlsafe(16)


class Rendition(TypedDict):
    """One clean copy: a file in the default storage."""

    name: str
    format: str  # "avif", "webp" or "jpeg"
    width: int
    height: int
    size: int  # bytes


class Picture(models.Model):
    """An uploaded picture. The upload itself is never served and gone as soon as the copies are made.

    `alt` is a localised text like {"de": "…", "nl": "…"}; `width` and `height` are those of the largest copy.
    """

    token = models.CharField(max_length=22, unique=True, default=new_token)
    state = models.CharField(max_length=8, choices=PictureState.choices, default=PictureState.WAITING)
    refusal = models.CharField(max_length=20, choices=Refusal.choices, blank=True)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    sha256 = models.CharField(max_length=64)
    alt = models.JSONField(default=dict)
    credit = models.CharField(max_length=200, blank=True)
    renditions = models.JSONField[list[Rendition]](default=list)
    uploader_id = models.BigIntegerField(null=True)
    uploaded_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["uploader_id"], name="media_picture_uploader"),
            models.Index(fields=["state", "uploaded_at"], name="media_picture_state"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="ready") | Q(width__gt=0, height__gt=0), name="media_picture_ready_has_size"
            ),
            models.CheckConstraint(
                condition=Q(state="refused") & ~Q(refusal="") | ~Q(state="refused") & Q(refusal=""),
                name="media_picture_refused_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"picture {self.pk}"

    @property
    def is_ready(self) -> bool:
        return self.state == PictureState.READY

    @property
    def quarantine_name(self) -> str:
        """Name of the upload in the quarantine folder while the picture waits."""
        return self.token
