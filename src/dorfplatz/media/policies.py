"""Who may bring pictures and take them away. Rights over the thing a picture belongs to are its own app's to ask."""

from __future__ import annotations

from django.utils.translation import gettext as _

from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.verdict import Verdict, allowed_if


def can_add_picture(actor: Actor) -> Verdict:
    return allowed_if(actor.is_member or actor.is_system, _("Please log in to add pictures."))


def can_erase_picture(actor: Actor) -> Verdict:
    """Anybody but visitors, asked by the app that shows the picture and knows whose it is."""
    return allowed_if(actor.is_member or actor.is_system, _("Please log in to remove pictures."))
