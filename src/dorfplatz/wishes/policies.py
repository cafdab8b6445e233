"""Who may wish, join in, answer, and sort. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from dorfplatz.entries.enums import State
from dorfplatz.entries.policies import NOT_THERE, area_paths, can_set_out, holds_in_one, is_author
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.verdict import Verdict, allowed_if, refused
from dorfplatz.villages.models import Area, Municipality
from dorfplatz.wishes.enums import ANSWER, STILL_GOING
from dorfplatz.wishes.models import FlipChart, Wish

NOT_YOURS = _("Only the person whose wish this is can do that.")
FOR_CONNECTORS = _("Only the connectors of the village can do that.")


def can_wish(actor: Actor, areas: Iterable[Area]) -> Verdict:
    """Neighbours of the municipality, and those with a role there, for one of its villages or for several."""
    paths = [str(area.path) for area in areas]
    if not paths:
        return refused(str(_("Please choose a village, or set the pin into one.")))
    return can_set_out(actor, paths)


def speaks_for_author(actor: Actor, wish: Wish) -> bool:
    """The author, or the connector who set it out for somebody who has no login."""
    if is_author(actor, wish.entry):
        return True
    author = wish.entry.author
    is_offline = author is not None and author.login_id is None
    return actor.is_member and is_offline and wish.set_out_by_id == actor.identity_id


def can_change_wish(actor: Actor, wish: Wish) -> Verdict:
    """Whoever speaks for its author; what was typed off a flip chart also those who answer there."""
    if wish.entry.state == State.REMOVED:
        return refused(str(NOT_THERE))
    is_typed = wish.chart_id is not None and holds_in_one(actor, ANSWER, area_paths(wish.entry))
    return allowed_if(actor.is_system or is_typed or speaks_for_author(actor, wish), str(NOT_YOURS))


def can_say_me_too(actor: Actor, wish: Wish) -> Verdict:
    """Neighbours, as long as it goes on; one's own wish counts already."""
    entry = wish.entry
    hindrances = (
        (entry.state != State.PUBLISHED, NOT_THERE),
        (entry.author_id in actor.apart_from, _("You cannot join in here.")),
        (wish.chart_id is None and speaks_for_author(actor, wish), _("This is your own wish: it counts already.")),
        (wish.status not in STILL_GOING, _("This is settled already.")),
    )
    for stands, reason in hindrances:
        if stands:
            return refused(str(reason))
    return can_set_out(actor, area_paths(entry))


def can_answer_wish(actor: Actor, wish: Wish) -> Verdict:
    """The connectors of one of its villages: an answer, a theme, and who joins in."""
    may = holds_in_one(actor, ANSWER, area_paths(wish.entry)) and wish.entry.state == State.PUBLISHED
    return allowed_if(may, str(FOR_CONNECTORS))


def can_keep_themes(actor: Actor, municipality: Municipality) -> Verdict:
    """Whoever answers wishes somewhere in the municipality."""
    return allowed_if(actor.is_system or actor.holds_within(ANSWER, municipality.path), str(FOR_CONNECTORS))


def can_type_off(actor: Actor, area: Area) -> Verdict:
    return allowed_if(holds_in_one(actor, ANSWER, [str(area.path)]), str(FOR_CONNECTORS))


def can_see_chart(actor: Actor, chart: FlipChart) -> Verdict:
    """A photo of a sheet may show names: for the connectors of where it hung."""
    return allowed_if(holds_in_one(actor, ANSWER, [str(chart.area.path)]), str(FOR_CONNECTORS))
