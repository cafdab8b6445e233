"""The sheets themselves, in the order in which they are offered. Nothing of anybody stands on them."""

from __future__ import annotations

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from dorfplatz.noticeboard.blanks.parts import Blank, Part

SIGNED = _("Day and name")

WISH = Blank(
    _("What does our village need?"),
    _("Tick, write, hand it in. Your name is not needed."),
    (
        Part("ticks", "", 2, (_("I wish for"), _("That is good"), _("That bothers me"), _("I would join in"))),
        Part("lines", "", 5),
        Part("line", _("Where in the village?")),
        Part("line", _("Name, telephone (only if you want an answer)")),
    ),
    on_page=4,
)
GIFT = Blank(
    _("What I can, and like to share"),
    _("Everybody can do something. Write what comes to mind; a small thing is enough."),
    (
        Part("pair", "", 1, (_("Name"), _("Village"))),
        Part("pair", "", 1, (_("Telephone or e-mail"), _("Day"))),
        Part("lines", _("Hands: repair, garden, bake, carry, drive …"), 2),
        Part("lines", _("Head: calculate, write, translate, organise, advise …"), 2),
        Part("lines", _("Heart: listen, visit, comfort, play, celebrate …"), 2),
        Part("lines", _("I could show others how to …"), 2),
        Part("lines", _("I would like to learn …"), 2),
        Part("ticks", _("When?"), 3, (_("now and then"), _("every week"), _("just ask me"))),
        Part("ticks", _("Who may know?"), 2, (
            _("only the Buurtverbinder"), _("members of my village"), _("everybody on the square"),
        )),
        Part(
            "promise", _("I agree that this is written down and kept for a year. I can take it back at any time."),
            choices=(SIGNED,),
        ),
    ),
)  # fmt: skip
CONVERSATION = Blank(
    _("Getting to know each other"),
    _("For a talk at the kitchen table. First ask, then write; leave out what nobody wants to see written."),
    (
        Part("pair", "", 1, (_("Who"), _("Buurtverbinder"))),
        Part("pair", "", 1, (_("Village"), _("Day"))),
        Part("lines", _("What do you like to do? What can others learn from you?"), 3),
        Part("lines", _("Whom do you know here? Where do you belong?"), 3),
        Part("lines", _("What is good in the village? What is missing?"), 2),
        Part("lines", _("What would you like to join, what would you like to learn?"), 3),
        Part("lines", _("What have we agreed? Who does what, until when?"), 2),
        Part("promise", _("This may be kept until the day beside my name. Then it is destroyed."), 1, (SIGNED,)),
    ),
)
SURVEY = Blank(
    _("Survey"),
    _("Please hand it in as agreed. One sheet for each code; your name is not needed."),
    (
        Part("pair", "", 1, (_("About what"), _("Code"))),
        *(Part("scale", "", 1, (_("not at all"), _("very much"))) for _number in range(8)),
        Part("lines", _("What else would you like to say?"), 4),
    ),
)
VISIT = Blank(
    _("Visit list"),
    _("For your own use. Please destroy it when the list is done."),
    (
        Part("pair", "", 1, (_("Buurtverbinder"), _("Week"))),
        Part("line", _("Village, streets")),
        Part(
            "table", "", 12, (_("Who"), _("Where and when"), _("What about"), _("What next"), _("Done")),
            widths=(2, 2, 2.4, 2.4, 1),
        ),
    ),
)  # fmt: skip
ROSTER = Blank(
    _("Roster"),
    _("For the volunteer bus, the stall, the hall: who is there when. Fill in the hours and hang it where all see it."),
    (
        Part("pair", "", 1, (_("What it is for"), _("From, until"))),
        Part("pair", "", 1, (_("If something comes up, ring"), _("Telephone"))),
        Part(
            "table", "", 14,
            (_("Day"), _("First shift"), _("Second shift"), _("Third shift"), _("Stands in")),
            widths=(1.5, 2.2, 2.2, 2.2, 2), row_mm=12.2, firsts=tuple(WEEKDAYS.values()) * 2,
        ),
    ),
)  # fmt: skip
BLANKS = {"wish": WISH, "gift": GIFT, "conversation": CONVERSATION, "survey": SURVEY, "visit": VISIT, "roster": ROSTER}
