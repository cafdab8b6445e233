"""Choices of the moderation."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class Cause(TextChoices):
    """Why somebody has to look at a thing."""

    REPORT = "report", _("Somebody reported it")
    GATE = "gate", _("It waits for a look before it appears")
    AFTER = "after", _("It has appeared and wants a look")
    CHANGED = "changed", _("The author says it is changed now")
    OWN = "own", _("Seen by those who look after the square")


LOOKED_AT_FIRST = (Cause.GATE, Cause.CHANGED)


class Rank(IntegerChoices):
    """What comes first. The lower, the sooner."""

    LIFE = 0, _("Life or safety in danger")
    LAW = 1, _("Against the law")
    RULE = 2, _("Against the house rules")
    LOOK = 3, _("Only wants a look")


class Step(TextChoices):
    """What can be decided."""

    LEAVE = "leave", _("Leave it as it is")
    ASK = "ask", _("Ask for a change, hidden until then")
    HIDE = "hide", _("Hide it")
    REMOVE = "remove", _("Remove it")
    RESTRICT = "restrict", _("Remove it, and no writing for a while")
    LETTERS = "letters", _("Remove it, and no letters for a while")
    SUSPEND = "suspend", _("Remove it, and shut the person out")


# What is taken for a while, in the words of `members.enums.CURBS`.
FOR_A_WHILE = {Step.RESTRICT: "write", Step.LETTERS: "letters"}


class Force(TextChoices):
    """How a decision stands."""

    PROPOSED = "proposed", _("waits for a second person")
    IN_FORCE = "in_force", _("in force")
    UNDONE = "undone", _("undone")


class Outcome(TextChoices):
    """What became of an appeal."""

    UPHELD = "upheld", _("The decision stays")
    UNDONE = "undone", _("The decision is undone")


class Whom(TextChoices):
    """Whose entries a rule looks at."""

    UNKNOWN = "unknown", _("people whom no neighbour knows yet: their first three")
    NEW = "new", _("everybody: their first entry")
    ALL = "all", _("everybody: every entry")


class When(TextChoices):
    BEFORE = "before", _("before it appears")
    AFTER = "after", _("after it has appeared")


DECIDE = "moderation.decide"
SET_RULES = "moderation.set_rules"
