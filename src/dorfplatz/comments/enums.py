"""Where a comment stands."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CommentState(TextChoices):
    THERE = "there", _("There")
    REMOVED = "removed", _("Removed by its author")
    HIDDEN = "hidden", _("Hidden")
