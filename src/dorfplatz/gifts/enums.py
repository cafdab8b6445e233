"""What is said of a gift, and how somebody agreed that a conversation is written down."""

from __future__ import annotations

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dorfplatz.members.enums import SeenBy

RECORD = "gifts.record"
# To whom a gift can be shown, from the narrowest.
SHOWN_TO = (SeenBy.CONNECTORS, SeenBy.VILLAGES, SeenBy.PUBLIC)


class GiftPart(TextChoices):
    """Where a gift comes from."""

    HANDS = "hands", pgettext_lazy("gift", "Hands")
    HEAD = "head", pgettext_lazy("gift", "Head")
    HEART = "heart", pgettext_lazy("gift", "Heart")
    TEACH = "teach", pgettext_lazy("gift", "Showing others")


class Way(TextChoices):
    """How somebody would like to do it."""

    OFFER = "offer", pgettext_lazy("gift", "I do it for others")
    TOGETHER = "together", pgettext_lazy("gift", "I do it with others")
    LEARN = "learn", pgettext_lazy("gift", "I would like to learn it")


class Often(TextChoices):
    NOW_AND_THEN = "then", pgettext_lazy("how often", "now and then")
    WEEKLY = "weekly", pgettext_lazy("how often", "every week")
    ASK = "ask", pgettext_lazy("how often", "just ask me")


class ConsentBy(TextChoices):
    """How somebody agreed."""

    TABLE = "table", pgettext_lazy("consent", "at the table")
    PHONE = "phone", pgettext_lazy("consent", "by phone")
    SHEET = "sheet", pgettext_lazy("consent", "on a sheet, signed")


class KeptFor(IntegerChoices):
    """How long a conversation is kept, in days."""

    MONTH = 30, _("one month")
    QUARTER = 90, _("three months")
    HALF_YEAR = 182, _("half a year")
    YEAR = 365, _("a year")
