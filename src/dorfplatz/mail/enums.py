"""Where a mail stands, and what became of one that came in."""

from enum import Enum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class MailState(TextChoices):
    WAITING = "waiting", _("Waiting")
    SENT = "sent", _("Sent")
    REFUSED = "refused", _("Refused by the mail server")


class Absent(Enum):
    """Why there is nothing to enclose in a mail."""

    NOT_YET = "not yet"  # it is being made: the mail waits
    GONE = "gone"  # there is nothing to send any more


class Reception(Enum):
    """What became of a mail that came in."""

    TAKEN = "taken"
    IGNORED = "ignored"  # written by a machine
    REFUSED = "refused"  # not taken in; the member was told
    UNKNOWN = "unknown"  # not for us
