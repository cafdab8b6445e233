"""Who somebody is (identity), how they get in (login), and what they may do where (role grants)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac

from dorfplatz.members.enums import Role
from dorfplatz.villages.models import Area, LegalText


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


class RoleGrant(models.Model):
    """A role held in an area, and everything below it, from `starts_at` until ended."""

    identity = models.ForeignKey(Identity, models.CASCADE, related_name="grants")
    role = models.CharField(max_length=12, choices=Role)
    area = models.ForeignKey(Area, models.CASCADE, related_name="+")
    starts_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["identity", "role", "area"], condition=Q(ended_at__isnull=True), name="role_held_once"
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.role} in area {self.area_id}"


class Invitation(models.Model):
    """A joining link sent or handed to somebody; only the hash of its code is kept."""

    email = models.EmailField(max_length=254)
    role = models.CharField(max_length=12, choices=Role)
    area = models.ForeignKey(Area, models.CASCADE, related_name="+")
    code_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="invitation_role_known"),
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(withdrawn_at__isnull=True), name="invitation_used_or_withdrawn"
            ),
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk}"


class CardBatch(models.Model):
    """Joining cards made at one time for one village; `uses` is how many people join with one card."""

    area = models.ForeignKey(Area, models.CASCADE, related_name="+")
    made_by = models.ForeignKey(Identity, models.SET_NULL, null=True, blank=True, related_name="+")
    uses = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

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
    """How somebody came to the square with a card. `guardian` is who said yes for somebody under 16, else ""."""

    identity = models.OneToOneField(Identity, models.CASCADE, primary_key=True, related_name="joining")
    card = models.ForeignKey(Card, models.SET_NULL, null=True, blank=True, related_name="joinings")
    is_minor = models.BooleanField()
    guardian = models.CharField(max_length=80, blank=True)
    joined_at = models.DateTimeField()

    class Meta:
        constraints = [
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


class AttemptCount(models.Model):
    """How often something was tried in a window of time and in the one before. `key` is a keyed hash, never a name.

    Written by `limits.count_attempt` only, in one statement.
    """

    key = models.CharField(max_length=64, primary_key=True)
    window = models.BigIntegerField(help_text="number of the window since 1970")
    count = models.PositiveIntegerField()
    before = models.PositiveIntegerField(default=0, help_text="count of the window before")
    forget_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.count} in window {self.window}"
