"""Who sets screens up. Pure."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.verdict import Verdict, allowed_if
from dorfplatz.screens.enums import KEEP_SCREENS
from dorfplatz.villages.models import Area


def can_keep_screens(actor: Actor, area: Area) -> Verdict:
    """Those who look after the village."""
    may = actor.is_system or actor.holds(KEEP_SCREENS, str(area.path))
    return allowed_if(may, str(_("Screens are set up by those who look after the village.")))
