"""Choices about words."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Treatment(TextChoices):
    """What happens to a word of the place in another language."""

    KEPT = "kept", _("It stays as it is")
    EXPLAINED = "explained", _("It stays, with the other words in brackets")
    REPLACED = "replaced", _("The other word stands instead, and the reverse")
