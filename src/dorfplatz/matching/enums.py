"""Choices of introductions."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

INTRODUCE = "matching.introduce"


class State(TextChoices):
    """How far an introduction is. Who has said no is kept nowhere: whatever the reason, it did not work out."""

    PROPOSED = "proposed", pgettext_lazy("introduction", "nobody is asked yet")
    ASKED = "asked", pgettext_lazy("introduction", "waits for a yes")
    INTRODUCED = "introduced", pgettext_lazy("introduction", "both have said yes")
    WORKED = "worked", pgettext_lazy("introduction", "it has worked out")
    THANKED = "thanked", pgettext_lazy("introduction", "it has worked out, with thanks")
    DID_NOT = "did_not", pgettext_lazy("introduction", "it did not work out")


OPEN = (State.PROPOSED, State.ASKED)
GOING = (*OPEN, State.INTRODUCED)
WELL = (State.WORKED, State.THANKED)


class Said(TextChoices):
    """What somebody who is asked can say, on the square, by a mailed link, or on the phone."""

    YES = "yes", pgettext_lazy("introduction", "yes")
    NO = "no", pgettext_lazy("introduction", "no")
