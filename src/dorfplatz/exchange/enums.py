"""Choices of asks and offers."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Direction(TextChoices):
    """Which kind of entry it is."""

    ASK = "ask", pgettext_lazy("kind", "Ask")
    OFFER = "offer", pgettext_lazy("kind", "Offer")


class Sort(TextChoices):
    HELP = "help", _("A helping hand")
    RIDE = "ride", _("A ride")
    LEND = "lend", _("Lending and borrowing")
    GIVE = "give", _("Giving away")
    SWAP = "swap", _("Swapping")
    COMPANY = "company", _("Company")
    SKILL = "skill", _("Knowing how")
    VOLUNTEER = "volunteer", _("Volunteering")
    ROOM = "room", _("A room")


class Step(TextChoices):
    OPEN = "open", pgettext_lazy("step", "open")
    TALK = "talk", pgettext_lazy("step", "in talk")
    SOLVED = "solved", pgettext_lazy("step", "solved")
    THANKED = "thanked", pgettext_lazy("step", "solved, with thanks")


class AnswerState(TextChoices):
    OPEN = "open", _("Waits for a yes")
    ACCEPTED = "accepted", _("Agreed")
    DECLINED = "declined", _("Not needed any more")
    WITHDRAWN = "withdrawn", _("Taken back")


ICONS = {
    Sort.HELP: "hand-helping",
    Sort.RIDE: "car",
    Sort.LEND: "hammer",
    Sort.GIVE: "gift",
    Sort.SWAP: "repeat",
    Sort.COMPANY: "coffee",
    Sort.SKILL: "lightbulb",
    Sort.VOLUNTEER: "heart-handshake",
    Sort.ROOM: "door-open",
}
STILL_GOING = (Step.OPEN, Step.TALK)
DONE = (Step.SOLVED, Step.THANKED)
LOOK_AFTER = "exchange.look_after"
