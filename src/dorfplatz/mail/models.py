"""The outbox: each mail the square sends, from the decision to the mail server's receipt."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from dorfplatz.mail.enums import MailState


class Mail(models.Model):
    """One mail to one address. `key` says what it is about ("invitation:12"): the same is never posted twice.

    `message_id` is fixed when the mail is posted, so a mail sent again after a crash is recognised as the same.
    Address and words are erased some days after sending; the row remains as proof and against doubles. `enclosed` says
    who fetches what goes with it, and by which plain ids: the file itself is read when the mail leaves.
    """

    key = models.CharField(max_length=200, unique=True)
    state = models.CharField(max_length=8, choices=MailState.choices, default=MailState.WAITING)
    to = models.CharField(max_length=254, blank=True)
    subject = models.CharField(max_length=250, blank=True)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    language = models.CharField(max_length=10)
    headers = models.JSONField(default=dict)
    enclosed: models.JSONField[Any, Any] = models.JSONField(default=dict)
    message_id = models.CharField(max_length=250, unique=True)
    attempts = models.PositiveIntegerField(default=0)
    refusal = models.CharField(max_length=100, blank=True)
    posted_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["state", "posted_at"], name="mail_mail_state"),
            models.Index(fields=["to"], name="mail_mail_to"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="waiting") | (~Q(to="") & Q(erased_at__isnull=True)),
                name="mail_mail_waiting_has_address",
            ),
            models.CheckConstraint(condition=~Q(state="sent") | Q(sent_at__isnull=False), name="mail_mail_sent_at"),
        ]

    def __str__(self) -> str:
        return f"mail {self.pk} ({self.state})"
