"""Who may make and see papers. Pure."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.verdict import ALLOWED, Verdict, allowed_if
from dorfplatz.noticeboard.enums import EDIT_PAPER
from dorfplatz.noticeboard.models import Paper
from dorfplatz.places.room import ROOM
from dorfplatz.villages.models import Area, Municipality


def can_edit_papers(actor: Actor, area: Area) -> Verdict:
    """Those who look after the village."""
    may = actor.is_system or actor.holds(EDIT_PAPER, str(area.path))
    return allowed_if(may, str(_("The village paper is made by those who look after the village.")))


def can_see_paper(viewer: Actor, paper: Paper) -> Verdict:
    """A published one everybody, one in the making those who make it."""
    return ALLOWED if paper.is_published else can_edit_papers(viewer, paper.area)


def can_get_papers(actor: Actor, identity_id: int | None = None) -> Verdict:
    """Whoever is logged in, for herself alone; what is in them is public anyway. A link in a mail ends it too."""
    own = actor.is_member and identity_id in (None, actor.identity_id)
    return allowed_if(own or (actor.is_system and identity_id is not None), str(_("Please log in first.")))


def can_mail_papers(actor: Actor) -> Verdict:
    """The worker alone: nobody writes to others this way."""
    return allowed_if(actor.is_system, str(_("This goes by itself.")))


def can_make_posters(actor: Actor) -> Verdict:
    """Whoever is logged in: what is on a poster is public anyway."""
    return allowed_if(actor.is_system or actor.is_member, str(_("Please log in first.")))


def can_print_guide(actor: Actor, municipality: Municipality | None) -> Verdict:
    """Everybody, where there is a social map: only what is public is on it."""
    del actor
    there = municipality is not None and municipality.has_room(ROOM)
    return allowed_if(there, str(_("There is no social map here.")))


def can_print_blanks(actor: Actor) -> Verdict:
    """Everybody: there is nothing of anybody on them."""
    del actor
    return ALLOWED
