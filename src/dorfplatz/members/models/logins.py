"""Ways in."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac


class LoginQuerySet(BaseUserManager["Login"]):
    def get_by_natural_key(self, username: str | None) -> Login:
        return self.get(email__iexact=username)


class Login(AbstractBaseUser):
    """A way in: an e-mail address and a password. Whom it lets in is the identity."""

    email = models.EmailField(max_length=254, unique=True)
    is_active = models.BooleanField(default=True)
    sessions_since = models.PositiveIntegerField(default=0, help_text="counted up, it ends every session begun before")
    created_at = models.DateTimeField()

    objects = LoginQuerySet()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="login_email_once")]

    def __str__(self) -> str:
        return f"login {self.pk}"

    def get_session_auth_hash(self) -> str:
        """A session lasts while this stays the same: until another password, or “sign out everywhere”."""
        return self._session_hash(settings.SECRET_KEY)

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        yield from (self._session_hash(key) for key in settings.SECRET_KEY_FALLBACKS)

    def _session_hash(self, secret: str | bytes) -> str:
        told = f"{self.password}:{self.sessions_since}"
        return salted_hmac("dorfplatz.members.session", told, secret=secret, algorithm="sha256").hexdigest()
