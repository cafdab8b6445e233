"""Choices of the connector's desk."""

from __future__ import annotations

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _

USE_DESK = "desk.use"


class Later(TextChoices):
    """Until when something is put off."""

    TOMORROW = "tomorrow", _("Tomorrow")
    NEXT_WEEK = "next_week", _("Next Monday")


class KeptFor(IntegerChoices):
    """For how many days a note is kept."""

    MONTH = 30, _("for a month")
    QUARTER = 90, _("for three months")
    HALF_YEAR = 180, _("for half a year")
