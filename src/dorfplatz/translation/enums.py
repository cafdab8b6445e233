"""Choices of translation."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class TextState(TextChoices):
    DONE = "done", _("Translated")
    PARTLY = "partly", _("Translated in part")
    KEPT = "kept", _("Left as it was")
