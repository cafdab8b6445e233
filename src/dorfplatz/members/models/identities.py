"""Who somebody is."""

from __future__ import annotations

from typing import Any

from django.db import models

from dorfplatz.members.models.logins import Login
from dorfplatz.villages.models import Area


class Identity(models.Model):
    """A person on the square, with or without a login (somebody without internet has none)."""

    login = models.OneToOneField(Login, models.SET_NULL, null=True, blank=True, related_name="identity")
    name = models.CharField(max_length=80)
    home_area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+")
    language = models.CharField(max_length=5, default="de")
    introduction: models.JSONField[Any, Any] = models.JSONField(default=dict, blank=True)
    is_blocked = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "identities"

    def __str__(self) -> str:
        return self.name

    @property
    def may_work(self) -> bool:
        """Whether this person can log in and do something at all."""
        return not self.is_blocked and self.login is not None and self.login.is_active
