"""Who may change the tree and the look."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.verdict import Verdict, allowed_if
from dorfplatz.villages.enums import MANAGE
from dorfplatz.villages.models import Area, Municipality
from dorfplatz.villages.sockets import settings_pages

NOT_YOURS = _("Only the municipality’s admins may change this.")


def can_set_up_municipality(actor: Actor) -> Verdict:
    return allowed_if(actor.is_system, str(_("Municipalities are set up by the operator.")))


def can_manage_municipality(actor: Actor, municipality: Municipality) -> Verdict:
    return allowed_if(actor.holds(MANAGE, municipality.path), str(NOT_YOURS))


def can_open_settings(actor: Actor, municipality: Municipality) -> Verdict:
    """Whether anything on the overview of settings is for this person."""
    pages = any(actor.holds_within(page.capability, municipality.path) for page in settings_pages)
    return allowed_if(actor.is_member and pages, str(NOT_YOURS))


def can_manage_area(actor: Actor, area: Area) -> Verdict:
    return allowed_if(bool(area.path) and actor.holds(MANAGE, str(area.path)), str(NOT_YOURS))
