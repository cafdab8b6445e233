"""Choices of the village paper."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Period(TextChoices):
    WEEK = "week", _("One week")
    MONTH = "month", _("One month")


class PaperState(TextChoices):
    DRAFT = "draft", _("In the making")
    PUBLISHED = "published", _("Published")


class Wish(TextChoices):
    """What the editor says of one item."""

    AUTO = "", _("If there is room")
    IN = "in", _("In any case")
    OUT = "out", _("Leave it out")


class Shape(TextChoices):
    """The sheets a paper comes on; formats.FORMATS has their measures."""

    A4 = "a4", _("A4, one page")
    BOOKLET = "booklet", _("Four small pages (A5), to read on a screen")
    FOLDED = "folded", _("Booklet of four pages: A4, printed on both sides and folded")
    A3 = "a3", _("A3 for the wall")
    LARGE = "large", _("A4 in large print")


class GuideShape(TextChoices):
    """The sheets a guide comes on; guides.sizes.GUIDES has their measures."""

    BOOKLET = "booklet", _("Small pages (A5), to read on a screen or print one by one")
    FOLDED = "folded", _("Booklet to fold: A4 across, printed on both sides")
    A4 = "a4", _("A4, two columns")
    LARGE = "large", _("A4 in large print")


class BlankSheet(TextChoices):
    """Sheets to fill in by hand; blanks.sheets.BLANKS says what stands on them."""

    WISH = "wish", _("Wish cards, four on a sheet")
    GIFT = "gift", _("Gifts: what I can, and like to share")
    CONVERSATION = "conversation", _("Getting to know each other: for a talk")
    SURVEY = "survey", _("Survey")
    VISIT = "visit", _("Visit list, streets and people")
    ROSTER = "roster", _("Roster, for the volunteer bus too")


EDIT_PAPER = "noticeboard.edit"
BOTH = "+"  # between two languages that stand side by side
PAPER = "paper"  # the sheet’s name at the press
POSTER = "poster"
GUIDE = "guide"
BLANK = "blank"
PHONE_LIST = "phone-list"


class PosterSize(TextChoices):
    A4 = "a4", _("A4")
    A3 = "a3", _("A3")
