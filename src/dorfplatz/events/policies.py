"""Who may set out and change events, and see who comes."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dorfplatz.entries.policies import area_paths, can_set_out, holds_in_one
from dorfplatz.events.enums import EDIT
from dorfplatz.events.models import Event
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.verdict import ALLOWED, Verdict, allowed_if, refused
from dorfplatz.places.models import Listing
from dorfplatz.places.policies import can_change_place, is_keeper
from dorfplatz.villages.models import Area

LOG_IN = _("Please log in first.")


def can_add_event(actor: Actor, areas: list[Area]) -> Verdict:
    return can_set_out(actor, [str(area.path) for area in areas])


def is_in_charge(actor: Actor, event: Event) -> bool:
    """Its author, and whoever keeps the page of its organiser."""
    if not actor.is_member:
        return actor.is_system
    is_author = event.entry.author_id == actor.identity_id
    return is_author or (event.organiser is not None and is_keeper(actor, event.organiser))


def can_change_event(actor: Actor, event: Event) -> Verdict:
    """Those in charge, and connectors and editors of one of its villages."""
    if "write" in actor.curbs:
        return can_set_out(actor, area_paths(event.entry))
    if is_in_charge(actor, event) or holds_in_one(actor, EDIT, area_paths(event.entry)):
        return ALLOWED
    return refused(str(_("Only those who organise this may change it.")))


def can_name_organiser(actor: Actor, organiser: Listing) -> Verdict:
    """Whether somebody may speak for a club: its keepers, and those who may change its entry."""
    if can_change_place(actor, organiser):
        return ALLOWED
    return refused(str(_("Only those who keep the page of a club or firm may set out dates in its name.")))


def can_say_coming(actor: Actor, event: Event) -> Verdict:
    if not actor.is_member:
        return refused(str(LOG_IN))
    return allowed_if(event.takes_names, str(_("For this one cannot say here that one comes.")))


def can_see_who_comes(viewer: Actor, event: Event) -> Verdict:
    """All names, for those in charge; connectors see them only where they organise."""
    return allowed_if(is_in_charge(viewer, event), str(_("Only those who organise this see all who come.")))


def can_expand(actor: Actor) -> Verdict:
    return allowed_if(actor.is_system, str(_("The calendar turns its pages by itself.")))
