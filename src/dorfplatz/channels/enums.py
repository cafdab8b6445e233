"""Choices of the channels."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Way(TextChoices):
    """How somebody is told of something."""

    AT_ONCE = "at_once", _("at once by mail")
    LETTER = "letter", _("with the next letter")
    LIST = "list", _("only in the list on the square")
    NONE = "none", _("not at all")


class Rhythm(TextChoices):
    """How often the letter comes."""

    WEEKLY = "weekly", _("every Thursday morning")
    DAILY = "daily", _("every morning")
    NONE = "none", _("no letter")
