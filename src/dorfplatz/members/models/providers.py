"""Ways in through somebody else's login."""

from __future__ import annotations

from django.db import models

from dorfplatz.members.models.logins import Login


class OtherLogin(models.Model):
    """That whoever a provider calls `subject` is the owner of this login."""

    login = models.ForeignKey(Login, models.CASCADE, related_name="other_logins")
    issuer = models.CharField(max_length=200)
    subject = models.CharField(max_length=255)
    since = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="subject_is_one_login"),
            models.UniqueConstraint(fields=["login", "issuer"], name="login_once_at_a_provider"),
        ]

    def __str__(self) -> str:
        return f"other way into login {self.login_id}"
