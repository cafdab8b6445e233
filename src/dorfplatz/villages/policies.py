"""Who may change the tree and the look."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.verdict import Verdict, allowed_if
from dorfplatz.villages.enums import MANAGE, PREPARE, Stage
from dorfplatz.villages.models import Area, Municipality
from dorfplatz.villages.sockets import settings_pages

NOT_PREPARED_BY_YOU = _("Only the Buurtverbinder of the village and the municipality’s admins may do this.")
NOT_YOURS = _("Only the municipality’s admins may change this.")


def can_set_up_municipality(actor: Actor) -> Verdict:
    return allowed_if(actor.is_system, str(_("Municipalities are set up by the operator.")))


def can_manage_municipality(actor: Actor, municipality: Municipality) -> Verdict:
    return allowed_if(actor.holds(MANAGE, municipality.path), str(NOT_YOURS))


def can_open_settings(actor: Actor, municipality: Municipality) -> Verdict:
    """Whether anything on the overview of settings is for this person."""
    pages = any(actor.holds_within(page.capability, municipality.path) for page in settings_pages)
    return allowed_if(actor.is_member and pages, str(NOT_YOURS))


def can_prepare(actor: Actor, area: Area) -> Verdict:
    """Who fills a village before it opens, and sees it meanwhile."""
    return allowed_if(bool(area.path) and actor.holds(PREPARE, str(area.path)), str(NOT_PREPARED_BY_YOU))


def can_change_stage(actor: Actor, area: Area, stage: str) -> Verdict:
    """Who prepares a village takes it on, up to opening it; back it is taken by the municipality's admins."""
    if list(Stage).index(Stage(stage)) >= list(Stage).index(Stage(area.stage)):
        return can_prepare(actor, area)
    return can_manage_area(actor, area)


def can_manage_area(actor: Actor, area: Area) -> Verdict:
    return allowed_if(bool(area.path) and actor.holds(MANAGE, str(area.path)), str(NOT_YOURS))
