"""What can stand on other websites."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class What(TextChoices):
    """The words of addresses, for good."""

    DATES = "dates", _("Dates")
    PLACES = "places", _("Social map")
    ASKS = "asks", _("Asks and offers")
