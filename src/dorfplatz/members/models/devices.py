"""In which browsers a login is used."""

from __future__ import annotations

from django.db import models

from dorfplatz.members.models.logins import Login


class Device(models.Model):
    """A browser in which somebody has logged in: known again by a cookie, of which only a keyed hash is kept."""

    login = models.ForeignKey(Login, models.CASCADE, related_name="devices")
    key_hash = models.CharField(max_length=64)
    name = models.CharField(max_length=60, blank=True, help_text="browser and system, without versions")
    network = models.CharField(max_length=45, blank=True, help_text="part of the IP address, for a week")
    session_key = models.CharField(max_length=40, blank=True, db_index=True)
    since = models.DateTimeField()
    seen_on = models.DateField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["login", "key_hash"], name="device_once_for_a_login")]

    def __str__(self) -> str:
        return f"device {self.pk}"
