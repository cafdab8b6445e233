"""What is different about each sort of post: how long it stands, who may answer, how quiet it is. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dorfplatz.square.enums import Sort

COMMENTS = _("Comments")
TITLE_HELP = _("As you would tell it over the fence.")
BODY_HELP = _("A few sentences are enough.")


@dataclass(frozen=True)
class SortRules:
    """`lasts` is how long it stands unless its author says otherwise, `longest` the most she may say; None: for good.

    `comments_open` is what the form proposes; `comments_called` their heading. `is_over_words` is the one click that
    says it is settled, after which it stands for `stays_after`. A quiet one has a black rule and nothing playful.
    """

    icon: str
    colour: str
    about: str | Promise
    lasts: timedelta | None = None
    longest: timedelta | None = None
    comments_open: bool = True
    comments_called: str | Promise = COMMENTS
    needs_title: bool = True
    is_quiet: bool = False
    is_urgent: bool = False
    asks_tips: bool = False
    over_label: str | Promise = ""
    over_words: str | Promise = ""
    stays_after: timedelta = timedelta(days=3)
    title_help: str | Promise = TITLE_HELP
    body_help: str | Promise = BODY_HELP


RULES: Mapping[Sort, SortRules] = {
    Sort.NEWS: SortRules(
        "newspaper", "rhine", _("Something new in the village: a path is open, a shop has a new owner.")
    ),
    Sort.NOTICE: SortRules(
        "megaphone", "amber", _("Others should know it: a road is closed, the hall needs chairs carried."),
        lasts=timedelta(days=30), longest=timedelta(days=180),
    ),
    Sort.STORY: SortRules(
        "book-open", "plum", _("Tell something: of old times, of a day, with a photo from the album."),
        title_help=_("As in: How the storks came back."),
        body_help=_("Write as you would tell it. Old photos make it come alive."),
    ),
    Sort.THANKS: SortRules(
        "heart", "brick", _("Say thank you, so that all can hear it."), needs_title=False,
        title_help=_("You can leave it empty."), body_help=_("Whom do you thank, and what for?"),
    ),
    Sort.LOST: SortRules(
        "search-check", "meadow", _("Something is lost, or you have found something."), needs_title=False,
        lasts=timedelta(days=30), longest=timedelta(days=90),
        title_help=_("As in: Bunch of keys with a red ribbon."),
        body_help=_("What is it, where was it, when?"),
        over_label=_("It is back with its owner"), over_words=_("It is back with its owner. Thank you!"),
    ),
    Sort.BEREAVEMENT: SortRules(
        "ribbon", "slate", _("Somebody has died. A quiet page, without comments."), comments_open=False,
        comments_called=_("Words of sympathy"), is_quiet=True, title_help=_("The name, and the years if you like."),
        body_help=_("Who it was, when the farewell is. Please ask the family first."),
    ),
    Sort.MISSING: SortRules(
        "circle-alert", "amber", _("A person or a pet is missing."), lasts=timedelta(days=7),
        longest=timedelta(days=60), is_urgent=True, title_help=_("As in: Grey cat Minka, since Tuesday evening."),
        body_help=_("Where and when last seen, and what marks it. For a person, call 110 first."),
        over_label=_("Found"), over_words=_("Found! Thank you to all who looked."),
    ),
    Sort.WARNING: SortRules(
        "cloud-lightning", "brick", _("Storm, flood, ice, no water: what helps now."), lasts=timedelta(hours=24),
        longest=timedelta(days=7), is_urgent=True, asks_tips=True,
        title_help=_("As in: Storm tonight, poplars at the dyke may fall."),
        body_help=_("What happens, where, until when? In danger call 112."),
        over_label=_("It is over"), over_words=_("It is over."), stays_after=timedelta(hours=6),
    ),
}  # fmt: skip


def rules_of(sort: str) -> SortRules:
    return RULES[Sort(sort)]
