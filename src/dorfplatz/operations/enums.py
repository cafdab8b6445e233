"""Choices of operating."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class BackupKind(TextChoices):
    """Why a backup was made."""

    ASKED = "asked", _("asked for")
    NIGHTLY = "nightly", _("nightly")
