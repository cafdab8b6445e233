"""Choices of the calendar."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

KIND = "event"
EDIT = "events.edit"


class Status(TextChoices):
    PLANNED = "planned", _("takes place")
    CANCELLED = "cancelled", _("cancelled")


class Change(TextChoices):
    """What is different about one date of a series."""

    CANCELLED = "cancelled", _("cancelled")
    MOVED = "moved", _("moved")
    ADDED = "added", _("additional date")
    OMITTED = "omitted", _("left out")


class Repeats(TextChoices):
    """How the form asks for a rule."""

    NEVER = "", _("once")
    WEEKLY = "weekly", _("every week, or every few weeks")
    MONTHLY_WEEKDAY = "weekday", _("every month on a certain weekday, as in: the second Friday")
    MONTHLY_DAY = "day", _("every month on the same date")
    YEARLY = "yearly", _("every year on the same date")
    AS_IT_IS = "kept", _("as it is now")
