"""How far a printing is."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PrintingState(TextChoices):
    WAITING = "waiting", _("Waiting for its turn")
    GATHERING = "gathering", _("Gathering what belongs on it")
    SETTING = "setting", _("Setting the type")
    READY = "ready", _("Ready")
    FAILED = "failed", _("It could not be made")


UNDER_WAY = (PrintingState.WAITING, PrintingState.GATHERING, PrintingState.SETTING)
