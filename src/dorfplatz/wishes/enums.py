"""Choices of wishes."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

KIND = "wish"
ANSWER = "wishes.answer"


class Mood(TextChoices):
    """How a sentence about the village begins."""

    WISH = "wish", pgettext_lazy("mood", "I wish")
    WELL = "well", pgettext_lazy("mood", "Works well")
    BOTHERS = "bothers", pgettext_lazy("mood", "Bothers me")
    JOIN = "join", pgettext_lazy("mood", "I’d join")


class Status(TextChoices):
    """How far a wish is. Every step but the first comes with a sentence of a connector."""

    OPEN = "open", pgettext_lazy("status", "open")
    HEARD = "heard", pgettext_lazy("status", "heard")
    GROUP = "group", pgettext_lazy("status", "a group has formed")
    DONE = "done", pgettext_lazy("status", "fulfilled")
    NOT_POSSIBLE = "not_possible", pgettext_lazy("status", "not possible")


ICONS = {Mood.WISH: "sparkles", Mood.WELL: "smile", Mood.BOTHERS: "cloud-lightning", Mood.JOIN: "hand"}
COLOURS = {Mood.WISH: "plum", Mood.WELL: "meadow", Mood.BOTHERS: "brick", Mood.JOIN: "rhine"}
STATUS_ICONS = {
    Status.OPEN: "circle-help", Status.HEARD: "ear", Status.GROUP: "users", Status.DONE: "circle-check",
    Status.NOT_POSSIBLE: "circle-alert",
}  # fmt: skip
STILL_GOING = (Status.OPEN, Status.HEARD, Status.GROUP)
# Whoever says what works well waits for no answer.
WAITS_FOR_ANSWER = (Mood.WISH, Mood.BOTHERS, Mood.JOIN)
