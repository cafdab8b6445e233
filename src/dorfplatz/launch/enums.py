"""What a square should have before it opens."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Point(TextChoices):
    """What the machine counts, in the order of the checklist."""

    CLUBS = "clubs", _("Clubs and groups on the map")
    HOURS = "hours", _("Places with opening hours")
    DATES = "dates", _("Dates in the coming six weeks")
    POSTS = "posts", _("Posts in the last two weeks")
    FACES = "faces", _("Buurtverbinder with a picture")
    PICTURE = "picture", _("A picture and a few words of the village")
    LANGUAGES = "languages", _("Words of the village in each language")
    LEGAL = "legal", _("Legal texts of the municipality")


YES = "yes"  # a measure too: how many neighbours should have said yes
