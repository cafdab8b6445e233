"""Choices of the spine."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    DRAFT = "draft", _("Draft")
    WAITING = "waiting", _("Waiting for a look")
    PUBLISHED = "published", _("Published")
    HIDDEN = "hidden", _("Hidden")
    REMOVED = "removed", _("Removed")


class Audience(TextChoices):
    PUBLIC = "public", _("Everybody")
    MEMBERS = "members", _("Members")


# `Entry.origin` of what has no source whose next reading would confirm it.
BY_HAND = ("", "demo")

SEE_HIDDEN = "entries.see_hidden"
PUBLISH = "entries.publish"
HIDE = "entries.hide"


class WrittenBy(TextChoices):
    """Who said the words that a reader sees."""

    AUTHOR = "author", _("The author")
    PERSON = "person", _("A neighbour")
    MACHINE = "machine", _("The machine")
