"""Who may do what where, and who has been asked to."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from dorfplatz.members.enums import GIVEN_BY_ADMINS, Role
from dorfplatz.members.models.identities import Identity
from dorfplatz.villages.models import Area, Municipality


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


class BundleChange(models.Model):
    """That a role carries a capability in one municipality, or does not, other than the product has it."""

    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="+")
    role = models.CharField(max_length=12, choices=Role)
    capability = models.CharField(max_length=60)
    is_held = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "role", "capability"], name="bundle_changed_once"),
            models.CheckConstraint(condition=Q(role__in=GIVEN_BY_ADMINS), name="bundle_of_a_given_role"),
        ]

    def __str__(self) -> str:
        return f"{self.role} in municipality {self.municipality_id}: {self.capability}"


class Invitation(models.Model):
    """A joining link sent or handed to somebody; only the hash of its code is kept."""

    email = models.EmailField(max_length=254)
    role = models.CharField(max_length=12, choices=Role, blank=True)
    errand = models.CharField(max_length=40, blank=True, help_text="what it carries instead of a role: “keeping:12”")
    area = models.ForeignKey(Area, models.CASCADE, related_name="+")
    code_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=Role.values, errand="") | (Q(role="") & ~Q(errand="")),
                name="invitation_to_a_role_or_an_errand",
            ),
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(withdrawn_at__isnull=True), name="invitation_used_or_withdrawn"
            ),
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk}"
