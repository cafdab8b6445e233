"""Who somebody is (identity), how they get in (login), and what they may do where (role grants)."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from dorfplatz.members.enums import Role
from dorfplatz.villages.models import Area


class LoginQuerySet(BaseUserManager["Login"]):
    def get_by_natural_key(self, username: str | None) -> Login:
        return self.get(email__iexact=username)


class Login(AbstractBaseUser):
    """A way in: an e-mail address and a password. Whom it lets in is the identity."""

    email = models.EmailField(max_length=254, unique=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    objects = LoginQuerySet()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="login_email_once")]

    def __str__(self) -> str:
        return f"login {self.pk}"


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

    def __str__(self) -> str:
        return f"invitation {self.pk}"
