"""What somebody tells of herself, and to whom."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from dorfplatz.media.models import Picture
from dorfplatz.members.enums import ProfileField, SeenBy
from dorfplatz.members.models.identities import Identity


class ProfileLine(models.Model):
    """One thing somebody says of herself, and who may read it. The name stands elsewhere: here only who reads it."""

    identity = models.ForeignKey(Identity, models.CASCADE, related_name="profile")
    field = models.CharField(max_length=10, choices=ProfileField)
    value = models.CharField(max_length=600, blank=True)
    seen_by = models.CharField(max_length=10, choices=SeenBy)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["identity", "field"], name="profile_says_each_thing_once"),
            models.CheckConstraint(condition=Q(field__in=ProfileField.values), name="profile_field_known"),
            models.CheckConstraint(condition=Q(seen_by__in=SeenBy.values), name="profile_seen_by_known"),
        ]

    def __str__(self) -> str:
        return f"{self.field} of identity {self.identity_id}"


class Portrait(models.Model):
    """The one picture somebody shows of herself, and who may see it. What is to be seen on it is her name."""

    identity = models.OneToOneField(Identity, models.CASCADE, primary_key=True, related_name="portrait")
    picture = models.OneToOneField(Picture, models.CASCADE, related_name="+")
    seen_by = models.CharField(max_length=10, choices=SeenBy)
    since = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(seen_by__in=SeenBy.values), name="portrait_seen_by_known")]

    def __str__(self) -> str:
        return f"portrait of identity {self.identity_id}"
