"""Where a picture stands, and why one was refused."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PictureState(TextChoices):
    WAITING = "waiting", _("Being prepared")
    READY = "ready", _("Ready")
    REFUSED = "refused", _("Refused")


class Refusal(TextChoices):
    """Why a file cannot become a picture: a sentence for the person who chose it."""

    EMPTY = "empty", _("The file is empty.")
    TOO_HEAVY = "too_heavy", _("The picture is larger than 15 MB. Please choose a smaller one.")
    TOO_MANY_PIXELS = "too_many_pixels", _("The picture has more than 50 million pixels. Please choose a smaller one.")
    NOT_A_PICTURE = "not_a_picture", _("This is not a picture we can show. JPEG, PNG, WebP, AVIF and GIF work.")
    DAMAGED = "damaged", _("The picture is damaged and cannot be read. Please try another copy.")
    TOO_MUCH_WORK = "too_much_work", _("This picture is too complicated for us. Please save it as JPEG and try again.")
