"""The sorts of posts."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

KIND = "post"


class Sort(TextChoices):
    NEWS = "news", pgettext_lazy("sort of post", "News")
    NOTICE = "notice", _("Notice")
    STORY = "story", _("Story")
    THANKS = "thanks", _("Thanks")
    LOST = "lost", _("Lost and found")
    BEREAVEMENT = "bereavement", _("In memory")
    MISSING = "missing", _("Missing")
    WARNING = "warning", _("Warning")


class Reach(TextChoices):
    """The three answers to “Who may read it?”."""

    ALL = "all", _("Everybody, also without logging in")
    MEMBERS_AND_MUNICIPALITY = "municipality", _("Members, and the municipality")
    MEMBERS = "members", _("Members only; the municipality does not read along")
